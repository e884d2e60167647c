// SPDX-License-Identifier: GPL-3.0-or-later
// Which place a secret key comes from, and what is refused.
#include "app/common/secret_keys.h"
#include "support/test_main.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <thread>

using namespace punctual;
using namespace punctual::app;
using namespace Qt::StringLiterals;

namespace
{

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QByteArray textOf(char byte)
{
    return QByteArray(32, byte).toBase64();
}

/// The first byte of each key: these keys are made of one byte.
QByteArray bytesOf(const Result<SecretKeys>& keys)
{
    QByteArray bytes;
    if (keys)
        for (const auto& key : *keys)
            bytes += static_cast<char>(key.bytes().front());
    return bytes;
}

void writeFile(const QString& path, const QByteArray& text, QFileDevice::Permissions rights = ownerOnly)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
    QVERIFY(file.setPermissions(rights));
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class SecretKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesTheFirstPlaceThatHasAny();
    void readsSeveralKeys();
    void aMalformedPlaceIsNotPassedOver_data();
    void aMalformedPlaceIsNotPassedOver();
    void makesAKeyOnFirstUse();
    void makesNoKeyWhenNotAskedTo();
    void programsThatStartAtOnceGetTheSameKey();
    void refusesAFileThatOthersMayRead_data();
    void refusesAFileThatOthersMayRead();
    void refusesALink();
    void addsAKeyInFront();
    void addsTheFirstKey();
    void addsNothingToABrokenFile();
    void keysThatAreAddedAtOnceAreAllKept();

private:
    [[nodiscard]] QString dataDir() const { return m_directory->filePath(u"data"_s); }
    [[nodiscard]] QString file() const { return secretKeyFile(dataDir()); }
    [[nodiscard]] QString credential() const
    {
        return m_directory->filePath(u"credentials/punctual.secret_key"_s);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void SecretKeysTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void SecretKeysTest::takesTheFirstPlaceThatHasAny()
{
    QProcessEnvironment environment;
    writeFile(file(), textOf('f'));
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), environment)), QByteArray("f"));
    environment.insert(u"CREDENTIALS_DIRECTORY"_s, QFileInfo(credential()).path());
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), environment)), QByteArray("f")); // no such credential
    writeFile(credential(), textOf('c') + '\n', ownerOnly | QFileDevice::ReadGroup);
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), environment)), QByteArray("c"));
    environment.insert(u"PUNCTUAL_SECRET_KEY"_s, QString::fromLatin1(QByteArray(32, 'e').toHex()));
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), environment)), QByteArray("e"));
}

void SecretKeysTest::readsSeveralKeys()
{
    writeFile(file(), textOf('a') + "\r\n\n  " + QByteArray(32, 'b').toHex() + '\n' + textOf('c'));
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), {})), QByteArray("abc"));
    QProcessEnvironment environment;
    environment.insert(u"PUNCTUAL_SECRET_KEY"_s, QString::fromLatin1(textOf('d') + ' ' + textOf('e')));
    QCOMPARE(bytesOf(loadSecretKeys(dataDir(), environment)), QByteArray("de"));
}

void SecretKeysTest::aMalformedPlaceIsNotPassedOver_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("the variable") << u"PUNCTUAL_SECRET_KEY"_s;
    QTest::newRow("the credential") << u"punctual.secret_key"_s;
    QTest::newRow("the file") << u"secret.key"_s;
}

void SecretKeysTest::aMalformedPlaceIsNotPassedOver()
{
    QFETCH(QString, place);
    QProcessEnvironment environment;
    const QByteArray wrong = textOf('a') + "\ns3cret";
    writeFile(file(), place == u"secret.key" ? wrong : textOf('f'));
    if (place == u"punctual.secret_key") {
        writeFile(credential(), wrong);
        environment.insert(u"CREDENTIALS_DIRECTORY"_s, QFileInfo(credential()).path());
    } else if (place == u"PUNCTUAL_SECRET_KEY") {
        environment.insert(place, QString::fromLatin1(wrong));
    }
    const auto keys = loadSecretKeys(dataDir(), environment);
    QCOMPARE(keys.error().code, ErrorCode::InvalidInput);
    QVERIFY2(keys.error().detail.contains(place), qPrintable(keys.error().detail));
    QVERIFY(keys.error().detail.contains(u"line 2"_s));
    QVERIFY(!keys.error().detail.contains(u"s3cret"_s));
}

