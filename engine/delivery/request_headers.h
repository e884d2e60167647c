// SPDX-License-Identifier: GPL-3.0-or-later
// The header fields of one request, as libcurl takes them. Memory is reused from one request to the next.
#pragma once

#include "delivery/request.h"
#include "delivery/request_signer.h"

#include <curl/curl.h>

#include <optional>
#include <vector>

namespace punctual::delivery
{

class RequestHeaders
{
public:
    /// What stays from one message of a destination to the next.
    void setDestination(const Destination& destination);

    /// The list for CURLOPT_HTTPHEADER; it and the request's destination have to live until the request has
    /// left.
    [[nodiscard]] curl_slist* build(const Request& request);

    /// Puts the time and the signature of the request that was built last into their places. libcurl reads
    /// the list only after CURLOPT_PREREQFUNCTION, so that the time is that of sending and not of connecting.
    void sign(Instant now, QByteArrayView body);

private:
    void addContent(const Request& request);
    void addIds(const Request& request);
    void addSignature();
    void add(QByteArrayView name, QByteArrayView value);
    /// As add(); gives the place of the value in m_text.
    qsizetype addPlace(QByteArrayView name, qsizetype length);

    RequestSigner m_signer;
    std::optional<Header> m_authentication;
    QByteArray m_text;                // lines that end with \0
    std::vector<curl_slist> m_fields; // libcurl's list of them
    QByteArray m_id;                  // of the message or the batch
    qsizetype m_timestampAt = 0;
    qsizetype m_signatureAt = 0;
};

} // namespace punctual::delivery
