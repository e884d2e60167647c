// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a picture of every page with data in it, light and dark, for people to look at, and prints what the
// charts cost:
//
//   QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 screenshots DIRECTORY
//
// Like a test program it uses a database of its own; a node delivers to receivers on the loopback.
#include "fixture.h"
#include "runtime/node_host.h"
#include "sample_data.h"
#include "support/receiver.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/destinations/destinations_page.h"
#include "ui/forecast/heat_map.h"
#include "ui/main_window.h"
#include "ui/messages/messages_page.h"
#include "ui/operations/bulk_dialog.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QSettings>
#include <QStyleFactory>
#include <QTableView>
#include <QTemporaryDir>

#include <cmath>
#include <cstdio>
#include <ctime>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

/// Thirty days of figures, ending now.
void addHistory(test::TestDatabase& database)
{
    const QString counts = QStringLiteral("ARRAY[n*55/100, n*25/100, n*10/100, n*4/100, n*3/100, n*2/100, "
                                          "n/100, 0, n/200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
                                          "0, 0, 0, 0]::bigint[]");
    const auto wave = [](const QString& time, int period) {
        return QStringLiteral("(400 + 250 * sin(extract(epoch FROM %1) / %2) + 60 * random())::bigint")
            .arg(time)
            .arg(period);
    };
    database.exec(
        QStringLiteral("INSERT INTO punctual.delivery_statistics SELECT t, 'orders', md5('n')::uuid, n, "
                       "n - n/50 - n/400, n/50, n/400, 0, n*900, 40000 + (random()*60000)::bigint, "
                       "'{0,0,0,0,0,0,0}', %1 FROM (SELECT t, %2 AS n FROM generate_series("
                       "date_trunc('second', now()) - interval '1 hour', now(), '1 second') t) s")
            .arg(counts, wave(QStringLiteral("t"), 60)));
    database.exec(
        QStringLiteral("INSERT INTO punctual.delivery_minutes SELECT t, 'orders', md5('n')::uuid, n, "
                       "n - n/50 - n/400, n/50, n/400, 0, 40000 + (random()*600000)::bigint, %1 FROM "
                       "(SELECT t, 60 * %2 AS n FROM generate_series(date_trunc('minute', now()) - "
                       "interval '30 days', now(), '1 minute') t) s")
            .arg(counts, wave(QStringLiteral("t"), 14'000)));
    database.exec(QStringLiteral(
        "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, started_at, "
        "finished_at) SELECT gen_random_uuid(), 1, md5('n')::uuid, CASE WHEN random() < 0.1 THEN 'unknown' "
        "ELSE "
        "'failed' END, (ARRAY[429, 503, 500, 408, NULL])[1 + floor(random() * 5)::int], 900, t, t "
        "FROM generate_series(now() - interval '1 hour', now(), '0.2 seconds') t"));
}

void addQuota(test::TestDatabase& database)
{
    database.exec(QStringLiteral(
        "INSERT INTO punctual.quota_statistics SELECT t, 'orders', (extract(epoch FROM t - date_trunc('day', "
        "t, "
        "'UTC')) * 0.9)::bigint, 100000, date_trunc('day', t, 'UTC') + interval '1 day' FROM generate_series("
        "date_trunc('minute', now()) - interval '2 days', now(), '1 minute') t ON CONFLICT DO NOTHING"));
    database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET version = version + 1, quota_used = (extract(epoch FROM now() - "
        "date_trunc('day', now(), 'UTC')) * 0.9)::bigint, quota_resets_at = date_trunc('day', now(), 'UTC') "
        "+ "
        "interval '1 day' WHERE destination = 'orders'"));
    database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET breaker_state = 'open', breaker_until = now() + interval '9 minutes', "
        "breaker_cause = '10 failures in a row, the last one: connection refused' WHERE destination = "
        "'invoices'"));
}

void put(test::Fixture& fixture, const Destination& destination)
{
    const auto stored = test::await<client::PutDestination>([&](QObject* context, auto answer) {
        fixture.client.put(fixture.workspace.actor, destination, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

void addDestinations(test::Fixture& fixture, const QString& url)
{
    auto orders = test::destinationAt(url, QStringLiteral("orders"));
    orders.quota = Quota{100'000, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
    orders.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 100, 1s, 100};
    orders.credentials.signingSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    orders.headers = {{"X-Campaign", "spring"}};
    put(fixture, orders);
    auto invoices = test::destinationAt(url, QStringLiteral("invoices"));
    invoices.circuitBreaker = CircuitBreakerSettings{};
    put(fixture, invoices);
    put(fixture, test::destinationAt(url, QStringLiteral("newsletter")));
    for (const auto& name : {QStringLiteral("sms"), QStringLiteral("push"), QStringLiteral("webhooks")}) {
        auto slow = test::destinationAt(url, name);
        slow.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 20, 1h, 20};
        put(fixture, slow);
    }
    auto actor = fixture.workspace.actor;
    actor.reason = QStringLiteral("their maintenance window, ticket 4711");
    const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
        fixture.client.pause(actor, QStringLiteral("newsletter"), fixture.clock.now() + 2h, context, answer);
    });
    if (!paused)
        qFatal("%s", qPrintable(paused.error().detail));
}

void addMessages(test::Fixture& fixture)
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 3000; ++i) {
        const double hours = 24.0 * i / 3000;
        const int many = static_cast<int>(3 + 3 * std::sin(hours / 3));
        for (int j = 0; j < many; ++j)
            messages.push_back(test::messageFor(QStringLiteral("newsletter"),
                                                std::chrono::duration_cast<Duration>(
                                                    std::chrono::duration<double, std::ratio<3600>>(hours))));
    }
    for (int i = 0; i < 200; ++i)
        messages.push_back(test::messageFor(QStringLiteral("orders"), Duration(20ms * i)));
    const auto stored = test::await<client::Scheduled>([&](QObject* context, auto answer) {
        fixture.client.schedule(fixture.workspace.actor, messages, std::nullopt, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

QPalette darkPalette()
{
    QPalette palette(QColor(0x35, 0x36, 0x3a), QColor(0x2b, 0x2c, 0x30));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    palette.setColor(QPalette::AlternateBase, QColor(0x27, 0x28, 0x2c));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(role, QColor(0xe8, 0xe9, 0xec));
    palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9d, 0xa4));
    palette.setColor(QPalette::ToolTipBase, QColor(0x1e, 0x1f, 0x22));
    palette.setColor(QPalette::ToolTipText, QColor(0xe8, 0xe9, 0xec));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x82, 0x85, 0x8c));
    return palette;
}

