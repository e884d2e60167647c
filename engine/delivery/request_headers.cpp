// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/request_headers.h"

#include "core/uuid_v7.h"

#include <algorithm>
#include <cstring>

namespace punctual::delivery
{

namespace
{

constexpr qsizetype timestampLength = 10;

bool breaks(QByteArrayView text)
{
    return text.contains('\n') || text.contains('\r') || text.contains('\0');
}

/// Whether it is one that this class or libcurl writes itself: the clients refuse such a header, and so does
/// SQL, but twice in a request it would be a fault that no third party forgives. Asked for each header of
/// each request, so most are through by their first letter.
bool isTaken(const Header& header)
{
    static constexpr QByteArrayView letters("cehiktpuwCEHIKTPUW");
    return header.name.isEmpty() ||
           (letters.contains(header.name.front()) && problemOfHeader(header.name, {}));
}

} // namespace

void RequestHeaders::setDestination(const Destination& destination)
{
    const Credentials& credentials = destination.credentials;
    m_signer = RequestSigner(credentials);
    m_authentication.reset();
    if (credentials.authentication)
        m_authentication = headerOf(*credentials.authentication);
}

/// The list is built in place of curl_slist_append(), which allocates twice for each header and walks to the
/// end of the list.
curl_slist* RequestHeaders::build(const Request& request)
{
    m_text.clear();
    m_fields.clear();
    addContent(request);
    addIds(request);
    if (m_signer.signs())
        addSignature();
    char* line = m_text.data();
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i] = {line, i + 1 < m_fields.size() ? &m_fields[i + 1] : nullptr};
        line += std::strlen(line) + 1;
    }
    return m_fields.data();
}

void RequestHeaders::addContent(const Request& request)
{
    add("Expect", {}); // without a value: libcurl's own is left out
    if (request.destination->method != "GET")
        add("Content-Type", request.content.type);
    for (const auto& header : request.destination->headers)
        if (!isTaken(header))
            add(header.name, header.value);
    if (m_authentication)
        add(m_authentication->name, m_authentication->value);
    for (const auto& header : request.content.headers)
        if (!isTaken(header) &&
            (!m_authentication || header.name.compare(m_authentication->name, Qt::CaseInsensitive) != 0))
            add(header.name, header.value);
}

void RequestHeaders::addIds(const Request& request)
{
    const auto& batch = request.batch;
    m_id = (batch.empty() ? request.id : batchKey(batch)).toByteArray(QUuid::WithoutBraces);
    add("Idempotency-Key", m_id);
    if (batch.empty()) {
        add("Punctual-Message-Id", m_id);
    } else {
        QByteArrayList ids;
        for (const auto& id : batch)
            ids.append(id.toByteArray(QUuid::WithoutBraces));
        add("Punctual-Message-Ids", ids.join(','));
        add("Punctual-Batch-Size", QByteArray::number(ids.size()));
    }
    add("Punctual-Due-At", toRfc3339(request.dueAt).toLatin1());
    add("Punctual-Attempt", QByteArray::number(request.attempt));
}

void RequestHeaders::addSignature()
{
    add("webhook-id", m_id);
    m_timestampAt = addPlace("webhook-timestamp", timestampLength);
    m_signatureAt = addPlace("webhook-signature", m_signer.signature({}, {}, {}).size());
}

qsizetype RequestHeaders::addPlace(QByteArrayView name, qsizetype length)
{
    add(name, QByteArray(length, '0'));
    return m_text.size() - 1 - length;
}

void RequestHeaders::sign(Instant now, QByteArrayView body)
{
    if (!m_signer.signs())
        return;
    const QByteArray timestamp = RequestSigner::timestamp(now);
    const QByteArray signature = m_signer.signature(m_id, timestamp, body);
    // In place: the list points into this text.
    char* text = m_text.data();
    std::copy(timestamp.begin(), timestamp.end(), text + m_timestampAt);
    std::copy(signature.begin(), signature.end(), text + m_signatureAt);
}

void RequestHeaders::add(QByteArrayView name, QByteArrayView value)
{
    if (breaks(name) || breaks(value))
        return; // would be a header of its own; the clients refuse it, plain SQL could not
    m_text += name;
    // "Name;" is libcurl's way to write a header whose value is empty, "Name:" removes one of its own.
    if (value.isEmpty())
        m_text += name == QByteArrayView("Expect") ? ':' : ';';
    else
        m_text.append(": ").append(value);
    m_text += '\0';
    m_fields.emplace_back();
}

} // namespace punctual::delivery
