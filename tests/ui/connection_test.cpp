// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_dialogs.h"
#include "ui/settings/connection_dialog.h"
#include "ui/settings/password_moves.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMap>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace punctual::ui
{

namespace
{

/// A key ring in memory, which may be locked.
class FakeStore : public PasswordStore
{
public:
    void read(const QString& name, QObject* /*context*/, std::function<void(Result<QString>)> answer) override
    {
        if (passwords.contains(name))
            answer(passwords.value(name));
        else
            answer(failure(ErrorCode::NotFound, {}));
    }

    void write(const QString& name, const QString& password, QObject* /*context*/,
               std::function<void(Result<void>)> answer) override
    {
        if (isLocked) {
            answer(failure(ErrorCode::Unavailable, QStringLiteral("It is locked.")));
            return;
        }
        passwords.insert(name, password);
        answer({});
    }

    void remove(const QString& name) override { passwords.remove(name); }

    QMap<QString, QString> passwords;
    bool isLocked = false;
};

} // namespace

class ConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(path(), QSettings::IniFormat);
        m_store = std::make_unique<FakeStore>();
        makeDialog();
    }

    void cleanup()
    {
        m_dialog.reset();
        m_settings.reset();
    }

    void keepsAServerAndItsPasswordApart()
    {
        const QSignalSpy requested(m_dialog.get(), &ConnectionDialog::connectRequested);
        addServer();
        field("Password")->setText(QStringLiteral("very-secret"));
        button("Connect")->click();
        QCOMPARE(requested.count(), 1);
        QCOMPARE(m_store->passwords.value(QStringLiteral("office")), QStringLiteral("very-secret"));
        QCOMPARE(chosenProfile(*m_settings), QStringLiteral("office"));
        const auto profiles = readProfiles(*m_settings);
        QCOMPARE(profiles.size(), std::size_t(1));
        QCOMPARE(profiles.front().host, QStringLiteral("db.example.com"));
        QCOMPARE(profiles.front().tls, TlsMode::VerifyFull);
        QVERIFY(profiles.front().attachOnly);
        m_settings->sync();
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("very-secret"));
    }

    void saysWhatIsMissing()
    {
        button("New")->click();
        QVERIFY(!button("Connect")->isEnabled());
        addFields();
        QVERIFY(button("Connect")->isEnabled());
        button("New")->click();
        addFields(); // the same name once more
        QVERIFY(!button("Connect")->isEnabled());
    }

    void doesNotConnectWhenThePasswordCannotBeKept()
    {
        const QSignalSpy requested(m_dialog.get(), &ConnectionDialog::connectRequested);
        m_store->isLocked = true;
        addServer();
        field("Password")->setText(QStringLiteral("very-secret"));
        button("Connect")->click();
        QCOMPARE(requested.count(), 0);
        QVERIFY(m_dialog->isVisible());
    }

    void goesBackToThisComputer()
    {
        addServer();
        button("Connect")->click();
        makeDialog();
        auto* list = m_dialog->findChild<QListWidget*>();
        QCOMPARE(list->currentItem()->text(), QStringLiteral("office"));
        list->setCurrentRow(0);
        button("Connect")->click();
        QCOMPARE(chosenProfile(*m_settings), QString());
        QCOMPARE(readProfiles(*m_settings).size(), std::size_t(1));
    }

    void forgetsAServerWithItsPassword()
    {
        addServer();
        field("Password")->setText(QStringLiteral("very-secret"));
        button("Connect")->click();
        makeDialog();
        m_dialogs.accepts = false;
        button("Remove")->click();
        QCOMPARE(readProfiles(*m_settings).size(), std::size_t(1));
        QVERIFY(m_store->passwords.contains(QStringLiteral("office")));
        m_dialogs.accepts = true;
        button("Remove")->click();
        QVERIFY(m_store->passwords.isEmpty());
        QVERIFY(readProfiles(*m_settings).empty());
    }

    void takesThePasswordAlongToANewName()
    {
        addServer();
        field("Password")->setText(QStringLiteral("very-secret"));
        button("Connect")->click();
        makeDialog();
        field("Name")->selectAll();
        QTest::keyClicks(field("Name"), QStringLiteral("head office"));
        button("Connect")->click();
        QCOMPARE(chosenProfile(*m_settings), QStringLiteral("head office"));
        QCOMPARE(m_store->passwords.keys(), QStringList(QStringLiteral("head office")));
        QCOMPARE(m_store->passwords.value(QStringLiteral("head office")), QStringLiteral("very-secret"));
    }

    void keepsOldNamesWhenTheKeyRingIsLocked()
    {
        addServer();
        field("Password")->setText(QStringLiteral("very-secret"));
        button("Connect")->click();
        makeDialog();
        m_store->isLocked = true;
        QTest::keyClicks(field("Name"), QStringLiteral("s"));
        button("Connect")->click();
        QCOMPARE(readProfiles(*m_settings).front().name, QStringLiteral("office"));
        QCOMPARE(m_store->passwords.keys(), QStringList(QStringLiteral("office")));
        QVERIFY(m_dialog->isVisible());
    }

    void letsTwoServersChangeNames()
    {
        auto* moves = new PasswordMoves(
            *m_store,
            {{QStringLiteral("a"), QStringLiteral("b")}, {QStringLiteral("b"), QStringLiteral("a")}},
            m_dialog.get());
        m_store->passwords = {{QStringLiteral("a"), QStringLiteral("of a")},
                              {QStringLiteral("b"), QStringLiteral("of b")}};
        const QSignalSpy done(moves, &PasswordMoves::done);
        moves->start();
        QCOMPARE(done.count(), 1);
        QCOMPARE(m_store->passwords.value(QStringLiteral("a")), QStringLiteral("of b"));
        QCOMPARE(m_store->passwords.value(QStringLiteral("b")), QStringLiteral("of a"));
    }

    void saysThatTheConfigurationGoesFirst()
    {
        m_dialog->setRuledByConfiguration();
        QVERIFY(!button("Connect")->isEnabled());
        const auto labels = m_dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text().contains(QStringLiteral("database.url"));
        }));
    }

    void writesConnectionStrings()
    {
        ServerProfile profile;
        profile.host = QStringLiteral("db.example.com");
        profile.user = QStringLiteral("o'neill");
        QCOMPARE(connectionString(profile, QStringLiteral("a\\b'c d")),
                 QStringLiteral("host='db.example.com' port=5432 dbname='punctual' user='o\\'neill' "
                                "sslmode=verify-full password='a\\\\b\\'c d'"));
    }

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(QStringLiteral("window.ini")); }

    void makeDialog()
    {
        m_dialog = std::make_unique<ConnectionDialog>(*m_settings, *m_store, m_dialogs);
        m_dialog->show();
    }

    void addServer()
    {
        button("New")->click();
        addFields();
    }

    void addFields()
    {
        QTest::keyClicks(field("Name"), QStringLiteral("office"));
        QTest::keyClicks(field("Host"), QStringLiteral("db.example.com"));
        QTest::keyClicks(field("User"), QStringLiteral("ann"));
    }

    QLineEdit* field(const char* name)
    {
        const auto fields = m_dialog->findChildren<QLineEdit*>();
        for (auto* each : fields)
            if (each->accessibleName() == QString::fromLatin1(name))
                return each;
        qFatal("no field %s", name);
    }

    QPushButton* button(const char* text)
    {
        const auto buttons = m_dialog->findChildren<QPushButton*>();
        for (auto* each : buttons)
            if (each->text().remove(u'&') == QString::fromLatin1(text))
                return each;
        qFatal("no button %s", text);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeStore> m_store;
    test::ScriptedDialogs m_dialogs;
    std::unique_ptr<ConnectionDialog> m_dialog;
};

} // namespace punctual::ui

using punctual::ui::ConnectionTest;
QTEST_MAIN(ConnectionTest)

#include "connection_test.moc"
