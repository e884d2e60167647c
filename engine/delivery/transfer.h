// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTP request on its way: a libcurl easy handle with everything that has to live as long.
// Handles are reused: prepare() lays the next request over the last one.
#pragma once

#include "core/attempt.h"
#include "core/clock.h"
#include "delivery/answer_headers.h"
#include "delivery/request.h"
#include "delivery/request_headers.h"
#include "delivery/tls_options.h"

#include <curl/curl.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace punctual::delivery
{

class Transfer
{
public:
    using Done = std::function<void(Exchange)>;

    explicit Transfer(const Clock& clock);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    void prepare(Request request, Done done);

    /// What came of it. `code` is libcurl's result.
    [[nodiscard]] Exchange finish(CURLcode code);
    /// Lets go of the request and the answer; the handle stays for the next one.
    void release();
    [[nodiscard]] Done takeDone() { return std::move(m_done); }

    [[nodiscard]] CURL* handle() const { return m_handle.get(); }

private:
    struct EasyDeleter
    {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };

    void setFixedOptions();
    void setDestination(const std::shared_ptr<const Destination>& destination);
    void setBody();
    [[nodiscard]] QByteArray response() const;
    [[nodiscard]] std::optional<Duration> retryAfter(Instant now) const;
    [[nodiscard]] Exchange ended(Exchange::Ending ending, int status, const QString& error) const;

    static curl_socket_t openSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int beforeRequest(void* self, char* remote, char* local, int remotePort, int localPort);
    static std::size_t receive(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t receiveHeader(char* line, std::size_t size, std::size_t count, void* self);

    const Clock& m_clock;
    std::unique_ptr<CURL, EasyDeleter> m_handle;
    TlsOptions m_tls;
    std::shared_ptr<const Destination> m_destination; // that the handle is set up for
    std::vector<QByteArray> m_secrets;                // of m_destination, the longest first
    std::vector<QByteArray> m_ownSecrets;             // of the message's headers, likewise
    RequestHeaders m_headers;
    AnswerHeaders m_answerHeaders;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    Request m_request;
    Done m_done;
    QByteArray m_response;
    qsizetype m_mostKept = keptResponseBytes; // of the answer's body
    qsizetype m_longestSecret = 0;            // so much more is read
    std::size_t m_received = 0;
    Instant m_begunAt;
    std::optional<Instant> m_sentAt; // when the first byte left
    bool m_refusedAddress = false;
    bool m_outdated = false;
};

} // namespace punctual::delivery
