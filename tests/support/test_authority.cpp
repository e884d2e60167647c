// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_authority.h"

#include <QFile>
#include <QProcess>

namespace punctual::test
{

namespace
{

QByteArray read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace

TestAuthority::TestAuthority()
    : m_identity(make({QStringLiteral("-subj"), QStringLiteral("/CN=Test Authority")}))
{
    write(m_directory.filePath(QStringLiteral("ca.pem")), m_identity.certificate);
    write(m_directory.filePath(QStringLiteral("ca.key")), m_identity.key);
}

Identity TestAuthority::issue() const
{
    return make({QStringLiteral("-subj"), QStringLiteral("/CN=Test"), QStringLiteral("-CA"),
                 m_directory.filePath(QStringLiteral("ca.pem")), QStringLiteral("-CAkey"),
                 m_directory.filePath(QStringLiteral("ca.key")), QStringLiteral("-addext"),
                 QStringLiteral("basicConstraints=critical,CA:FALSE"), QStringLiteral("-addext"),
                 QStringLiteral("subjectAltName=IP:127.0.0.1")});
}

Identity TestAuthority::make(const QStringList& options) const
{
    const QString certificate = m_directory.filePath(QStringLiteral("new.pem"));
    const QString key = m_directory.filePath(QStringLiteral("new.key"));
    const QStringList arguments{QStringLiteral("req"),
                                QStringLiteral("-x509"),
                                QStringLiteral("-newkey"),
                                QStringLiteral("ec"),
                                QStringLiteral("-pkeyopt"),
                                QStringLiteral("ec_paramgen_curve:P-256"),
                                QStringLiteral("-nodes"),
                                QStringLiteral("-days"),
                                QStringLiteral("2"),
                                QStringLiteral("-keyout"),
                                key,
                                QStringLiteral("-out"),
                                certificate};
    QProcess openssl;
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(QStringLiteral("openssl"), arguments + options);
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        qFatal("openssl failed: %s", openssl.readAll().constData());
    return {read(certificate), read(key)};
}

} // namespace punctual::test
