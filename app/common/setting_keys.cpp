// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/setting_keys.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

#include <array>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

using Problem = std::optional<QString>;

constexpr int mostDays = 36'500;
constexpr int mostRequests = 1'000'000; // a second

Problem applyDatabaseUrl(const QString& text, Settings& settings)
{
    const bool isUri = text.startsWith(u"postgresql://") || text.startsWith(u"postgres://");
    if (!text.isEmpty() && !isUri && !text.contains(u'='))
        return Words::tr("is not a PostgreSQL connection string, as in postgresql://user@host/database or "
                         "host=… dbname=…");
    settings.databaseUrl = text;
    return std::nullopt;
}

Problem applyDataDir(const QString& text, Settings& settings)
{
    if (text.isEmpty())
        return Words::tr("is empty; it has to be a directory");
    settings.dataDir = QDir::cleanPath(QDir::current().absoluteFilePath(text));
    return std::nullopt;
}

Problem applyDays(const QString& text, std::optional<std::chrono::days>& target)
{
    bool isNumber = false;
    const int days = text.toInt(&isNumber);
    if (!isNumber || days < 1 || days > mostDays)
        return Words::tr("is “%1”, which is not a number of days from 1 to %2").arg(text).arg(mostDays);
    target = std::chrono::days(days);
    return std::nullopt;
}

Problem applyRetention(const QString& text, Settings& settings)
{
    return applyDays(text, settings.retention);
}

Problem applyAuditRetention(const QString& text, Settings& settings)
{
    return applyDays(text, settings.auditRetention);
}

std::optional<ListenAddress> readAddress(const QString& text)
{
    static const QRegularExpression form(QStringLiteral(R"(^(?:\[([^\]]+)\]|([^:\[\]]+)):(\d{1,5})$)"));
    const auto match = form.match(text);
    const QString host = match.captured(1) + match.captured(2);
    const QHostAddress address =
        host == u"localhost" ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    const uint port = match.captured(3).toUInt();
    if (!match.hasMatch() || address.isNull() || port > 65535)
        return std::nullopt;
    return ListenAddress{address, static_cast<quint16>(port)};
}

/// One address at most, and any number of sockets, with commas between them.
Problem applyListen(const QString& text, Settings& settings)
{
    const QLatin1StringView scheme("unix:");
    std::optional<ListenAddress> address;
    QStringList files;
    const auto parts = text.split(u',');
    for (const auto& part : parts) {
        const QString one = part.trimmed();
        if (one.startsWith(scheme) && one.sliced(scheme.size()).startsWith(u'/'))
            files.append(one.sliced(scheme.size()));
        else if (const auto read = readAddress(one); read && !address)
            address = read;
        else
            return Words::tr(
                       "is “%1”, which is not an address and a port, as in 127.0.0.1:8480 or [::1]:8480, nor "
                       "the path of a socket, as in unix:/run/punctual/api.sock, nor one of the first and "
                       "some of the second with commas between them")
                .arg(text);
    }
    settings.listensOnNetwork = address.has_value();
    settings.listen = address.value_or(ListenAddress());
    settings.socketFiles = files;
    return std::nullopt;
}

Problem applyRequestsPerSecond(const QString& text, Settings& settings)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 0 || number > mostRequests)
        return Words::tr("is “%1”, which is not a number from 0 to %2").arg(text).arg(mostRequests);
    settings.requestsPerSecond = number;
    return std::nullopt;
}

Problem applyTlsCertificate(const QString& text, Settings& settings)
{
    settings.tlsCertificateFile = text;
    return std::nullopt;
}

Problem applyTlsKey(const QString& text, Settings& settings)
{
    settings.tlsKeyFile = text;
    return std::nullopt;
}

Problem applyPublicMetrics(const QString& text, Settings& settings)
{
    if (text != u"true" && text != u"false")
        return Words::tr("is “%1”, which is not one of: %2").arg(text, QStringLiteral("true, false"));
    settings.publicMetrics = text == u"true";
    return std::nullopt;
}

template <class Value, std::size_t count>
Problem applyWord(const QString& text, Value& target,
                  const std::array<std::pair<QLatin1StringView, Value>, count>& words)
{
    QStringList allowed;
    for (const auto& [word, value] : words) {
        if (word == text) {
            target = value;
            return std::nullopt;
        }
        allowed.append(word);
    }
    return Words::tr("is “%1”, which is not one of: %2").arg(text, allowed.join(QStringLiteral(", ")));
}

Problem applyLogLevel(const QString& text, Settings& settings)
{
    return applyWord(text, settings.logLevel,
                     std::array{std::pair(QLatin1StringView("debug"), LogLevel::Debug),
                                std::pair(QLatin1StringView("info"), LogLevel::Info),
                                std::pair(QLatin1StringView("warning"), LogLevel::Warning),
                                std::pair(QLatin1StringView("error"), LogLevel::Error)});
}

Problem applyLogFormat(const QString& text, Settings& settings)
{
    return applyWord(text, settings.logFormat,
                     std::array{std::pair(QLatin1StringView("text"), LogFormat::Text),
                                std::pair(QLatin1StringView("json"), LogFormat::Json)});
}

} // namespace

std::span<const SettingKey> settingKeys()
{
    using enum SettingKey::Kind;
    static const std::array keys{
        SettingKey{QStringLiteral("database.url"), QStringLiteral("--database"), Text, applyDatabaseUrl},
        SettingKey{QStringLiteral("data_dir"), QStringLiteral("--data-dir"), Text, applyDataDir},
        SettingKey{QStringLiteral("retention.days"), QStringLiteral("--retention-days"), Number,
                   applyRetention},
        SettingKey{QStringLiteral("retention.audit_days"), {}, Number, applyAuditRetention},
        SettingKey{QStringLiteral("api.listen"), QStringLiteral("--listen"), Text, applyListen},
        SettingKey{QStringLiteral("api.tls_certificate"), {}, Text, applyTlsCertificate},
        SettingKey{QStringLiteral("api.tls_key"), {}, Text, applyTlsKey},
        SettingKey{QStringLiteral("api.requests_per_second"), {}, Number, applyRequestsPerSecond},
        SettingKey{QStringLiteral("api.public_metrics"), {}, Switch, applyPublicMetrics},
        SettingKey{QStringLiteral("log.level"), QStringLiteral("--log-level"), Text, applyLogLevel},
        SettingKey{QStringLiteral("log.format"), {}, Text, applyLogFormat},
    };
    return keys;
}

QString variableOf(const SettingKey& key)
{
    return QStringLiteral("PUNCTUAL_") + key.name.toUpper().replace(u'.', u'_');
}

} // namespace punctual::app
