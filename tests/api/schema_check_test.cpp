// SPDX-License-Identifier: GPL-3.0-or-later
// That the checks against openapi.yaml bite.
#include "schema_check.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual::test;

class SchemaCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void notesWhatCame();
};

void SchemaCheckTest::judges_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("complaint"); // empty: none
    const auto row = [](const char* sentence, const char* schema, const char* json, const char* complaint) {
        QTest::newRow(sentence) << QString::fromLatin1(schema) << QByteArray(json)
                                << QString::fromLatin1(complaint);
    };
    row("a value as described", "Why", R"({"code":"over","detail":"x","expected_at":null})", "");
    row("a field that is not described", "Why",
        R"({"code":"over","detail":"x","expected_at":null,"colour":1})", "/colour is not described");
    row("a field that is missing", "Why", R"({"code":"over","detail":"x"})", "/expected_at is missing");
    row("another type", "Why", R"({"code":"over","detail":7,"expected_at":null})", "/detail breaks type");
    row("another word", "Why", R"({"code":"done","detail":"x","expected_at":null})", "/code breaks enum");
    row("a time that is none", "Why", R"({"code":"over","detail":"x","expected_at":"noon"})",
        "/expected_at breaks format");
    row("a number over a border", "RateLimit", R"({"limit":0,"per_ms":1000})", "/limit breaks minimum");
    row("a field where none is allowed", "RateLimit", R"({"limit":1,"per_ms":1000,"colour":1})",
        "/colour is not allowed");
    row("one of several alternatives", "Authentication", R"({"type":"bearer","token":"x"})", "");
    row("none of the alternatives", "Authentication", R"({"type":"bearer"})", "fits 0 of 4 alternatives");
    row("all of several schemas", "VerdictProblem",
        R"({"type":"urn:punctual:problem:not-found","title":"x","status":404,"detail":"x","verdict":"dead"})",
        "");
    row("a field that none of several schemas has", "VerdictProblem",
        R"({"type":"urn:punctual:problem:not-found","title":"x","status":404,"detail":"x","verdict":"dead","a":1})",
        "/a is not described");
    row("values under names of any kind", "Counts", R"({"dead":1,"delivered":2})", "");
    row("a value of another type under any name", "Counts", R"({"dead":"many"})", "/dead breaks type");
    row("a wrong item of a list", "NewMessage", R"({"destination":"orders","payload":1,"tags":["a",""]})",
        "/tags/1 breaks minLength");
}

void SchemaCheckTest::judges()
{
    QFETCH(const QString, schema);
    QFETCH(const QByteArray, json);
    QFETCH(const QString, complaint);
    const Description description;
    const auto wrong =
        SchemaCheck(description)
            .check(QJsonDocument::fromJson(json).object(), QStringLiteral("/components/schemas/") + schema);
    const QString all = wrong.join(QStringLiteral("; "));
    if (complaint.isEmpty())
        QCOMPARE(all, QString());
    else
        QVERIFY2(all.contains(complaint), qPrintable(all));
}

void SchemaCheckTest::notesWhatCame()
{
    const Description description;
    SchemaCheck check(description);
    const QString schema = QStringLiteral("/components/schemas/Why");
    const QJsonObject why{{QStringLiteral("code"), QStringLiteral("not_due")},
                          {QStringLiteral("detail"), QStringLiteral("x")},
                          {QStringLiteral("expected_at"), QJsonValue()}};
    QVERIFY(check.check(why, schema).isEmpty());
    QVERIFY(check.seen().contains(schema + QStringLiteral("/properties/code/enum/0")));
    QVERIFY(!check.seen().contains(schema + QStringLiteral("/properties/code/enum/1")));
    QVERIFY(check.seen().contains(schema + QStringLiteral("/properties/detail")));
    QVERIFY(!check.seen().contains(schema + QStringLiteral("/properties/expected_at")));
    QVERIFY(check.everythingIn(schema).contains(schema + QStringLiteral("/properties/behind")));
}

PUNCTUAL_TEST(SchemaCheckTest)
#include "schema_check_test.moc"
