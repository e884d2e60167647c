// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secret_box.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using store::SecretBox;

namespace
{

SecretKey keyOf(char digit)
{
    return *SecretKey::parse(QByteArray(64, digit));
}

const QByteArray plain = QByteArrayLiteral("whsec_very secret");
const QByteArray context = QByteArrayLiteral("orders");

} // namespace

class SecretBoxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed();
    void sealsTheSameTextOtherwiseEachTime();
    void anOlderKeyStillOpens();
    void namesTheKeyThatIsMissing();
    void withoutAKeyNothingIsSealed();
    void doesNotOpenWhatWasChangedOrMoved();
    void noErrorRepeatsTheSecret();
};

void SecretBoxTest::opensWhatItSealed()
{
    const SecretBox box({keyOf('1')});
    const auto sealed = box.seal(plain, context);
    QVERIFY(sealed && !sealed->contains("whsec"));
    QCOMPARE(box.open(*sealed, context).value(), plain);
    QVERIFY(box.isCurrent(*sealed));
}

void SecretBoxTest::sealsTheSameTextOtherwiseEachTime()
{
    const SecretBox box({keyOf('1')});
    QVERIFY(box.seal(plain, context).value() != box.seal(plain, context).value());
}

void SecretBoxTest::anOlderKeyStillOpens()
{
    const auto sealed = SecretBox({keyOf('1')}).seal(plain, context).value();
    const SecretBox rotated({keyOf('2'), keyOf('1')});
    QCOMPARE(rotated.open(sealed, context).value(), plain);
    QVERIFY(!rotated.isCurrent(sealed));
    QVERIFY(rotated.isCurrent(rotated.seal(plain, context).value()));
}

void SecretBoxTest::namesTheKeyThatIsMissing()
{
    const auto sealed = SecretBox({keyOf('1')}).seal(plain, context).value();
    const auto opened = SecretBox({keyOf('2')}).open(sealed, context);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    QVERIFY(opened.error().detail.contains(QString::fromLatin1(sealed.mid(1, 8).toHex())));
    QVERIFY(opened.error().detail.contains(QStringLiteral("PUNCTUAL_SECRET_KEY")));
}

void SecretBoxTest::withoutAKeyNothingIsSealed()
{
    const auto sealed = SecretBox({}).seal(plain, context);
    QVERIFY(!sealed);
    QCOMPARE(sealed.error().code, ErrorCode::Unsupported);
}

void SecretBoxTest::doesNotOpenWhatWasChangedOrMoved()
{
    const SecretBox box({keyOf('1')});
    const auto sealed = box.seal(plain, context).value();
    QVERIFY(!box.open(sealed, QByteArrayLiteral("other")));
    QVERIFY(!box.open(sealed.chopped(1), context));
    QVERIFY(!box.open({}, context));
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY2(!box.open(changed, context), qPrintable(QStringLiteral("byte %1").arg(i)));
    }
}

void SecretBoxTest::noErrorRepeatsTheSecret()
{
    const SecretBox box({keyOf('1')});
    const auto sealed = box.seal(plain, context).value();
    const auto opened = box.open(sealed, QByteArrayLiteral("other"));
    QVERIFY(!opened.error().detail.contains(QStringLiteral("secret_")));
    QVERIFY(!opened.error().detail.contains(QString::fromLatin1(QByteArray(64, '1'))));
}

PUNCTUAL_TEST(SecretBoxTest)
#include "secret_box_test.moc"
