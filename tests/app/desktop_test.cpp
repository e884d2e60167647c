// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program as a process, on a database of the test's own.
#include "programs.h"

#include <QFileInfo>
#include <QSettings>
#include <QTest>

namespace punctual::test
{

class DesktopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsItsStateWhenASignalEndsIt()
    {
        Programs programs;
        const auto desktop = programs.startDesktop({QStringLiteral("--attach")});
        // The window asks for several things at once.
        QTRY_VERIFY_WITH_TIMEOUT(
            programs.database()
                    .value(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                          "current_database() AND pid <> pg_backend_pid()"))
                    .toInt() >= 2,
            longestTry);
        QCOMPARE(desktop->terminate(), 0);
        const QSettings state(programs.dataDir() + QStringLiteral("/window.ini"), QSettings::IniFormat);
        QVERIFY(!state.value(QStringLiteral("window/geometry")).toByteArray().isEmpty());
        QVERIFY(state.contains(QStringLiteral("messages/views")));
    }
};

} // namespace punctual::test

using punctual::test::DesktopTest;
QTEST_GUILESS_MAIN(DesktopTest)

#include "desktop_test.moc"
