// SPDX-License-Identifier: GPL-3.0-or-later
#include "include_rules.h"

#include <QDir>
#include <QLibraryInfo>
#include <QMap>
#include <QStringList>

#include <algorithm>
#include <array>

namespace punctual::test
{

namespace
{

using namespace Qt::StringLiterals;

/// From each room to those that it may see, besides core and itself.
const QMap<QString, QStringList>& arrows()
{
    static const QMap<QString, QStringList> all{
        {u"app"_s, {u"ui"_s, u"api"_s, u"client"_s, u"runtime"_s}},
        {u"ui"_s, {u"client"_s}},
        {u"api"_s, {u"client"_s}},
        {u"client"_s, {u"store"_s}},
        {u"runtime"_s, {u"store"_s, u"delivery"_s}},
        {u"store"_s, {}},
        {u"delivery"_s, {}},
        {u"core"_s, {}},
    };
    return all;
}

/// Headers that only the files under one of these folders may include. The longest match of a header counts.
struct Owned
{
    QLatin1StringView header; // the beginning of its name
    QStringList folders;
};

const std::vector<Owned>& ownedHeaders()
{
    static const std::vector<Owned> all{
        {"libpq"_L1, {u"engine/store/"_s}},
        {"curl/"_L1, {u"engine/delivery/"_s}},
        {"microhttpd"_L1, {u"engine/api/"_s}},
        {"systemd/"_L1, {u"app/"_s}},
        {"toml++/"_L1, {u"app/"_s}},
        // Its header takes seconds to compile: commands use CommandParser.
        {"CLI/"_L1,
         {u"app/common/command_parser.cpp"_s, u"app/common/option.cpp"_s, u"app/ctl/manual.cpp"_s}},
        {"sodium"_L1, {u"engine/store/"_s, u"engine/delivery/"_s}},
    };
    return all;
}

const std::vector<Owned>& ownedModules()
{
    static const QStringList windows{u"ui/"_s, u"app/desktop/"_s};
    static const std::vector<Owned> all{
        {"QtSql"_L1, {u"engine/store/"_s}},
        {"QtNetwork"_L1,
         {u"engine/store/"_s, u"engine/delivery/"_s, u"engine/runtime/"_s, u"engine/api/"_s, u"app/"_s}},
        {"QtGui"_L1, windows},
        {"QtWidgets"_L1, windows},
        {"QtCharts"_L1, windows},
        {"QtSvg"_L1, windows},
    };
    return all;
}

/// Core knows values only: nothing that holds a file, a thread, a timer or an event loop.
bool isAllowedInCore(const QString& header)
{
    static const QStringList qt{u"QByteArray"_s,
                                u"QByteArrayList"_s,
                                u"QByteArrayView"_s,
                                u"QChar"_s,
                                u"QDate"_s,
                                u"QDateTime"_s,
                                u"QHash"_s,
                                u"QJsonArray"_s,
                                u"QJsonObject"_s,
                                u"QJsonDocument"_s,
                                u"QJsonValue"_s,
                                u"QLatin1StringView"_s,
                                u"QList"_s,
                                u"QMap"_s,
                                u"QMetaType"_s,
                                u"QSet"_s,
                                u"QRandomGenerator"_s,
                                u"QString"_s,
                                u"QStringList"_s,
                                u"QStringView"_s,
                                u"QTime"_s,
                                u"QRegularExpression"_s,
                                u"QTimeZone"_s,
                                u"QUrl"_s,
                                u"QUrlQuery"_s,
                                u"QUuid"_s,
                                u"QVariant"_s,
                                u"QtEndian"_s,
                                u"QtGlobal"_s,
                                u"QtMath"_s,
                                u"QStringLiteral"_s};
    static const QStringList refused{u"iostream"_s,   u"fstream"_s, u"thread"_s, u"filesystem"_s,
                                     u"future"_s,     u"cstdio"_s,  u"ctime"_s,  u"condition_variable"_s,
                                     u"stop_token"_s, u"csignal"_s};
    if (!qtModuleOf(header).isEmpty())
        return qt.contains(header);
    return !refused.contains(header) && !header.endsWith(".h"_L1);
}

QString roomOf(const QString& path)
{
    const QStringList parts = path.split(u'/');
    return parts.value(0) == u"engine"_s ? parts.value(1) : parts.value(0);
}

std::optional<QString> problemOfOwner(const std::vector<Owned>& owned, const QString& name,
                                      const Include& include)
{
    for (const auto& [header, folders] : owned) {
        const bool inside = std::any_of(folders.begin(), folders.end(), [&](const QString& folder) {
            return include.file.startsWith(folder);
        });
        if (name.startsWith(header) && !inside)
            return u"only %1 may include %2"_s.arg(folders.join(u", "_s), name);
    }
    return std::nullopt;
}

std::optional<QString> problemOfQuoted(const Include& include)
{
    if (include.name.endsWith(".moc"_L1) && !include.name.contains(u'/'))
        return std::nullopt;
    const QString from = roomOf(include.file);
    const QString to = roomOf(include.name);
    if (!arrows().contains(to) || include.name.contains(".."_L1))
        return u"is not written from a room on, as in \"core/time.h\""_s;
    if (from != to && to != u"core"_s && !arrows().value(from).contains(to))
        return u"%1 may not see %2"_s.arg(from, to);
    static const QStringList programs{u"app/desktop/"_s, u"app/server/"_s, u"app/ctl/"_s};
    for (const auto& program : programs)
        if (include.name.startsWith(program) && !include.file.startsWith(program))
            return u"%1 belongs to one program"_s.arg(program);
    if (to == u"ui"_s && from == u"app"_s && !include.file.startsWith("app/desktop/"_L1))
        return u"only the desktop has windows"_s;
    return std::nullopt;
}

} // namespace

std::optional<QString> problemOf(const Include& include)
{
    if (include.quoted)
        return problemOfQuoted(include);
    if (roomOf(include.file) == u"core"_s && !isAllowedInCore(include.name) &&
        include.name != u"tl/expected.hpp"_s)
        return u"core knows values only, not %1"_s.arg(include.name);
    if (const auto problem = problemOfOwner(ownedHeaders(), include.name, include))
        return problem;
    return problemOfOwner(ownedModules(), qtModuleOf(include.name), include);
}

QString qtModuleOf(const QString& header)
{
    static const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    static const QStringList modules = headers.entryList({u"Qt*"_s}, QDir::Dirs);
    const QString folder = header.section(u'/', 0, 0);
    if (modules.contains(folder))
        return folder;
    const auto module = std::find_if(modules.begin(), modules.end(), [&](const QString& candidate) {
        return headers.exists(candidate + u'/' + header);
    });
    return module == modules.end() ? QString() : *module;
}

} // namespace punctual::test
