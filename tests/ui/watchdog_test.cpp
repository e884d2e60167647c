// SPDX-License-Identifier: GPL-3.0-or-later
// The GUI thread never waits and never works for long, whatever the database does.
//
// By hand with PUNCTUAL_WATCHDOG_ROWS=10000000 what is tested here with fewer rows; to write them takes
// longer than Qt Test gives a function: QTEST_FUNCTION_TIMEOUT=3600000.
#include "client/installation.h"
#include "faults/throwaway_postgres.h"
#include "fixture.h"
#include "ui/main_window.h"
#include "ui/messages/message_table.h"
#include "ui/status/status_strip.h"
#include "watched_application.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSettings>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <atomic>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int slowness = 8; // of a program that is watched over
#else
constexpr int slowness = 1;
#endif

/// Changes the messages at the top of the list, 1,000 a second, as nodes would.
class Changer : public QThread
{
public:
    explicit Changer(QString conninfo)
        : m_conninfo(std::move(conninfo))
    {
    }

    ~Changer() override
    {
        requestInterruption();
        wait();
    }

    [[nodiscard]] int changes() const { return m_changes; }

protected:
    void run() override
    {
        {
            auto database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), QStringLiteral("changer"));
            database.setConnectOptions(m_conninfo);
            if (!database.open())
                qFatal("%s", qPrintable(database.lastError().text()));
            while (!isInterruptionRequested()) {
                QSqlQuery query(database);
                if (!query.exec(QStringLiteral(
                        "UPDATE punctual.messages_live SET attempts = (attempts + 1) % 3, updated_at = "
                        "clock_timestamp() WHERE id IN (SELECT id FROM punctual.messages_live ORDER BY "
                        "due_at "
                        "DESC, id DESC LIMIT 50)")))
                    qFatal("%s", qPrintable(query.lastError().text()));
                m_changes += query.numRowsAffected();
                msleep(50);
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("changer"));
    }

private:
    QString m_conninfo;
    std::atomic<int> m_changes = 0;
};

test::WatchedApplication& application()
{
    return *static_cast<test::WatchedApplication*>(QCoreApplication::instance());
}

void addMessages(test::Fixture& fixture, int count)
{
    for (int stored = 0; stored < count;) {
        std::vector<NewMessage> batch;
        for (int i = 0; i < 10'000 && stored < count; ++i, ++stored)
            batch.push_back(test::messageFor(QStringLiteral("orders"), Duration(24h + 10ms * stored)));
        const auto answer = test::await<client::Scheduled>([&](QObject* context, auto taker) {
            fixture.client.schedule(fixture.workspace.actor, std::move(batch), std::nullopt, context, taker);
        });
        if (!answer)
            qFatal("%s", qPrintable(answer.error().detail));
    }
}

} // namespace

class WatchdogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noEventTakesLongWhileMessagesChange()
    {
        test::Fixture fixture;
        fixture.addDestination(QStringLiteral("orders"));
        bool isSet = false;
        const int rows = qEnvironmentVariableIntValue("PUNCTUAL_WATCHDOG_ROWS", &isSet);
        addMessages(fixture, isSet ? rows : 100'000);
        fixture.database.exec(QStringLiteral("ANALYZE"));
        const Changer& changer = changing(fixture.database.address().conninfo);
        MainWindow window(fixture.workspace, fixture.clock, settings());
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* table = window.findChild<MessageTable*>();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 60'000);

        auto* pages = test::named<QListWidget>(window, QStringLiteral("Pages"));
        const int before = changer.changes();
        for (int page = 0; page < pages->count(); ++page) {
            application().begin();
            pages->setCurrentRow(page);
            if (page == 0)
                useMessages(window, *table);
            QTest::qWait(2500);
            const auto& slowest = application().slowest();
            qInfo("%-20s longest event %5.1f ms (%s) of %lld", qPrintable(pages->item(page)->text()),
                  static_cast<double>(slowest.work.count()) / 1000, slowest.workOf.constData(),
                  slowest.events);
            QVERIFY2(slowest.work < 50ms * slowness,
                     qPrintable(QStringLiteral("%1: %2 took %3 ms")
                                    .arg(pages->item(page)->text(), QString::fromLatin1(slowest.workOf))
                                    .arg(slowest.work.count() / 1000)));
        }
        QVERIFY(changer.changes() > before);
        m_changer.reset();
    }

    void answersWhileTheDatabaseStandsStill()
    {
        test::ThrowawayPostgres postgres;
        const auto address = postgres.createDatabase();
        const QTemporaryDir directory;
        QVERIFY(client::Installation::open({address.conninfo, directory.path()}));
        client::Client client(address, 2);
        DatabaseClock clock;
        test::ScriptedDialogs dialogs;
        Rights rights(client);
        const Workspace workspace{client, clock, dialogs, test::someActor(), QTimeZone::utc(), rights};
        MainWindow window(workspace, clock, settings());
        window.resize(1280, 800);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(says(window, QStringLiteral("Database: connected")), 60'000);

        postgres.freeze();
        const auto thaw = qScopeGuard([&postgres] { postgres.thaw(); }); // else nothing here could end
        application().begin();
        auto* pages = test::named<QListWidget>(window, QStringLiteral("Pages"));
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentRow(page);
            QTest::qWait(300);
            QVERIFY(!window.grab().isNull());
        }
        pages->setCurrentRow(0);
        auto* search = test::named<QLineEdit>(window, QStringLiteral("Search"));
        QTest::keyClicks(search, QStringLiteral("customer"));
        QCOMPARE(search->text(), QStringLiteral("customer"));
        QTRY_VERIFY_WITH_TIMEOUT(!says(window, QStringLiteral("Database: connected")), 60'000);
        const auto slowest = application().slowest();
        qInfo("longest event %.1f ms (%s)", static_cast<double>(slowest.elapsed.count()) / 1000,
              slowest.elapsedOf.constData());
        postgres.thaw();
        // On the clock: whoever waits for a database uses no processor. Other programs get a second.
        QVERIFY2(slowest.elapsed < 1s * slowness, qPrintable(QStringLiteral("%1 took %2 ms")
                                                                 .arg(QString::fromLatin1(slowest.elapsedOf))
                                                                 .arg(slowest.elapsed.count() / 1000)));
        QTRY_VERIFY_WITH_TIMEOUT(says(window, QStringLiteral("Database: connected")), 60'000);
    }

    void cleanup()
    {
        m_changer.reset();
        m_settings.reset();
    }

private:
    const Changer& changing(const QString& conninfo)
    {
        m_changer = std::make_unique<Changer>(conninfo);
        m_changer->start();
        return *m_changer;
    }

    QSettings& settings()
    {
        m_settings = std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
        return *m_settings;
    }

    /// Selects, scrolls far down, searches, and comes back.
    static void useMessages(MainWindow& window, MessageTable& table)
    {
        table.selectRow(0);
        for (int i = 0; i < 20; ++i) {
            table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum());
            QTest::qWait(50);
        }
        tellFrames(table);
        table.verticalScrollBar()->setValue(0);
        auto* search = test::named<QLineEdit>(window, QStringLiteral("Search"));
        QTest::keyClicks(search, QStringLiteral("nothing"));
        QTest::qWait(1000);
        search->clear();
    }

    /// What a frame takes while somebody turns the wheel: three rows each.
    static void tellFrames(MessageTable& table)
    {
        std::vector<double> frames;
        auto* bar = table.verticalScrollBar();
        for (bar->setValue(0); frames.size() < 500 && bar->value() < bar->maximum();) {
            QElapsedTimer timer;
            timer.start();
            bar->setValue(bar->value() + 3);
            table.viewport()->repaint();
            frames.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            QCoreApplication::processEvents();
        }
        if (frames.empty())
            qFatal("nothing to scroll");
        std::sort(frames.begin(), frames.end());
        qInfo("%zu frames of scrolling: half within %.1f ms, 99 of 100 within %.1f ms, longest %.1f ms",
              frames.size(), frames[frames.size() / 2], frames[frames.size() * 99 / 100], frames.back());
    }

    static bool says(const MainWindow& window, const QString& text)
    {
        const auto labels = window.findChild<StatusStrip*>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel* label) { return label->text().contains(text); });
    }

    QTemporaryDir m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Changer> m_changer;
};

} // namespace punctual::ui

int main(int argc, char** argv)
{
    punctual::test::WatchedApplication application(argc, argv);
    punctual::ui::WatchdogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "watchdog_test.moc"
