// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/tls_options.h"

#include "core/secret_key.h"

namespace punctual::delivery
{

namespace
{

/// libcurl keeps a copy of `pem`; of nothing: takes back what was set before.
void setText(CURL* easy, CURLoption option, const QByteArray& pem)
{
    curl_blob blob{.data = const_cast<char*>(pem.constData()),
                   .len = static_cast<std::size_t>(pem.size()),
                   .flags = CURL_BLOB_COPY};
    curl_easy_setopt(easy, option, pem.isEmpty() ? nullptr : &blob);
}

} // namespace

TlsOptions::TlsOptions(CURL* easy)
{
    // Debian sets a bundle and a directory that hold the same. With the directory libcurl would read the
    // bundle anew for every connection, and a destination's own authorities would be trusted only beside it.
    const char* bundle = nullptr;
    curl_easy_getinfo(easy, CURLINFO_CAINFO, &bundle);
    if (bundle != nullptr)
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

void TlsOptions::set(CURL* easy, const Destination& destination)
{
    const Tls& tls = destination.tls;
    const bool isDefault = tls == Tls{};
    if (isDefault && m_isDefault)
        return;
    m_isDefault = isDefault;
    const QByteArray& key = destination.credentials.clientKey;
    QByteArray both = tls.clientCertificate.isEmpty() ? QByteArray() : tls.clientCertificate + '\n' + key;
    setText(easy, CURLOPT_SSLCERT_BLOB, both);
    setText(easy, CURLOPT_SSLKEY_BLOB, both.isEmpty() ? QByteArray() : key);
    setText(easy, CURLOPT_CAINFO_BLOB, tls.caCertificate);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    wipe(both);
}

} // namespace punctual::delivery
