// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/request_signer.h"

#include "core/secret_key.h"

#include <array>
#include <utility>

namespace punctual::delivery
{

namespace
{

void add(crypto_auth_hmacsha256_state& state, QByteArrayView text)
{
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                  static_cast<unsigned long long>(text.size()));
}

} // namespace

RequestSigner::RequestSigner(const Credentials& credentials)
{
    for (const auto& secret : {credentials.signingSecret, credentials.previousSigningSecret}) {
        auto key = signingKey(secret);
        if (!key)
            continue;
        crypto_auth_hmacsha256_init(&m_keyed.emplace_back(),
                                    reinterpret_cast<const unsigned char*>(key->constData()),
                                    static_cast<std::size_t>(key->size()));
        punctual::wipe(*key);
    }
}

RequestSigner& RequestSigner::operator=(RequestSigner&& other) noexcept
{
    wipe();
    m_keyed = std::move(other.m_keyed);
    return *this;
}

RequestSigner::~RequestSigner()
{
    wipe();
}

void RequestSigner::wipe()
{
    sodium_memzero(m_keyed.data(), m_keyed.size() * sizeof(crypto_auth_hmacsha256_state));
}

QByteArray RequestSigner::timestamp(Instant time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
    return QByteArray::number(static_cast<qlonglong>(seconds.count())).rightJustified(10, '0');
}

QByteArray RequestSigner::signature(QByteArrayView id, QByteArrayView timestamp, QByteArrayView body) const
{
    QByteArray text;
    for (auto state : m_keyed) { // a copy
        add(state, id);
        add(state, ".");
        add(state, timestamp);
        add(state, ".");
        add(state, body);
        std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
        crypto_auth_hmacsha256_final(&state, mac.data());
        if (!text.isEmpty())
            text += ' ';
        text +=
            "v1," + QByteArray::fromRawData(reinterpret_cast<const char*>(mac.data()), qsizetype(mac.size()))
                        .toBase64();
    }
    return text;
}

} // namespace punctual::delivery
