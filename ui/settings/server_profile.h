// SPDX-License-Identifier: GPL-3.0-or-later
// A server that a window can be attached to. Its password is not part of it: that is in the key ring.
#pragma once

#include <QSettings>
#include <QString>

#include <array>
#include <vector>

namespace punctual::ui
{

/// In the words of libpq (sslmode).
enum class TlsMode { Disable, Prefer, Require, VerifyCa, VerifyFull };

inline constexpr std::array allTlsModes{TlsMode::VerifyFull, TlsMode::VerifyCa, TlsMode::Require,
                                        TlsMode::Prefer, TlsMode::Disable};

[[nodiscard]] QLatin1StringView toText(TlsMode mode);

struct ServerProfile
{
    QString name;
    QString host = {}; // a name, an address, or the folder of a Unix socket
    int port = 5432;
    QString database = QStringLiteral("punctual");
    QString user = {};
    TlsMode tls = TlsMode::VerifyFull;
    QString rootCertificate = {}; // a file; empty: that of the system's user
    bool attachOnly = true;       // else this computer delivers for that server too

    friend bool operator==(const ServerProfile&, const ServerProfile&) = default;
};

/// What is missing, in a person's words; empty if nothing is.
[[nodiscard]] QString problemOf(const ServerProfile& profile);

/// As libpq takes it. It holds the password: never log or show it.
[[nodiscard]] QString connectionString(const ServerProfile& profile, const QString& password);

[[nodiscard]] std::vector<ServerProfile> readProfiles(QSettings& settings);
void writeProfiles(QSettings& settings, const std::vector<ServerProfile>& profiles);

/// The name of the profile that the next start uses; empty: the database of the configuration, or the private
/// one.
[[nodiscard]] QString chosenProfile(const QSettings& settings);
void chooseProfile(QSettings& settings, const QString& name);

} // namespace punctual::ui