/// Of one core, by the thread of the window alone.
double shareOfCore(std::chrono::seconds time)
{
    const auto used = [] {
        timespec at{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
        return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) / 1e9;
    };
    const double before = used();
    QTest::qWait(static_cast<int>(time / 1ms));
    return (used() - before) / std::chrono::duration<double>(time).count();
}

class Camera
{
public:
    Camera(ui::MainWindow& window, const QString& directory)
        : m_window(window)
        , m_directory(directory)
    {
    }

    void takeAll(const QString& look)
    {
        m_window.showDashboard();
        auto* range = test::named<QComboBox>(m_window, QStringLiteral("Range"));
        for (const int index : {0, 1, 4}) {
            range->setCurrentIndex(index);
            take(QStringLiteral("dashboard-%1-%2").arg(index).arg(look), 2500);
        }
        range->setCurrentIndex(0);
        m_window.showDestinations();
        take(QStringLiteral("destinations-%1").arg(look), 1500);
        auto* table = test::named<QTableView>(m_window, QStringLiteral("Destinations"));
        table->selectRow(table->model()->rowCount() - 1);
        for (auto* page : m_window.findChildren<ui::DestinationsPage*>()) {
            page->actionsOfDestination().at(1)->trigger();
            take(QStringLiteral("destination-editor-%1").arg(look), 500);
            test::button<QPushButton>(*page, QStringLiteral("Cancel"))->click();
        }
        m_window.showNodes();
        take(QStringLiteral("nodes-%1").arg(look), 1500);
        m_window.showMessages();
        take(QStringLiteral("messages-%1").arg(look), 1500);
        takeDeadLetters(look);
        m_window.showOperations();
        take(QStringLiteral("operations-%1").arg(look), 1500);
        takeForecast(look);
        m_window.showAudit();
        QTest::qWait(1000);
        test::named<QTableView>(m_window, QStringLiteral("Audit"))->selectRow(1);
        take(QStringLiteral("audit-%1").arg(look), 500);
        m_window.showRecurring();
        take(QStringLiteral("recurring-%1").arg(look), 300);
    }

private:
    void takeDeadLetters(const QString& look)
    {
        m_window.showDeadLetters();
        take(QStringLiteral("dead-letters-%1").arg(look), 1500);
        const auto actions = m_window.findChild<ui::DeadLettersPage*>()->actionsOfDeadLetters();
        actions.at(1)->trigger(); // a canary
        takeDialog<ui::BulkDialog>(QStringLiteral("bulk-%1").arg(look));
        actions.at(5)->trigger(); // a range
        takeDialog<ui::RangeDialog>(QStringLiteral("range-%1").arg(look));
        const auto ofAll = m_window.findChild<ui::MessagesPage*>()->actionsOfAll();
        ofAll.at(1)->trigger(); // reschedule
        takeDialog<ui::BulkDialog>(QStringLiteral("bulk-reschedule-%1").arg(look));
    }

