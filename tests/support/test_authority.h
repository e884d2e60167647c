// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates for tests, made with the openssl program: they are never out of date.
#pragma once

#include <QByteArray>
#include <QTemporaryDir>

namespace punctual::test
{

/// Both PEM.
struct Identity
{
    QByteArray certificate;
    QByteArray key;
};

/// A certificate authority of its own.
class TestAuthority
{
public:
    TestAuthority();

    [[nodiscard]] const QByteArray& certificate() const { return m_identity.certificate; }

    /// For a server at 127.0.0.1, or for any client.
    [[nodiscard]] Identity issue() const;

private:
    [[nodiscard]] Identity make(const QStringList& options) const;

    QTemporaryDir m_directory;
    Identity m_identity;
};

} // namespace punctual::test
