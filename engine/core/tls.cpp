// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tls.h"

#include <QByteArrayList>

#include <algorithm>

namespace punctual
{

namespace
{

/// libcurl copies these texts for every connection.
constexpr qsizetype longestPem = qsizetype{64} * 1024;

/// The labels of the blocks, as CERTIFICATE, in their order; nothing when the text is not PEM.
std::optional<QByteArrayList> labelsOf(const QByteArray& pem)
{
    static constexpr QByteArrayView begin("-----BEGIN ");
    static constexpr QByteArrayView end("-----END ");
    static constexpr QByteArrayView dashes("-----");
    QByteArrayList labels;
    QByteArray base64;
    bool inside = false;
    const auto lines = pem.split('\n');
    for (const auto& untrimmed : lines) {
        const QByteArray line = untrimmed.trimmed();
        if (!inside && line.startsWith(begin) && line.endsWith(dashes)) {
            labels.append(line.sliced(begin.size()).chopped(dashes.size()));
            base64.clear();
            inside = true;
        } else if (inside && line == end.toByteArray() + labels.last() + dashes.toByteArray()) {
            const auto decoded =
                QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
            if (!decoded || decoded.decoded.isEmpty())
                return std::nullopt;
            inside = false;
        } else if (inside) {
            base64 += line;
        } // what stands between blocks is a comment
    }
    if (inside || labels.isEmpty())
        return std::nullopt;
    return labels;
}

std::optional<QString> problemOfSize(const QByteArray& pem)
{
    if (pem.size() <= longestPem)
        return std::nullopt;
    return QStringLiteral("is longer than %1 bytes").arg(longestPem);
}

} // namespace

std::optional<QString> problemOfCertificates(const QByteArray& pem)
{
    if (auto problem = problemOfSize(pem))
        return problem;
    const auto labels = labelsOf(pem);
    if (!labels)
        return QStringLiteral("is not PEM: -----BEGIN CERTIFICATE-----, base64, -----END CERTIFICATE-----");
    if (labels->count("CERTIFICATE") != labels->size())
        return QStringLiteral("holds something else than certificates");
    return std::nullopt;
}

std::optional<QString> problemOfPrivateKey(const QByteArray& pem)
{
    if (auto problem = problemOfSize(pem))
        return problem;
    // An encrypted key of the older form has lines of its own in front of the base64.
    if (pem.contains("ENCRYPTED"))
        return QStringLiteral("is encrypted; give the key without a passphrase");
    auto labels = labelsOf(pem);
    if (!labels)
        return QStringLiteral("is not PEM: -----BEGIN PRIVATE KEY-----, base64, -----END PRIVATE KEY-----");
    labels->removeAll("EC PARAMETERS"); // openssl ecparam writes them in front of the key
    if (labels->size() != 1 || !labels->first().endsWith("PRIVATE KEY"))
        return QStringLiteral("does not hold one private key");
    return std::nullopt;
}

} // namespace punctual
