// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/query_reader.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;

class QueryReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues();
    void gathersRepeatedAndCommaSeparatedValues();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
};

void QueryReaderTest::readsValues()
{
    const std::vector<QueryItem> items{
        {QStringLiteral("limit"), QStringLiteral("20")},
        {QStringLiteral("due_after"), QStringLiteral("2026-12-01T10:00:00+01:00")},
        {QStringLiteral("tag"), QStringLiteral("a b")}};
    std::vector<FieldError> errors;
    QueryReader query(items, errors);
    QCOMPARE(query.integer(QLatin1StringView("limit"), 1, 500), 20);
    QCOMPARE(toRfc3339(*query.instant(QLatin1StringView("due_after"))),
             QStringLiteral("2026-12-01T09:00:00.000Z"));
    QCOMPARE(query.text(QLatin1StringView("tag")), QStringLiteral("a b"));
    QVERIFY(!query.text(QLatin1StringView("key")));
    QVERIFY(errors.empty());
}

void QueryReaderTest::gathersRepeatedAndCommaSeparatedValues()
{
    const std::vector<QueryItem> items{{QStringLiteral("state"), QStringLiteral("dead,expired")},
                                       {QStringLiteral("state"), QStringLiteral("unknown")}};
    std::vector<FieldError> errors;
    QCOMPARE(QueryReader(items, errors).texts(QLatin1StringView("state")),
             (QStringList{QStringLiteral("dead"), QStringLiteral("expired"), QStringLiteral("unknown")}));
}

void QueryReaderTest::namesWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("values"); // of one parameter
    QTest::newRow("too small a number") << QStringList{QStringLiteral("0")};
    QTest::newRow("too large a number") << QStringList{QStringLiteral("501")};
    QTest::newRow("a number beyond 32 bits") << QStringList{QStringLiteral("99999999999")};
    QTest::newRow("no number") << QStringList{QStringLiteral("many")};
    QTest::newRow("an empty value") << QStringList{QString()};
    QTest::newRow("a fraction") << QStringList{QStringLiteral("1.5")};
    QTest::newRow("two values") << QStringList{QStringLiteral("1"), QStringLiteral("1")};
    QTest::newRow("a NUL") << QStringList{QString(QChar::Null)};
}

void QueryReaderTest::namesWhatIsWrong()
{
    QFETCH(QStringList, values);
    std::vector<QueryItem> items;
    for (const auto& value : values)
        items.push_back({QStringLiteral("limit"), value});
    std::vector<FieldError> errors;
    QVERIFY(!QueryReader(items, errors).integer(QLatin1StringView("limit"), 1, 500));
    QCOMPARE(errors.size(), std::size_t(1));
    QCOMPARE(errors.front().pointer, QStringLiteral("/limit"));
}

PUNCTUAL_TEST(QueryReaderTest)
#include "query_reader_test.moc"
