// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/token_secret.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace punctual::client
{

QByteArray makeTokenSecret()
{
    std::array<quint32, 8> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    const QByteArray bytes(reinterpret_cast<const char*>(random.data()), sizeof random);
    return "punctual_" + bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray hashOfToken(const QByteArray& secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

} // namespace punctual::client
