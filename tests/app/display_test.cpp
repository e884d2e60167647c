// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program on a display with a window manager, driven from outside by keys: run by with_display.
#include "programs.h"

#include <QTest>

namespace punctual::test
{

class DisplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_programs = std::make_unique<Programs>(); }

    void schedulesByKeysAlone()
    {
        m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/"));
        const auto desktop = m_programs->startDesktop(words("--attach"));
        const auto window = activated(QStringLiteral("^Punctual$"));
        QVERIFY(!window.isEmpty());
        press(QStringLiteral("ctrl+n"));
        type(QStringLiteral("orders"));
        press(QStringLiteral("alt+p"));
        press(QStringLiteral("ctrl+a"));
        type(QStringLiteral("{\"order\": 7}"));
        press(QStringLiteral("ctrl+Return"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_programs->database().value(QStringLiteral(
                "SELECT convert_from(body, 'UTF8') FROM punctual.messages WHERE destination = 'orders'")),
            QVariant(QStringLiteral("{\"order\": 7}")), longestTry);
        press(QStringLiteral("ctrl+q"));
        QCOMPARE(desktop->waitForEnd(), 0);
    }

    void fillsTheScreenOfAWall()
    {
        const auto desktop = m_programs->startDesktop(words("--attach --dashboard --fullscreen"));
        const auto window = activated(QStringLiteral("^Punctual$"));
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(window).contains("FULLSCREEN"), longestTry);
        press(QStringLiteral("Escape"));
        QTRY_VERIFY_WITH_TIMEOUT(!stateOf(window).contains("FULLSCREEN"), longestTry);
        press(QStringLiteral("alt+F4")); // as the window manager closes it
        QCOMPARE(desktop->waitForEnd(), 0);
    }

    /// Also right after its start, when nothing is known yet of what waits.
    void keepsRunningWhenItIsTheOnlyEngine()
    {
        m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/"));
        const auto id = m_programs->schedule(words("orders --in 1d --body 1"));
        const auto desktop = m_programs->startDesktop(words("--listen 127.0.0.1:0"));
        QVERIFY(!activated(QStringLiteral("^Punctual$")).isEmpty());
        press(QStringLiteral("alt+F4"));
        QVERIFY(!activated(QStringLiteral("^Quit Punctual")).isEmpty());
        press(QStringLiteral("Return")); // the harmless one of the two
        QTRY_VERIFY_WITH_TIMEOUT(found(QStringLiteral("^Quit Punctual")).isEmpty(), longestTry);
        QVERIFY(desktop->isRunning());
        QVERIFY(!activated(QStringLiteral("^Punctual$")).isEmpty());
        QCOMPARE(desktop->terminate(), 0); // a signal does not ask
        QCOMPARE(m_programs->state(id), QStringLiteral("scheduled"));
    }

private:
    static QByteArray tool(const char* program, const QStringList& arguments)
    {
        return runToEnd(QStringLiteral("/usr/bin/") + QLatin1StringView(program), arguments).output.trimmed();
    }

    static void press(const QString& key) { tool("xdotool", {QStringLiteral("key"), key}); }

    static void type(const QString& text) { tool("xdotool", words("type --delay 1") + QStringList{text}); }

    /// The visible window with this title, or nothing.
    static QString found(const QString& title)
    {
        return QString::fromLatin1(
            tool("xdotool", words("search --onlyvisible --name") + QStringList{title}));
    }

    /// Once it is there and has the keyboard.
    static QString activated(const QString& title)
    {
        return QString::fromLatin1(tool("xdotool", words("search --sync --onlyvisible --name") +
                                                       QStringList{title} +
                                                       words("windowactivate --sync getactivewindow")));
    }

    static QByteArray stateOf(const QString& window)
    {
        return tool("xprop", {QStringLiteral("-id"), window, QStringLiteral("_NET_WM_STATE")});
    }

    std::unique_ptr<Programs> m_programs;
};

} // namespace punctual::test

using punctual::test::DisplayTest;
QTEST_GUILESS_MAIN(DisplayTest)

#include "display_test.moc"
