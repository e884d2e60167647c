// SPDX-License-Identifier: GPL-3.0-or-later
// Cursors of message lists.
#include "core/message_list.h"
#include "core/uuid_v7.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;

namespace
{

const QUuid id = QUuid::fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_L1);

QString encoded(const QByteArray& plain)
{
    return QString::fromLatin1(
        plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

class MessageListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsItsOwnCursors_data();
    void readsItsOwnCursors();
    void refusesForeignCursors_data();
    void refusesForeignCursors();
};

void MessageListTest::readsItsOwnCursors_data()
{
    QTest::addColumn<Instant>("due");
    QTest::newRow("a microsecond is kept") << at(Duration(1));
    QTest::newRow("the epoch") << Instant{};
    QTest::newRow("before the epoch") << Instant{Duration(-1)};
}

void MessageListTest::readsItsOwnCursors()
{
    QFETCH(Instant, due);
    const QString text = toText(MessageCursor{due, id});
    for (const QChar c : text)
        QVERIFY2(c.isLetterOrNumber() || c == u'-' || c == u'_', "a cursor needs no escaping in a URL");
    const auto read = parseMessageCursor(text);
    QVERIFY(read.has_value());
    QCOMPARE(read->dueAt, due);
    QCOMPARE(read->id, id);
}

void MessageListTest::refusesForeignCursors_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("not base64") << u"a b!"_s;
    QTest::newRow("beyond Latin-1") << u"€€€€"_s;
    QTest::newRow("no id") << encoded("1");
    QTest::newRow("an id that is none") << encoded("1 abc");
    QTest::newRow("the null id") << encoded("1 00000000-0000-0000-0000-000000000000");
    QTest::newRow("no number") << encoded("x " + toText(id).toLatin1());
    QTest::newRow("a number that is too large") << encoded("99999999999999999999 " + toText(id).toLatin1());
    QTest::newRow("something more") << encoded("1 " + toText(id).toLatin1() + " 2");
}

void MessageListTest::refusesForeignCursors()
{
    QFETCH(QString, text);
    QVERIFY(!parseMessageCursor(text).has_value());
}

PUNCTUAL_TEST(MessageListTest)

#include "message_list_test.moc"
