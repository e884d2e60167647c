// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/server_profile.h"

#include <QCoreApplication>

namespace punctual::ui
{

namespace
{

struct ServerProfileWords
{
    Q_DECLARE_TR_FUNCTIONS(ServerProfile)
};

constexpr QLatin1StringView listKey("connection/profiles");
constexpr QLatin1StringView chosenKey("connection/profile");

/// A value of a connection string (libpq, 34.1.1.1).
QString quotedValue(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

TlsMode parseTlsMode(const QString& text)
{
    for (const auto mode : allTlsModes)
        if (text == toText(mode))
            return mode;
    return TlsMode::VerifyFull; // nothing is weakened by a typing error
}

} // namespace

QLatin1StringView toText(TlsMode mode)
{
    switch (mode) {
    case TlsMode::Disable:
        return QLatin1StringView("disable");
    case TlsMode::Prefer:
        return QLatin1StringView("prefer");
    case TlsMode::Require:
        return QLatin1StringView("require");
    case TlsMode::VerifyCa:
        return QLatin1StringView("verify-ca");
    case TlsMode::VerifyFull:
        return QLatin1StringView("verify-full");
    }
    Q_UNREACHABLE();
}

QString problemOf(const ServerProfile& profile)
{
    if (profile.name.isEmpty())
        return ServerProfileWords::tr("Give it a name.");
    if (profile.host.isEmpty())
        return ServerProfileWords::tr("Which machine does the database run on?");
    if (profile.database.isEmpty())
        return ServerProfileWords::tr("What is the name of the database?");
    return profile.user.isEmpty() ? ServerProfileWords::tr("Which user of the database are you?") : QString();
}

QString connectionString(const ServerProfile& profile, const QString& password)
{
    QStringList parts{QStringLiteral("host=") + quotedValue(profile.host),
                      QStringLiteral("port=%1").arg(profile.port),
                      QStringLiteral("dbname=") + quotedValue(profile.database),
                      QStringLiteral("user=") + quotedValue(profile.user),
                      QStringLiteral("sslmode=") + toText(profile.tls)};
    if (!profile.rootCertificate.isEmpty())
        parts << QStringLiteral("sslrootcert=") + quotedValue(profile.rootCertificate);
    if (!password.isEmpty())
        parts << QStringLiteral("password=") + quotedValue(password);
    return parts.join(u' ');
}

std::vector<ServerProfile> readProfiles(QSettings& settings)
{
    std::vector<ServerProfile> profiles;
    const int count = settings.beginReadArray(listKey);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        ServerProfile profile;
        profile.name = settings.value("name").toString();
        profile.host = settings.value("host").toString();
        profile.port = settings.value("port", profile.port).toInt();
        profile.database = settings.value("database").toString();
        profile.user = settings.value("user").toString();
        profile.tls = parseTlsMode(settings.value("tls").toString());
        profile.rootCertificate = settings.value("root_certificate").toString();
        profile.attachOnly = settings.value("attach_only", true).toBool();
        profiles.push_back(profile);
    }
    settings.endArray();
    return profiles;
}

void writeProfiles(QSettings& settings, const std::vector<ServerProfile>& profiles)
{
    settings.remove(listKey);
    settings.beginWriteArray(listKey, static_cast<int>(profiles.size()));
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue("name", profiles[i].name);
        settings.setValue("host", profiles[i].host);
        settings.setValue("port", profiles[i].port);
        settings.setValue("database", profiles[i].database);
        settings.setValue("user", profiles[i].user);
        settings.setValue("tls", QString(toText(profiles[i].tls)));
        settings.setValue("root_certificate", profiles[i].rootCertificate);
        settings.setValue("attach_only", profiles[i].attachOnly);
    }
    settings.endArray();
}

QString chosenProfile(const QSettings& settings)
{
    return settings.value(chosenKey).toString();
}

void chooseProfile(QSettings& settings, const QString& name)
{
    settings.setValue(chosenKey, name);
}

} // namespace punctual::ui
