// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of status codes and classes.
#include "core/status_codes.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;

namespace
{

QJsonArray arrayOf(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).array();
}

} // namespace

class StatusCodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites_data();
    void readsAndWrites();
    void refusesWhatIsNoStatus_data();
    void refusesWhatIsNoStatus();
    void knowsCodesFromClasses();
};

void StatusCodesTest::readsAndWrites_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char* sentence, const QByteArray& text, const QByteArray& written) {
        QTest::newRow(sentence) << text << written;
    };
    row("nothing", "[]", "[]");
    row("codes, then classes", R"(["5xx",429,408])", R"([408,429,"5xx"])");
    row("each once", R"([410,410,"4xx","4xx"])", R"([410,"4xx"])");
    row("the least and the most", R"([300,599])", R"([300,599])");
}

void StatusCodesTest::readsAndWrites()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto codes = StatusCodes::fromJson(arrayOf(text));
    QVERIFY(codes.has_value());
    QCOMPARE(codes->toJson(), arrayOf(written));
    QVERIFY(StatusCodes::fromJson(codes->toJson()) == codes);
}

void StatusCodesTest::refusesWhatIsNoStatus_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"[200]", "[299]", "[600]", "[3]", "[-410]", "[410.5]", "[null]", "[[410]]", R"(["410"])",
          R"(["2xx"])", R"(["6xx"])", R"(["5XX"])", R"(["xxx"])", R"(["5xxx"])"})
        QTest::newRow(text) << QByteArray(text);
}

void StatusCodesTest::refusesWhatIsNoStatus()
{
    QFETCH(QByteArray, text);
    QVERIFY(!StatusCodes::fromJson(arrayOf(text)));
}

void StatusCodesTest::knowsCodesFromClasses()
{
    const StatusCodes codes{410, 5};
    QVERIFY(codes.hasCode(410));
    QVERIFY(!codes.hasCode(411));
    QVERIFY(!codes.hasCode(5));
    QVERIFY(!codes.hasClass(410));
    QVERIFY(codes.hasClass(500));
    QVERIFY(codes.hasClass(599));
    QVERIFY(codes.hasClass(999));
    QVERIFY(codes.without({5}) == StatusCodes{410});
}

PUNCTUAL_TEST(StatusCodesTest)

#include "status_codes_test.moc"
