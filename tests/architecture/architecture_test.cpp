// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the source tree: arrows between rooms, the top level, licences and lengths of files.
#include "include_rules.h"
#include "support/test_main.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace punctual::test;

class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsRightFromWrong_data();
    void tellsRightFromWrong();
    void everyIncludeFollowsAnArrow();
    void coreHasNoClock();
    void topLevelHoldsOnlyWhatBelongsThere();
    void everySourceNamesItsLicence();
    void noSourceIsLongerThan400Lines();

private:
    /// The paths, from the top, of the files under `folders` that have one of these names.
    static QStringList files(const QStringList& folders, const QStringList& names);
    static QString read(const QString& path);
};

QStringList ArchitectureTest::files(const QStringList& folders, const QStringList& names)
{
    const QDir top(u"" PUNCTUAL_SOURCE_DIR ""_s);
    QStringList found;
    for (const auto& folder : folders)
        for (QDirIterator entries(top.filePath(folder), names, QDir::Files, QDirIterator::Subdirectories);
             entries.hasNext();)
            found.append(top.relativeFilePath(entries.next()));
    if (found.isEmpty())
        qFatal("There are no sources in %s", qPrintable(top.path()));
    return found;
}

QString ArchitectureTest::read(const QString& path)
{
    QFile file(u"" PUNCTUAL_SOURCE_DIR "/"_s + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

void ArchitectureTest::tellsRightFromWrong_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("right");
    const auto row = [](const char* sentence, const QString& file, const QString& include, bool right) {
        QTest::newRow(sentence) << file << include << right;
    };
    row("the window sees the client", u"ui/a.cpp"_s, u"\"client/client.h\""_s, true);
    row("the window sees the core", u"ui/a.cpp"_s, u"\"core/time.h\""_s, true);
    row("the window sees itself", u"ui/a.cpp"_s, u"\"ui/common/b.h\""_s, true);
    row("the window does not see the node", u"ui/a.cpp"_s, u"\"runtime/node_host.h\""_s, false);
    row("the window does not see the store", u"ui/a.cpp"_s, u"\"store/migrator.h\""_s, false);
    row("the window does not see the REST server", u"ui/a.cpp"_s, u"\"api/server.h\""_s, false);
    row("the window does not see the programs", u"ui/a.cpp"_s, u"\"app/common/settings.h\""_s, false);
    row("the window knows no SQL", u"ui/a.cpp"_s, u"<QSqlQuery>"_s, false);
    row("the window knows no network", u"ui/a.cpp"_s, u"<QNetworkReply>"_s, false);
    row("the window has widgets", u"ui/a.cpp"_s, u"<QLabel>"_s, true);
    row("REST sees the client", u"engine/api/a.cpp"_s, u"\"client/client.h\""_s, true);
    row("REST does not see the store", u"engine/api/a.cpp"_s, u"\"store/connection.h\""_s, false);
    row("a longer path to the store is the same path", u"engine/api/a.cpp"_s,
        u"\"engine/store/connection.h\""_s, false);
    row("a path upwards is refused", u"engine/api/a.cpp"_s, u"\"../store/connection.h\""_s, false);
    row("a path upwards in the middle is refused", u"engine/api/a.cpp"_s, u"\"core/../store/connection.h\""_s,
        false);
    row("the client sees the store", u"engine/client/a.cpp"_s, u"\"store/connection.h\""_s, true);
    row("the client does not see the node", u"engine/client/a.cpp"_s, u"\"runtime/node_host.h\""_s, false);
    row("the client knows no SQL classes", u"engine/client/a.cpp"_s, u"<QSqlDatabase>"_s, false);
    row("the node sees the store", u"engine/runtime/a.cpp"_s, u"\"store/connection.h\""_s, true);
    row("the node sees the delivery", u"engine/runtime/a.cpp"_s, u"\"delivery/deliverer.h\""_s, true);
    row("the node does not see the client", u"engine/runtime/a.cpp"_s, u"\"client/client.h\""_s, false);
    row("the store has SQL", u"engine/store/a.cpp"_s, u"<QSqlQuery>"_s, true);
    row("the store has libpq", u"engine/store/a.cpp"_s, u"<libpq-fe.h>"_s, true);
    row("the store does not see the delivery", u"engine/store/a.cpp"_s, u"\"delivery/deliverer.h\""_s, false);
    row("the delivery has libcurl", u"engine/delivery/a.cpp"_s, u"<curl/curl.h>"_s, true);
    row("the delivery does not see the store", u"engine/delivery/a.cpp"_s, u"\"store/connection.h\""_s,
        false);
    row("the node has no libcurl", u"engine/runtime/a.cpp"_s, u"<curl/curl.h>"_s, false);
    row("the node has no libpq", u"engine/runtime/a.cpp"_s, u"<libpq-fe.h>"_s, false);
    row("core sees itself", u"engine/core/a.cpp"_s, u"\"core/time.h\""_s, true);
    row("core has values", u"engine/core/a.cpp"_s, u"<QString>"_s, true);
    row("core has the standard library", u"engine/core/a.cpp"_s, u"<vector>"_s, true);
    row("core sees no other room", u"engine/core/a.cpp"_s, u"\"store/connection.h\""_s, false);
    row("core has no objects", u"engine/core/a.cpp"_s, u"<QObject>"_s, false);
    row("core has no timers", u"engine/core/a.cpp"_s, u"<QTimer>"_s, false);
    row("core has no files", u"engine/core/a.cpp"_s, u"<QFile>"_s, false);
    row("core has no files under another name", u"engine/core/a.cpp"_s, u"<QtCore/QFile>"_s, false);
    row("core has no streams", u"engine/core/a.cpp"_s, u"<fstream>"_s, false);
    row("core does not call the system", u"engine/core/a.cpp"_s, u"<unistd.h>"_s, false);
    row("the server sees the node", u"app/server/main.cpp"_s, u"\"runtime/node_host.h\""_s, true);
    row("the server has no widgets", u"app/server/main.cpp"_s, u"<QApplication>"_s, false);
    row("the server has no Gui classes", u"app/server/main.cpp"_s, u"<QGuiApplication>"_s, false);
    row("the server has no Gui module", u"app/server/main.cpp"_s, u"<QtGui>"_s, false);
    row("the server has no windows", u"app/server/main.cpp"_s, u"\"ui/main_window.h\""_s, false);
    row("the command line has no Gui", u"app/ctl/a.cpp"_s, u"<QtGui/QIcon>"_s, false);
    row("commands do not see the parser's library", u"app/ctl/a.cpp"_s, u"<CLI/CLI.hpp>"_s, false);
    row("the parser sees its library", u"app/common/command_parser.cpp"_s, u"<CLI/CLI.hpp>"_s, true);
    row("what programs share has no Gui", u"app/common/a.cpp"_s, u"<QIcon>"_s, false);
    row("what programs share sees no program", u"app/common/a.cpp"_s, u"\"app/ctl/output.h\""_s, false);
    row("the desktop has windows", u"app/desktop/main.cpp"_s, u"\"ui/main_window.h\""_s, true);
    row("the desktop has widgets", u"app/desktop/main.cpp"_s, u"<QApplication>"_s, true);
    row("programs do not see the store", u"app/common/a.cpp"_s, u"\"store/connection.h\""_s, false);
    row("programs know no SQL", u"app/ctl/a.cpp"_s, u"<QtSql/QSqlQuery>"_s, false);
    row("an include says its room", u"ui/common/a.cpp"_s, u"\"b.h\""_s, false);
}

void ArchitectureTest::tellsRightFromWrong()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    const auto problem = problemOf({file, include.sliced(1, include.size() - 2), include.startsWith(u'"')});
    QTEST(!problem.has_value(), "right");
}

