// SPDX-License-Identifier: GPL-3.0-or-later
// What a destination asks of TLS. The private key of the client certificate is among its credentials.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace punctual
{

struct Tls
{
    QByteArray caCertificate;     // PEM; only what these have signed is trusted. Empty: the system's
    QByteArray clientCertificate; // PEM, with its chain; empty for none
    bool verify = true;           // false: anybody in between can read and change everything

    friend bool operator==(const Tls&, const Tls&) = default;
};

// What is wrong with the form of a PEM text (RFC 7468); nothing when it is fine. Whether it holds what it
// says, only the first connection shows.
[[nodiscard]] std::optional<QString> problemOfCertificates(const QByteArray& pem);
/// Never repeats any of it.
[[nodiscard]] std::optional<QString> problemOfPrivateKey(const QByteArray& pem);

} // namespace punctual
