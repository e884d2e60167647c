// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets at rest: what opens, what does not, and what is said about it.
#include "store/secret_box.h"
#include "support/test_main.h"

using namespace punctual;
using store::SecretBox;
using namespace Qt::StringLiterals;

namespace
{

SecretKey keyOf(std::uint8_t byte)
{
    SecretKey::Bytes bytes{};
    bytes.fill(byte);
    return SecretKey(bytes);
}

const QByteArray secret("top-secret");

} // namespace

class SecretBoxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed();
    void revealsNothing();
    void opensWithOlderKeys();
    void namesAMissingKey();
    void refusesAnyChange();
    void refusesAnotherContext();
    void refusesForeignBytes_data();
    void refusesForeignBytes();
    void sealsNothingWithoutAKey();
    void rotates();
};

void SecretBoxTest::opensWhatItSealed()
{
    const SecretBox box({keyOf(1)});
    for (const auto& plain : {secret, QByteArray(), QByteArray("\0\xFF", 2), QByteArray(100'000, 'x')}) {
        const auto sealed = box.seal(plain, "orders");
        QVERIFY(sealed.has_value());
        QCOMPARE(box.open(*sealed, "orders").value(), plain);
    }
}

void SecretBoxTest::revealsNothing()
{
    const SecretBox box({keyOf(1)});
    const auto sealed = *box.seal(secret, "orders");
    QVERIFY(!sealed.contains(secret));
    QVERIFY(!sealed.contains(QByteArray(8, '\1')));
    QVERIFY(sealed != *box.seal(secret, "orders")); // another nonce
}

void SecretBoxTest::opensWithOlderKeys()
{
    const auto sealed = *SecretBox({keyOf(1)}).seal(secret, "orders");
    const SecretBox box({keyOf(2), keyOf(1)});
    QCOMPARE(box.open(sealed, "orders").value(), secret);
    QVERIFY(!box.isCurrent(sealed));
    QVERIFY(box.isCurrent(*box.seal(secret, "orders")));
}

void SecretBoxTest::namesAMissingKey()
{
    const auto sealed = *SecretBox({keyOf(1)}).seal(secret, "orders");
    for (const auto& box : {SecretBox({keyOf(2)}), SecretBox()}) {
        const auto opened = box.open(sealed, "orders");
        QCOMPARE(opened.error().code, ErrorCode::Unsupported);
        const QString detail = opened.error().detail;
        QVERIFY(detail.contains(store::keyIdOf(keyOf(1))));
        QVERIFY(detail.contains(u"orders"_s) && detail.contains(u"secret.key"_s));
        QVERIFY(!detail.contains(QString::fromLatin1(secret)));
    }
    QCOMPARE(store::keyIdOf(keyOf(1)).size(), 16);
    QVERIFY(store::keyIdOf(keyOf(1)) != store::keyIdOf(keyOf(2)));
}

void SecretBoxTest::refusesAnyChange()
{
    const SecretBox box({keyOf(1)});
    const auto sealed = *box.seal(secret, "orders");
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY2(!box.open(changed, "orders").has_value(), qPrintable(QString::number(i)));
    }
    QVERIFY(!box.open(sealed.chopped(1), "orders").has_value());
    QVERIFY(!box.open(sealed + 'x', "orders").has_value());
}

void SecretBoxTest::refusesAnotherContext()
{
    const SecretBox box({keyOf(1)});
    const auto opened = box.open(*box.seal(secret, "orders"), "invoices");
    QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    QVERIFY(!opened.error().detail.contains(QString::fromLatin1(secret)));
}

void SecretBoxTest::refusesForeignBytes_data()
{
    QTest::addColumn<QByteArray>("sealed");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("too few") << QByteArray(48, '\1');
    QTest::newRow("of a later version") << '\2' + QByteArray(100, '\1');
    QTest::newRow("in clear") << QByteArray(100, 'x');
}

void SecretBoxTest::refusesForeignBytes()
{
    QFETCH(QByteArray, sealed);
    QCOMPARE(SecretBox({keyOf(1)}).open(sealed, "orders").error().code, ErrorCode::Unsupported);
}

void SecretBoxTest::sealsNothingWithoutAKey()
{
    QCOMPARE(SecretBox().seal(secret, "orders").error().code, ErrorCode::Unsupported);
}

void SecretBoxTest::rotates()
{
    const auto sealed = *SecretBox({keyOf(1)}).seal(secret, "orders");
    const SecretBox both({keyOf(2), keyOf(1)});
    const auto fresh = rotated(both, sealed, "orders");
    QVERIFY(fresh.has_value());
    QCOMPARE(SecretBox({keyOf(2)}).open(*fresh, "orders").value(), secret);
    QVERIFY(!SecretBox({keyOf(1)}).open(*fresh, "orders").has_value());
    QCOMPARE(rotated(both, *fresh, "orders").value(), *fresh); // nothing is left to do
    QVERIFY(!rotated(both, sealed, "invoices").has_value());
    QVERIFY(!rotated(SecretBox({keyOf(2)}), sealed, "orders").has_value());
}

PUNCTUAL_TEST(SecretBoxTest)
#include "secret_box_test.moc"
