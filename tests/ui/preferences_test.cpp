// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences_action.h"
#include "ui/settings/preferences_dialog.h"
#include "ui/tray/closing.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace punctual::ui
{

class PreferencesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesTheThemeAtOnceAndKeepsIt()
    {
        const QTemporaryDir directory;
        QSettings settings(directory.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        const QColor before = QApplication::palette().color(QPalette::Base);
        QWidget window;
        PreferencesAction action(settings, &window);
        QSignalSpy changed(&action, &PreferencesAction::preferencesChanged);
        action.trigger();
        auto* dialog = window.findChild<PreferencesDialog*>();
        QVERIFY(dialog);
        auto* theme = dialog->findChildren<QComboBox*>().front();
        QCOMPARE(theme->accessibleName(), QStringLiteral("Theme"));
        theme->setCurrentIndex(2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Base), darkPalette().color(QPalette::Base));
        QCOMPARE(readPreferences(settings).theme, Theme::Dark);
        theme->setCurrentIndex(0);
        QCOMPARE(QApplication::palette().color(QPalette::Base), before);
    }

    void keepsEverything()
    {
        const QTemporaryDir directory;
        QSettings settings(directory.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        QCOMPARE(readPreferences(settings), Preferences{});
        const Preferences other{Theme::Light, QStringLiteral("zh_CN"), false, false};
        writePreferences(settings, other);
        QCOMPARE(readPreferences(settings), other);
    }

    void knowsWhatClosingMeans_data()
    {
        QTest::addColumn<bool>("byWindow");
        QTest::addColumn<bool>("hasNode");
        QTest::addColumn<bool>("hasTray");
        QTest::addColumn<bool>("othersDeliver");
        QTest::addColumn<std::optional<qint64>>("backlog");
        QTest::addColumn<int>("closing");
        const auto row = [](const char* sentence, ClosingFacts facts, Closing closing) {
            QTest::newRow(sentence) << facts.byWindow << facts.hasNode << facts.hasTray << facts.othersDeliver
                                    << facts.backlog << static_cast<int>(closing);
        };
        row("a window that only looks on just closes", {true, false, true, false, 7}, Closing::Quit);
        row("nothing waits", {true, true, true, false, 0}, Closing::Quit);
        row("messages wait: the engine goes on in the tray", {true, true, true, false, 7},
            Closing::HideToTray);
        row("also when others deliver", {true, true, true, true, 7}, Closing::HideToTray);
        row("no tray and the only engine", {true, true, false, false, 7}, Closing::AskFirst);
        row("no tray, but others deliver", {true, true, false, true, 7}, Closing::Quit);
        row("quitting the only engine", {false, true, true, false, 7}, Closing::AskFirst);
        row("nobody knows yet what waits", {true, true, false, false, std::nullopt}, Closing::AskFirst);
        row("quitting one of several", {false, true, true, true, 7}, Closing::Quit);
    }

    void knowsWhatClosingMeans()
    {
        QFETCH(const bool, byWindow);
        QFETCH(const bool, hasNode);
        QFETCH(const bool, hasTray);
        QFETCH(const bool, othersDeliver);
        QFETCH(const std::optional<qint64>, backlog);
        QFETCH(const int, closing);
        QCOMPARE(static_cast<int>(closingOf({byWindow, hasNode, hasTray, othersDeliver, backlog})), closing);
    }
};

} // namespace punctual::ui

using punctual::ui::PreferencesTest;
QTEST_MAIN(PreferencesTest)

#include "preferences_test.moc"
