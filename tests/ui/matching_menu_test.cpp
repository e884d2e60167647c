// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/messages/matching_menu.h"
#include "ui/operations/bulk_dialog.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class MatchingMenuTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatTheStatesAllow_data()
    {
        QTest::addColumn<std::vector<MessageState>>("states");
        QTest::addColumn<QList<bool>>("offered"); // cancel, reschedule, send again, restore, resolve
        using States = std::vector<MessageState>;
        QTest::newRow("without a state all of it") << States{} << QList<bool>{true, true, true, true, true};
        QTest::newRow("what waits") << States{MessageState::Scheduled}
                                    << QList<bool>{true, true, false, false, false};
        QTest::newRow("what is on its way")
            << States{MessageState::Delivering} << QList<bool>{true, false, false, false, false};
        QTest::newRow("dead letters")
            << States{MessageState::Dead} << QList<bool>{false, false, true, false, false};
        QTest::newRow("what was cancelled")
            << States{MessageState::Cancelled} << QList<bool>{false, false, true, true, false};
        QTest::newRow("what is unknown")
            << States{MessageState::Unknown} << QList<bool>{false, false, false, false, true};
        QTest::newRow("what waits and what is dead") << States{MessageState::Retrying, MessageState::Dead}
                                                     << QList<bool>{false, false, false, false, false};
    }

    void offersWhatTheStatesAllow()
    {
        QFETCH(const std::vector<MessageState>, states);
        QFETCH(const QList<bool>, offered);
        test::Fixture fixture;
        MatchingMenu menu(fixture.workspace);
        menu.setFilter({.states = states});
        QList<bool> found;
        for (const auto* action : menu.actionsOfAll())
            found << action->isEnabled();
        QCOMPARE(found, offered);
    }

    void previewsAllThatMatchTheFilter()
    {
        test::Fixture fixture;
        fixture.addDestination(QStringLiteral("orders"));
        fixture.addDestination(QStringLiteral("others"));
        for (int i = 0; i < 2; ++i)
            fixture.schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        fixture.schedule(test::messageFor(QStringLiteral("others"), Duration(1h)));
        QWidget window;
        auto* menu = new MatchingMenu(fixture.workspace, &window);
        window.show();
        menu->setFilter({.destination = QStringLiteral("orders")});
        const QSignalSpy progressed(menu, &MatchingMenu::progressed);
        menu->actionsOfAll().front()->trigger();
        auto* dialog = window.findChild<BulkDialog*>();
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(
            test::button<QPushButton>(*dialog, QStringLiteral("Cancel 2 message(s)")) != nullptr, 30'000);
        QTest::mouseClick(test::button<QPushButton>(*dialog, QStringLiteral("Cancel 2 message(s)")),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!progressed.isEmpty(), 30'000);
        QCOMPARE(fixture.database.value(QStringLiteral("SELECT total FROM punctual.operations")).toInt(), 2);
        dialog->close();
    }

    void namesAllMessagesWhenNothingIsFiltered()
    {
        test::Fixture fixture;
        fixture.addDestination(QStringLiteral("orders"));
        fixture.schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        QWidget window;
        auto* menu = new MatchingMenu(fixture.workspace, &window);
        window.show();
        menu->setFilter({});
        menu->actionsOfAll().front()->trigger();
        auto* dialog = window.findChild<BulkDialog*>();
        QCOMPARE(test::named<QLabel>(*dialog, QStringLiteral("What it is about"))->text(),
                 QStringLiteral("Cancel: All messages"));
        QTRY_VERIFY_WITH_TIMEOUT(
            test::button<QPushButton>(*dialog, QStringLiteral("Cancel 1 message(s)")) != nullptr, 30'000);
        dialog->close();
    }
};

} // namespace punctual::ui

using punctual::ui::MatchingMenuTest;
QTEST_MAIN(MatchingMenuTest)

#include "matching_menu_test.moc"
