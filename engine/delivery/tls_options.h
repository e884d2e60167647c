// SPDX-License-Identifier: GPL-3.0-or-later
// What a libcurl handle is told about TLS for a destination.
//
// libcurl uses an open connection or a TLS session again only for a request with the same settings: whether
// to verify, the authorities and the client certificate, texts in memory included
// (Curl_ssl_config_matches). It does not compare the private key; so the key stands behind the certificate
// in the text that is compared, and whoever has another key does not get the connection.
#pragma once

#include "core/destination.h"

#include <curl/curl.h>

namespace punctual::delivery
{

class TlsOptions
{
public:
    /// Sets up a fresh handle.
    explicit TlsOptions(CURL* easy);

    void set(CURL* easy, const Destination& destination);

private:
    bool m_isDefault = true; // what the handle has now
};

} // namespace punctual::delivery
