// SPDX-License-Identifier: GPL-3.0-or-later
// Cursors of keys: texts for URLs, whatever is in the key.
#include "client/lane_json.h"
#include "support/test_main.h"

using namespace punctual;

class LaneJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheCursorsThatItWrites_data();
    void readsTheCursorsThatItWrites();
    void refusesOthers_data();
    void refusesOthers();
};

void LaneJsonTest::readsTheCursorsThatItWrites_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("a word") << QStringLiteral("customer-12");
    QTest::newRow("what a URL may not have") << QStringLiteral("a/b?c=d&e f%00");
    QTest::newRow("beyond ASCII") << QString::fromUtf8("żółw 准时 🐢");
}

void LaneJsonTest::readsTheCursorsThatItWrites()
{
    QFETCH(const QString, key);
    const QString cursor = keyCursor(key);
    for (const auto character : cursor)
        QVERIFY2(character.isLetterOrNumber() || character == u'-' || character == u'_', qPrintable(cursor));
    QCOMPARE(parseKeyCursor(cursor).value_or(QString()), key);
}

void LaneJsonTest::refusesOthers_data()
{
    QTest::addColumn<QString>("cursor");
    QTest::newRow("no base64") << QStringLiteral("!");
    QTest::newRow("a character too few") << QStringLiteral("YQa");
    QTest::newRow("bytes that are no UTF-8") << QStringLiteral("_w");
    QTest::newRow("a NUL") << QStringLiteral("AA");
    QTest::newRow("letters beyond ASCII") << QString::fromUtf8("准");
}

void LaneJsonTest::refusesOthers()
{
    QFETCH(const QString, cursor);
    QVERIFY(!parseKeyCursor(cursor));
}

PUNCTUAL_TEST(LaneJsonTest)
#include "lane_json_test.moc"