void SecretKeysTest::makesAKeyOnFirstUse()
{
    const auto made = loadSecretKeys(dataDir(), {});
    QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->size(), std::size_t(1));
    QCOMPARE(loadSecretKeys(dataDir(), {}).value(), *made);
    QCOMPARE(QFile::permissions(file()) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::Permissions(ownerOnly));
    QCOMPARE(QDir(dataDir()).entryList(QDir::Files | QDir::Hidden), QStringList{u"secret.key"_s});
    const QTemporaryDir other;
    QVERIFY(loadSecretKeys(other.path(), {}).value() != *made);
}

void SecretKeysTest::makesNoKeyWhenNotAskedTo()
{
    QVERIFY(loadSecretKeys(dataDir(), {}, WhenNoKey::Empty).value().empty());
    QVERIFY(!QFile::exists(file()));
}

void SecretKeysTest::programsThatStartAtOnceGetTheSameKey()
{
    std::vector<SecretKeys> keys(8);
    std::vector<std::thread> starters;
    for (auto& own : keys)
        starters.emplace_back([this, &own] { own = loadSecretKeys(dataDir(), {}).value_or(SecretKeys{}); });
    for (auto& starter : starters)
        starter.join();
    for (const auto& own : keys) {
        QCOMPARE(own.size(), std::size_t(1));
        QCOMPARE(own, keys.front());
    }
}

void SecretKeysTest::refusesAFileThatOthersMayRead_data()
{
    QTest::addColumn<int>("rights");
    QTest::newRow("the group may read") << int(QFileDevice::ReadGroup);
    QTest::newRow("the group may write") << int(QFileDevice::WriteGroup);
    QTest::newRow("everybody may read") << int(QFileDevice::ReadOther);
}

void SecretKeysTest::refusesAFileThatOthersMayRead()
{
    QFETCH(int, rights);
    writeFile(file(), textOf('f'), ownerOnly | QFileDevice::Permissions(rights));
    const auto keys = loadSecretKeys(dataDir(), {});
    QCOMPARE(keys.error().code, ErrorCode::Unsupported);
    QVERIFY(keys.error().detail.contains(file()));
    QVERIFY(!addKey(file()).has_value());
    QCOMPARE(readFile(file()), textOf('f'));
}

void SecretKeysTest::refusesALink()
{
    const QString target = m_directory->filePath(u"elsewhere"_s);
    writeFile(target, textOf('f'));
    QVERIFY(QDir().mkpath(dataDir()) && QFile::link(target, file()));
    QCOMPARE(loadSecretKeys(dataDir(), {}).error().code, ErrorCode::Unsupported);
}

void SecretKeysTest::addsAKeyInFront()
{
    writeFile(file(), textOf('f'));
    const auto added = addKey(file());
    QVERIFY(added.has_value());
    const auto keys = loadSecretKeys(dataDir(), {});
    QCOMPARE(keys->size(), std::size_t(2));
    QCOMPARE(keys->front(), *added);
    QCOMPARE(keys->back().bytes().front(), std::uint8_t('f'));
    QCOMPARE(QFile::permissions(file()) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::Permissions(ownerOnly));
}

void SecretKeysTest::addsTheFirstKey()
{
    const auto added = addKey(file());
    QVERIFY(added.has_value());
    QCOMPARE(loadSecretKeys(dataDir(), {}, WhenNoKey::Empty).value(), SecretKeys{*added});
}

void SecretKeysTest::addsNothingToABrokenFile()
{
    writeFile(file(), "s3cret");
    QCOMPARE(addKey(file()).error().code, ErrorCode::InvalidInput);
    QCOMPARE(readFile(file()), QByteArray("s3cret"));
    QCOMPARE(QDir(dataDir()).entryList(QDir::Files | QDir::Hidden), QStringList{u"secret.key"_s});
}

void SecretKeysTest::keysThatAreAddedAtOnceAreAllKept()
{
    std::vector<std::thread> adders;
    for (int i = 0; i < 8; ++i)
        adders.emplace_back([this] { (void)addKey(file()); });
    for (auto& adder : adders)
        adder.join();
    QCOMPARE(loadSecretKeys(dataDir(), {}, WhenNoKey::Empty).value().size(), std::size_t(8));
}

PUNCTUAL_TEST(SecretKeysTest)
#include "secret_keys_test.moc"
