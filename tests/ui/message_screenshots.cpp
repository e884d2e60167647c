// SPDX-License-Identifier: GPL-3.0-or-later
// Saves pictures of the pages where people write and follow single messages, light, dark and of high
// contrast, with the dialogs that belong to them:
//
//   QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 message_screenshots DIRECTORY
//
// Like a test program it uses a database of its own; a node delivers to a receiver on the loopback.
#include "camera.h"
#include "fixture.h"
#include "runtime/node_host.h"
#include "support/receiver.h"
#include "ui/common/destination_combo.h"
#include "ui/common/theme.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/content_tabs.h"
#include "ui/compose/many_dialog.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

void put(test::Fixture& fixture, const Destination& destination)
{
    const auto stored = test::await<client::PutDestination>([&](QObject* context, auto answer) {
        fixture.client.put(fixture.workspace.actor, destination, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

void addMessages(test::Fixture& fixture)
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 200; ++i) {
        auto message = test::messageFor(QStringLiteral("orders"), Duration(20ms * i));
        message.tags = {i % 2 == 0 ? QStringLiteral("promo") : QStringLiteral("spring")};
        message.key = QStringLiteral("customer-%1").arg(i);
        message.content.headers = {{"X-Campaign", "spring"}};
        message.content.body = "{\"order\":7,\"paid\":true,\"items\":[\"tea\",\"cups\"],\"total\":12.50}";
        messages.push_back(message);
        message.id = {};
        message.due = Duration(24h + 30s * i);
        messages.push_back(message);
    }
    const auto stored = test::await<client::Scheduled>([&](QObject* context, auto answer) {
        fixture.client.schedule(fixture.workspace.actor, messages, std::nullopt, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

class MessageCamera : public test::Camera
{
public:
    MessageCamera(ui::MainWindow& window, const QString& directory, const Clock& clock)
        : Camera(window, directory)
        , m_clock(clock)
    {
    }

    void takeAll(const QString& look)
    {
        takeMessages(look);
        takeCompose(look);
    }

private:
    void takeMessages(const QString& look)
    {
        m_window.showMessages();
        auto* page = m_window.findChild<ui::MessagesPage*>();
        auto* table = page->findChild<ui::MessageTable*>();
        page->showMessages(
            {.states = {MessageState::Retrying, MessageState::Delivered}, .tag = QStringLiteral("promo")});
        QTest::qWait(1500);
        test::selectRow(*table, 1);
        take(QStringLiteral("messages-%1").arg(look), 1500);
        test::trigger(*page->actionSet().editAndReplay);
        takeDialog(m_window, QStringLiteral("replay-%1").arg(look));
        const Instant now = m_clock.now();
        page->showMessages({.attemptedAfter = now - 1min,
                            .attemptedBefore = now + 1min,
                            .results = {AttemptResult::Delivered}});
        QTest::qWait(1000);
        test::button<QToolButton>(*page, test::said("MessageFilterBar", "Filt&er…"))->click();
        takeDialog(*page, QStringLiteral("filter-%1").arg(look));
        take(QStringLiteral("messages-chips-%1").arg(look), 500);
        auto* tabs = page->findChild<QTabWidget*>();
        tabs->setCurrentIndex(1);
        take(QStringLiteral("messages-time-line-%1").arg(look), 500);
        tabs->setCurrentIndex(0);
        page->showMessages({});
        QTest::qWait(1000);
        test::selectRow(*table, 0);
        QTest::qWait(1000);
        test::trigger(*page->actionSet().reschedule);
        takeDialog(*page, QStringLiteral("reschedule-%1").arg(look));
        tabs->setCurrentIndex(1);
        take(QStringLiteral("messages-due-strip-%1").arg(look), 1000);
        tabs->setCurrentIndex(0);
        test::trigger(*page->actionSet().cancel);
        take(QStringLiteral("messages-cancelled-%1").arg(look), 1000);
        test::trigger(*page->actionSet().restore);
        QTest::qWait(500);
        test::trigger(*page->actionSet().edit);
        takeDialog(*page, QStringLiteral("edit-%1").arg(look));
        press(Qt::Key_K, Qt::ControlModifier);
        takeDialog(m_window, QStringLiteral("palette-%1").arg(look));
        press(Qt::Key_F1);
        takeDialog(m_window, QStringLiteral("shortcuts-%1").arg(look));
        press(Qt::Key_Comma, Qt::ControlModifier);
        takeDialog(m_window, QStringLiteral("settings-%1").arg(look));
    }

    void takeCompose(const QString& look)
    {
        m_window.showCompose();
        auto* page = m_window.findChild<ui::ComposePage*>();
        QTest::qWait(1000);
        page->findChild<ui::DestinationCombo*>()->setDestination(QStringLiteral("orders"));
        test::button<QRadioButton>(*page, test::said("DueEditor", "A&t"))->click();
        test::named<QComboBox>(*page, test::said("DueEditor", "Time zone of the recipient"))
            ->setEditText(QStringLiteral("America/New_York"));
        test::named<QPlainTextEdit>(*page, test::said("PayloadEditor", "Payload"))
            ->setPlainText(
                QStringLiteral("{\n  \"order\": 7,\n  \"paid\": true,\n  \"items\": [\"tea\", \"cups\"],\n"
                               "  \"total\": 12.50\n}"));
        take(QStringLiteral("compose-%1").arg(look), 1500);
        page->findChild<ui::ContentTabs*>()->setCurrentIndex(2);
        take(QStringLiteral("compose-preview-%1").arg(look), 800);
        page->findChild<ui::ContentTabs*>()->setCurrentIndex(0);
        page->openMany();
        page->findChild<ui::ManyDialog*>()->setText(
            "due_at,key,tags,body\n2026-12-24T09:00:00+01:00,customer-12,"
            "promo;spring,\"{\"\"order\"\": 7}\"\n2026-12-24T09:01:00+01:00,"
            "customer-13,promo,\"{\"\"order\"\": 8}\"\ntomorrow,customer-14,,{}\n");
        takeDialog(*page, QStringLiteral("many-%1").arg(look));
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_window.activateWindow();
        if (!QTest::qWaitForWindowActive(&m_window, 10'000))
            qFatal("The window does not come to the front");
        QTest::keyClick(&m_window, key, modifiers);
    }

    void takeDialog(QWidget& parent, const QString& name)
    {
        QDialog* dialog = nullptr;
        const auto isThere = [&] {
            const auto dialogs = parent.findChildren<QDialog*>();
            for (auto* each : dialogs)
                if (each->isVisible())
                    dialog = each;
            return dialog != nullptr;
        };
        test::waitUntil(isThere, name);
        QTest::qWait(500); // for what it reads
        save(dialog->grab(), name);
        dialog->close();
        QTest::qWait(200);
    }

    const Clock& m_clock;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    test::installWords(application);
    ui::applyTheme(application, ui::Theme::Light);
    const QString directory = application.arguments().value(1, QStringLiteral("."));

    test::Receiver receiver;
    test::Fixture fixture;
    auto orders = test::destinationAt(receiver.url(), QStringLiteral("orders"));
    orders.credentials.signingSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    orders.quota = Quota{100, QuotaPeriod::Hour, QByteArrayLiteral("UTC")};
    put(fixture, orders);
    addMessages(fixture);
    runtime::NodeHost node(fixture.database.address(), {QStringLiteral("wall:4711")});
    node.start();
    const QTemporaryDir state;
    QSettings settings(state.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    ui::MainWindow window(fixture.workspace, fixture.clock, settings);
    window.resize(1280, 800);
    window.show();
    window.activateWindow();
    QTest::qWait(5000);
    MessageCamera camera(window, directory, fixture.clock);
    camera.takeAll(QStringLiteral("light"));
    ui::applyTheme(application, ui::Theme::Dark);
    camera.takeAll(QStringLiteral("dark"));
    ui::applyTheme(application, ui::Theme::HighContrast);
    camera.takeAll(QStringLiteral("high-contrast"));
    return 0;
}