void ArchitectureTest::everyIncludeFollowsAnArrow()
{
    static const QRegularExpression form(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s,
                                         QRegularExpression::MultilineOption);
    QStringList problems;
    qsizetype seen = 0;
    const auto sources = files({u"app"_s, u"engine"_s, u"ui"_s}, {u"*.cpp"_s, u"*.h"_s});
    for (const auto& path : sources) {
        const QString text = read(path);
        for (auto includes = form.globalMatch(text); includes.hasNext(); ++seen) {
            const auto match = includes.next();
            const Include include{path, match.captured(2), match.captured(1) == u"\""_s};
            if (const auto problem = problemOf(include))
                problems.append(u"%1: %2: %3"_s.arg(path, include.name, *problem));
        }
    }
    QVERIFY(seen > sources.size());
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void ArchitectureTest::coreHasNoClock()
{
    static const QRegularExpression clocks(
        uR"(::now\(|currentDateTime|currentMSecs|currentSecs|currentTime)"_s);
    const auto sources = files({u"engine/core"_s}, {u"*.cpp"_s, u"*.h"_s});
    for (const auto& path : sources)
        QVERIFY2(!read(path).contains(clocks), qPrintable(path));
}

void ArchitectureTest::topLevelHoldsOnlyWhatBelongsThere()
{
    static const QStringList allowed{u"CMakeLists.txt"_s,
                                     u"CMakePresets.json"_s,
                                     u"README.md"_s,
                                     u"CONTRIBUTING.md"_s,
                                     u"CHANGELOG.md"_s,
                                     u"LICENSE"_s,
                                     u"app"_s,
                                     u"engine"_s,
                                     u"ui"_s,
                                     u"resources"_s,
                                     u"tests"_s,
                                     u"translations"_s,
                                     u"installer"_s,
                                     u"build"_s};
    const auto entries =
        QDir(u"" PUNCTUAL_SOURCE_DIR ""_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    for (const auto& entry : entries)
        QVERIFY2(allowed.contains(entry) || entry.endsWith(".user"_L1), qPrintable(entry));
}

void ArchitectureTest::everySourceNamesItsLicence()
{
    const auto sources =
        files({u"app"_s, u"engine"_s, u"ui"_s, u"tests"_s, u"translations"_s, u"installer"_s, u"resources"_s},
              {u"*.cpp"_s, u"*.h"_s, u"*.sql"_s, u"*.sh"_s, u"CMakeLists.txt"_s});
    QStringList without;
    for (const auto& path : sources) {
        const QStringList head = read(path).left(500).split(u'\n').mid(0, 2); // a script has #! first
        if (!head.join(u'\n').contains("SPDX-License-Identifier: GPL-3.0-or-later"_L1))
            without.append(path);
    }
    QVERIFY2(without.isEmpty(), qPrintable(without.join(u'\n')));
}

void ArchitectureTest::noSourceIsLongerThan400Lines()
{
    const auto sources = files({u"app"_s, u"engine"_s, u"ui"_s, u"tests"_s}, {u"*.cpp"_s, u"*.h"_s});
    QStringList longer;
    for (const auto& path : sources)
        if (read(path).count(u'\n') > 400)
            longer.append(path);
    QVERIFY2(longer.isEmpty(), qPrintable(longer.join(u'\n')));
}

PUNCTUAL_TEST(ArchitectureTest)

#include "architecture_test.moc"
