// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret_key.h"

#include <algorithm>
#include <cstring>

namespace punctual
{

namespace
{

bool isHex(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

} // namespace

void wipe(QByteArray& secret)
{
    // Not secret.data(): it would copy bytes that are shared, and wipe the copy. Literals are not owned.
    auto& bytes = secret.data_ptr();
    if (bytes.d_ptr() != nullptr)
        explicit_bzero(bytes.data(), static_cast<std::size_t>(bytes.size));
    secret = QByteArray();
}

SecretKey::~SecretKey()
{
    explicit_bzero(m_bytes.data(), m_bytes.size());
}

std::optional<SecretKey> SecretKey::parse(QByteArrayView text)
{
    QByteArray decoded;
    if (text.size() == 2 * qsizetype(size) && isHex(text))
        decoded = QByteArray::fromHex(text.toByteArray());
    else if (auto read =
                 QByteArray::fromBase64Encoding(text.toByteArray(), QByteArray::AbortOnBase64DecodingErrors))
        decoded = std::move(read.decoded);
    std::optional<SecretKey> key;
    if (decoded.size() == qsizetype(size)) {
        Bytes bytes{};
        std::copy(decoded.begin(), decoded.end(), bytes.begin());
        key.emplace(bytes);
        explicit_bzero(bytes.data(), bytes.size());
    }
    wipe(decoded);
    return key;
}

} // namespace punctual
