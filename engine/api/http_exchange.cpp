// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http_exchange.h"

#include "api/problem.h"

#include <QHostAddress>

namespace punctual::api
{

namespace
{

/// A refused body up to this size is read and thrown away, so that its sender, who reads no answer
/// before he has sent everything, gets to see why. A larger one is cut off.
constexpr qint64 mostThrownAway = 8LL * 1024 * 1024;

/// At most as much of a body that goes on is kept for a caller.
constexpr std::size_t streamBlock = 16UL * 1024;

QString decoded(const char* text, std::size_t size)
{
    return QString::fromUtf8(text, static_cast<qsizetype>(size));
}

MHD_Result addHeader(void* request, MHD_ValueKind, const char* name, std::size_t nameSize, const char* value,
                     std::size_t valueSize)
{
    auto& headers = static_cast<Request*>(request)->headers;
    const QByteArray key = QByteArray(name, static_cast<qsizetype>(nameSize)).toLower();
    if (!headers.contains(key))
        headers.insert(key, QByteArray(value, static_cast<qsizetype>(valueSize)));
    return MHD_YES;
}

MHD_Result addParameter(void* request, MHD_ValueKind, const char* name, std::size_t nameSize,
                        const char* value, std::size_t valueSize)
{
    static_cast<Request*>(request)->query.push_back({decoded(name, nameSize), decoded(value, valueSize)});
    return MHD_YES;
}

/// Empty for a socket without addresses.
QString addressOf(MHD_Connection* connection)
{
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr)
        return {};
    QHostAddress address(info->client_addr);
    bool isIpv4 = false; // perhaps in the clothes of IPv6
    if (const quint32 ipv4 = address.toIPv4Address(&isIpv4); isIpv4)
        address = QHostAddress(ipv4);
    address.setScopeId({});
    return address.toString();
}

Response tooLarge(qint64 limit)
{
    return problem(problem_kind::tooLarge, QStringLiteral("The limit for this call is %1 bytes.").arg(limit));
}

} // namespace

HttpExchange::HttpExchange(RequestHandler& handler, MHD_Connection* connection, const char* method,
                           const char* path)
    : m_handler(handler)
    , m_connection(connection)
{
    m_request.address = addressOf(connection);
    m_request.method = method;
    m_request.path = QString::fromUtf8(path);
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &addHeader, &m_request);
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, &addParameter, &m_request);
}

MHD_Result HttpExchange::begin()
{
    m_handler.admit(m_request, this, [this](Admitted admitted) {
        m_admission = std::move(admitted);
        resume();
    });
    if (m_admission && *m_admission && declaredLength() > (*m_admission)->bodyLimit)
        refuseBody();
    if (m_admission && !*m_admission && !comesAnyway())
        return send(m_admission->error());
    return MHD_YES;
}

/// The call counts all the same, and the caller is told how many he may make.
void HttpExchange::refuseBody()
{
    Response refused = tooLarge((*m_admission)->bodyLimit);
    const auto& headers = (*m_admission)->headers;
    refused.headers.insert(refused.headers.end(), headers.begin(), headers.end());
    m_admission = tl::unexpected(std::move(refused));
}

MHD_Result HttpExchange::receive(const char* bytes, std::size_t& size)
{
    if (!m_admission)
        return suspend();
    const auto count = static_cast<qint64>(size);
    if (*m_admission && m_request.body.size() + count > (*m_admission)->bodyLimit) {
        m_request.body.clear();
        refuseBody();
    }
    if (*m_admission)
        m_request.body.append(bytes, count);
    else
        m_thrownAway += count;
    size = 0;
    return m_thrownAway <= mostThrownAway ? MHD_YES : MHD_NO;
}

MHD_Result HttpExchange::finish()
{
    if (m_response)
        return send(*m_response);
    if (!m_admission)
        return suspend();
    if (!*m_admission)
        return send(m_admission->error());
    if (!m_handled) {
        m_handled = true;
        m_handler.handle(**m_admission, std::move(m_request), this, [this](Response response) {
            if (!m_response)
                m_response = std::move(response);
            resume();
        });
    }
    return m_response ? send(*m_response) : suspend();
}

void HttpExchange::abandon()
{
    m_response = problem(problem_kind::unavailable, QStringLiteral("The service is stopping."));
    m_admission = tl::unexpected(*m_response);
    endStream();
    resume();
}

void HttpExchange::endStream()
{
    if (m_stream)
        m_stream->end();
}

/// Of a chunked body nothing is declared.
qint64 HttpExchange::declaredLength() const
{
    return m_request.headers.value(QByteArrayLiteral("content-length")).toLongLong();
}

/// Whether a refused body is worth waiting for. A sender that asks first (Expect: 100-continue) is told
/// at once.
bool HttpExchange::comesAnyway() const
{
    return declaredLength() <= mostThrownAway && !m_request.headers.contains(QByteArrayLiteral("expect"));
}

MHD_Result HttpExchange::suspend()
{
    m_suspended = true;
    MHD_suspend_connection(m_connection);
    Q_EMIT suspended();
    return MHD_YES;
}

void HttpExchange::resume()
{
    if (!m_suspended)
        return;
    m_suspended = false;
    MHD_resume_connection(m_connection);
    Q_EMIT resumed();
}

MHD_Response* HttpExchange::makeStream()
{
    connect(m_stream.get(), &BodyStream::filled, this, [this] {
        if (m_stream->state() == BodyStream::State::CutOff)
            Q_EMIT cutOff();
        resume();
    });
    const auto read = [](void* exchange, std::uint64_t, char* bytes, std::size_t size) -> ssize_t {
        return static_cast<HttpExchange*>(exchange)->readStream(bytes, static_cast<qsizetype>(size));
    };
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, streamBlock, read, this, nullptr);
}

/// The library asks when what it got before has been taken. While there is nothing the connection is
/// suspended.
qsizetype HttpExchange::readStream(char* bytes, qsizetype size)
{
    if (m_stream->state() == BodyStream::State::CutOff)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const qsizetype count = m_stream->read(bytes, size);
    if (count > 0) {
        Q_EMIT progressed();
        return count;
    }
    if (m_stream->state() == BodyStream::State::Ended)
        return MHD_CONTENT_READER_END_OF_STREAM;
    suspend();
    return 0;
}

MHD_Result HttpExchange::send(const Response& response)
{
    m_stream = response.stream;
    MHD_Response* reply =
        m_stream ? makeStream()
                 : MHD_create_response_from_buffer(static_cast<std::size_t>(response.body.size()),
                                                   const_cast<char*>(response.body.constData()), // copied
                                                   MHD_RESPMEM_MUST_COPY);
    if (!reply)
        return MHD_NO;
    if (!response.contentType.isEmpty())
        MHD_add_response_header(reply, "Content-Type", response.contentType.constData());
    MHD_add_response_header(reply, "Cache-Control", "no-store");
    MHD_add_response_header(reply, "X-Content-Type-Options", "nosniff");
    const auto add = [reply](const std::vector<Header>& headers) {
        for (const auto& header : headers)
            MHD_add_response_header(reply, header.name.constData(), header.value.constData());
    };
    add(response.headers);
    if (m_admission && *m_admission)
        add((*m_admission)->headers);
    const MHD_Result queued = MHD_queue_response(m_connection, static_cast<unsigned>(response.status), reply);
    MHD_destroy_response(reply);
    return queued;
}

} // namespace punctual::api
