// SPDX-License-Identifier: GPL-3.0-or-later
// Signs requests as in Standard Webhooks 1.0: HMAC-SHA256 over "id.timestamp.body", with one secret or, while
// receivers change over, with two.
#pragma once

#include "core/credentials.h"
#include "core/time.h"

#include <sodium.h>

#include <vector>

namespace punctual::delivery
{

class RequestSigner
{
public:
    RequestSigner() = default;
    explicit RequestSigner(const Credentials& credentials);
    RequestSigner(RequestSigner&&) = default;
    RequestSigner& operator=(RequestSigner&& other) noexcept;
    ~RequestSigner();

    /// False without a signing secret.
    [[nodiscard]] bool signs() const { return !m_keyed.empty(); }

    /// What stands in webhook-timestamp: seconds since 1970, always ten digits.
    [[nodiscard]] static QByteArray timestamp(Instant time);

    /// What stands in webhook-signature: "v1,BASE64", that of the previous secret behind a space. Its length
    /// depends on the number of secrets only.
    [[nodiscard]] QByteArray signature(QByteArrayView id, QByteArrayView timestamp,
                                       QByteArrayView body) const;

private:
    void wipe();

    std::vector<crypto_auth_hmacsha256_state> m_keyed; // each has taken its key
};

} // namespace punctual::delivery
