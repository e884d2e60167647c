// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/transfer.h"

#include "core/retry_after.h"
#include "delivery/address_guard.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace punctual::delivery
{

namespace
{

/// An answer's body is read up to here, so that the connection can be used again, and cut beyond.
constexpr std::size_t mostResponseBytes = std::size_t{1024} * 1024;

/// libcurl makes and frees this much for every request, 16 KiB by default: small answers need less.
constexpr long receiveBuffer = 4096;

/// An address as libcurl writes it, "127.0.0.1" or "::1".
bool isPrivateText(const char* text)
{
    sockaddr_in6 address6{};
    address6.sin6_family = AF_INET6;
    if (inet_pton(AF_INET6, text, &address6.sin6_addr) == 1)
        return isPrivateAddress(reinterpret_cast<const sockaddr&>(address6));
    sockaddr_in address4{};
    address4.sin_family = AF_INET;
    return inet_pton(AF_INET, text, &address4.sin_addr) != 1 ||
           isPrivateAddress(reinterpret_cast<const sockaddr&>(address4));
}

} // namespace

Transfer::Transfer(const Clock& clock)
    : m_clock(clock)
    , m_handle(curl_easy_init())
    , m_tls(m_handle.get())
{
    setFixedOptions();
}

void Transfer::setFixedOptions()
{
    CURL* easy = m_handle.get();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A name server that hangs beyond the time-out is left alone: libcurl would wait for it, and all others
    // with it.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, receiveBuffer);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Punctual/" PUNCTUAL_VERSION);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::openSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::beforeRequest);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::receiveHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

void Transfer::prepare(Request request, Done done)
{
    m_request = std::move(request);
    m_done = std::move(done);
    m_response.clear();
    m_mostKept = m_request.batch.empty() ? keptResponseBytes : keptBatchResponseBytes;
    m_answerHeaders.clear();
    m_received = 0;
    m_begunAt = m_clock.now();
    m_sentAt.reset();
    m_refusedAddress = false;
    m_outdated = false;
    m_errorText[0] = '\0';
    if (m_destination != m_request.destination)
        setDestination(m_request.destination); // the same object: it has not changed
    m_ownSecrets.clear();
    if (!m_request.content.headers.empty())
        m_ownSecrets = secretTexts(m_request.content.headers);
    m_longestSecret = 0;
    for (const auto* secrets : {&m_secrets, &m_ownSecrets})
        if (!secrets->empty())
            m_longestSecret = std::max(m_longestSecret, secrets->front().size());
    setBody();
    curl_easy_setopt(m_handle.get(), CURLOPT_HTTPHEADER, m_headers.build(m_request));
}

/// What stays from one message of a destination to the next.
void Transfer::setDestination(const std::shared_ptr<const Destination>& destination)
{
    m_destination = destination;
    m_secrets = secretTexts(*destination);
    m_headers.setDestination(*destination);
    CURL* easy = m_handle.get();
    m_tls.set(easy, *destination);
    curl_easy_setopt(easy, CURLOPT_URL, destination->url.toUtf8().constData());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(toMilliseconds(destination->timeout)));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(destination->http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    const QByteArray& method = destination->method;
    if (method == "GET") {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method == "POST" ? nullptr : method.constData());
}

void Transfer::setBody()
{
    if (m_destination->method == "GET")
        return;
    // Not copied: the request lives as long as the transfer.
    CURL* easy = m_handle.get();
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(m_request.content.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.content.body.constData());
}

curl_socket_t Transfer::openSocket(void* self, curlsocktype, curl_sockaddr* address)
{
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.m_request.destination->allowPrivateAddresses && isPrivateAddress(address->addr)) {
        transfer.m_refusedAddress = true;
        return CURL_SOCKET_BAD;
    }
    transfer.m_refusedAddress = false; // a host may have others
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// A connection is there, new or reused: the first byte of the request leaves after this.
int Transfer::beforeRequest(void* self, char* remote, char*, int, int)
{
    auto& transfer = *static_cast<Transfer*>(self);
    const Destination& destination = *transfer.m_request.destination;
    // A reused connection may have been opened for another destination of the same host.
    if (!destination.allowPrivateAddresses && isPrivateText(remote)) {
        transfer.m_refusedAddress = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (!transfer.m_request.mayStart()) {
        transfer.m_outdated = true;
        return CURL_PREREQFUNC_ABORT;
    }
    // Called again: the connection broke after the request had left and libcurl wants to send it on a new
    // one. Where a person is to decide about such a case, it is not sent twice.
    if (transfer.m_sentAt && destination.onUnknown == OnUnknown::Hold)
        return CURL_PREREQFUNC_ABORT;
    const Instant now = transfer.m_clock.now();
    transfer.m_headers.sign(now, transfer.m_request.content.body);
    if (!transfer.m_sentAt)
        transfer.m_sentAt = now;
    return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::receive(char* data, std::size_t size, std::size_t count, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    transfer.m_received += bytes;
    const qsizetype room = transfer.m_mostKept + transfer.m_longestSecret - transfer.m_response.size();
    if (room > 0)
        transfer.m_response.append(data, std::min(room, static_cast<qsizetype>(bytes)));
    return transfer.m_received > mostResponseBytes ? 0 : bytes;
}

std::size_t Transfer::receiveHeader(char* line, std::size_t size, std::size_t count, void* self)
{
    static_cast<Transfer*>(self)->m_answerHeaders.read({line, static_cast<qsizetype>(size * count)});
    return size * count;
}

Exchange Transfer::finish(CURLcode code)
{
    long status = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &status);
    const bool answered = status >= 200; // even if its body was cut: the third party has decided
    if (m_refusedAddress && !answered && !m_sentAt)
        return ended(Exchange::Ending::NotAllowed, 0,
                     QStringLiteral("the host has a private address, which the destination does not allow"));
    if (answered) {
        Exchange exchange = ended(Exchange::Ending::Answered, static_cast<int>(status), {});
        exchange.response = response();
        exchange.headers = m_answerHeaders.take();
        exchange.retryAfter = retryAfter(exchange.endedAt);
        return exchange;
    }
    if (m_outdated && !m_sentAt)
        return ended(Exchange::Ending::Outdated, 0, {});
    const char* text = m_errorText[0] != '\0' ? m_errorText.data() : curl_easy_strerror(code);
    return ended(m_sentAt ? Exchange::Ending::NoAnswer : Exchange::Ending::NotSent, 0,
                 QString::fromUtf8(text));
}

void Transfer::release()
{
    if (m_destination->method != "GET") // it would become a POST
        curl_easy_setopt(m_handle.get(), CURLOPT_POSTFIELDS, nullptr);
    curl_easy_setopt(m_handle.get(), CURLOPT_HTTPHEADER, nullptr);
    m_request = {};
    m_response = {};
}

Exchange Transfer::ended(Exchange::Ending ending, int status, const QString& error) const
{
    return {.ending = ending,
            .status = status,
            .error = error,
            .response = {},
            .retryAfter = {},
            .startedAt = m_sentAt.value_or(m_begunAt),
            .endedAt = m_clock.now()};
}

/// Not CURLINFO_RETRY_AFTER, which judges a date by this machine's clock.
std::optional<Duration> Transfer::retryAfter(Instant now) const
{
    curl_header* header = nullptr;
    constexpr int last = -1; // of the answers, when interim ones came before
    if (curl_easy_header(m_handle.get(), "Retry-After", 0, CURLH_HEADER, last, &header) != CURLHE_OK)
        return std::nullopt;
    return parseRetryAfter(header->value, now);
}

/// The beginning of the answer's body; a credential that the third party repeats in it is hidden.
QByteArray Transfer::response() const
{
    QByteArray kept = m_response;
    const bool isCut = kept.size() == m_mostKept + m_longestSecret;
    hideSecrets(kept, m_secrets);
    hideSecrets(kept, m_ownSecrets);
    if (isCut) // a secret may have been cut in two
        kept.chop(std::min(m_longestSecret, kept.size()));
    kept.truncate(m_mostKept);
    return kept;
}

} // namespace punctual::delivery