    void takeForecast(const QString& look)
    {
        m_window.showForecast();
        QTest::qWait(1500);
        auto* map = m_window.findChild<ui::HeatMap*>();
        map->setCurrentIndex(map->model()->index(map->model()->rowCount() - 2, 105));
        take(QStringLiteral("forecast-%1").arg(look), 800);
        auto* range = test::named<QComboBox>(m_window, QStringLiteral("Range of the forecast"));
        range->setCurrentIndex(2);
        take(QStringLiteral("forecast-day-%1").arg(look), 800);
        range->setCurrentIndex(0);
    }

    template <class Dialog>
    void takeDialog(const QString& name)
    {
        auto* dialog = m_window.findChild<Dialog*>();
        save(*dialog, name, 1200);
        delete dialog;
    }

    void take(const QString& name, int milliseconds) { save(m_window, name, milliseconds); }

    void save(QWidget& widget, const QString& name, int milliseconds)
    {
        QTest::qWait(milliseconds); // for the answers of the database
        const QString path = QDir(m_directory).filePath(name + QStringLiteral(".png"));
        if (!widget.grab().save(path))
            qFatal("%s cannot be written", qPrintable(path));
    }

    ui::MainWindow& m_window;
    QString m_directory;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const QString directory = application.arguments().value(1, QStringLiteral("."));
    QDir().mkpath(directory);

    test::Receiver receiver;
    test::Fixture fixture;
    addDestinations(fixture, receiver.url());
    addHistory(fixture.database);
    addMessages(fixture);
    test::addForecast(fixture);
    test::addDeadLetters(fixture);
    runtime::NodeHost node(fixture.database.address(), {QStringLiteral("wall:4711")});
    node.start();
    const QTemporaryDir state;
    QSettings settings(state.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    ui::MainWindow window(fixture.workspace, fixture.clock, settings);
    window.resize(1280, 800);
    window.show();
    QTest::qWait(5000);
    addQuota(fixture.database);
    test::addOperations(fixture);
    Camera camera(window, directory);
    camera.takeAll(QStringLiteral("light"));
    window.showDashboard();
    std::printf("The charts of five minutes take %.1f %% of a core.\n", shareOfCore(20s) * 100);
    QApplication::setPalette(darkPalette());
    camera.takeAll(QStringLiteral("dark"));
    return 0;
}
