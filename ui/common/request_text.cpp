// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/request_text.h"

#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QUrl>

namespace punctual::ui
{

namespace
{

struct RequestTextWords
{
    Q_DECLARE_TR_FUNCTIONS(RequestText)
};

/// A password in the address is a credential too.
QString shownUrl(const QString& text)
{
    QUrl url(text);
    if (!url.password().isEmpty())
        url.setPassword(QString(hiddenValue));
    return url.toString(QUrl::FullyEncoded);
}

Header shown(const Header& header)
{
    return isSecretHeader(header.name) ? Header{header.name, hiddenValue.data()} : header;
}

/// In the order in which a node adds them; without the signature.
std::vector<Header> headersOf(const RequestOutline& request, const Destination& destination)
{
    std::vector<Header> headers;
    if (destination.method != "GET")
        headers.push_back({"Content-Type", request.content.type});
    for (const auto& header : destination.headers)
        headers.push_back(shown(header));
    const auto& authentication = destination.credentials.authentication;
    const QByteArray carrier = authentication ? headerOf(*authentication).name : QByteArray();
    if (authentication)
        headers.push_back({carrier, hiddenValue.data()});
    for (const auto& header : request.content.headers)
        if (!authentication || header.name.compare(carrier, Qt::CaseInsensitive) != 0)
            headers.push_back(shown(header));
    const QByteArray id = toText(request.id).toLatin1();
    headers.push_back({"Idempotency-Key", id});
    headers.push_back({"Punctual-Message-Id", id});
    headers.push_back({"Punctual-Due-At", toRfc3339(request.dueAt).toLatin1()});
    headers.push_back({"Punctual-Attempt", QByteArray::number(request.attempt)});
    return headers;
}

bool isSigned(const Destination& destination)
{
    return !destination.credentials.signingSecret.isEmpty();
}

/// One word of a POSIX shell, whatever is in it.
QString quoted(const QString& text)
{
    return u'\'' + QString(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

bool isText(const QByteArray& body)
{
    return body.isValidUtf8() && !body.contains('\0');
}

} // namespace

QString requestText(const RequestOutline& request, const Destination& destination)
{
    const QUrl url(shownUrl(destination.url));
    QString path = url.path(QUrl::FullyEncoded);
    if (path.isEmpty())
        path = QStringLiteral("/");
    if (url.hasQuery())
        path += u'?' + url.query(QUrl::FullyEncoded);
    QStringList lines{QStringLiteral("%1 %2 HTTP/1.1").arg(QString::fromLatin1(destination.method), path),
                      QStringLiteral("Host: %1").arg(url.authority(QUrl::FullyEncoded).section(u'@', -1))};
    const auto add = [&lines](const Header& header) {
        lines << QString::fromLatin1(header.name) + QStringLiteral(": ") + QString::fromLatin1(header.value);
    };
    for (const auto& header : headersOf(request, destination))
        add(header);
    if (isSigned(destination)) {
        add({"webhook-id", toText(request.id).toLatin1()});
        lines << QStringLiteral("webhook-timestamp: ") + RequestTextWords::tr("(when it leaves)");
        lines << QStringLiteral("webhook-signature: v1,") +
                     RequestTextWords::tr("(of id, timestamp and body, when it leaves)");
    }
    const QByteArray& body = request.content.body;
    lines << QStringLiteral("Content-Length: %1").arg(body.size()) << QString();
    lines << (isText(body)
                  ? QString::fromUtf8(body)
                  : RequestTextWords::tr("(%n byte(s), no text)", nullptr, static_cast<int>(body.size())));
    const QString text = lines.join(u'\n');
    // An id is made when the message is stored.
    return request.id.isNull() ? QString(text).replace(toText(request.id), RequestTextWords::tr("(its id)"))
                               : text;
}

QString curlCommand(const RequestOutline& request, const Destination& destination)
{
    QStringList notes;
    if (isSigned(destination))
        notes << QStringLiteral("# ") +
                     RequestTextWords::tr("Without its signature: that is made when the message leaves.");
    const QByteArray& body = request.content.body;
    QStringList parts{QStringLiteral("curl --request %1").arg(QString::fromLatin1(destination.method)),
                      QStringLiteral("--url ") + quoted(shownUrl(destination.url))};
    bool hides = false;
    for (const auto& header : headersOf(request, destination)) {
        hides = hides || header.value == hiddenValue.data();
        parts << QStringLiteral("--header ") +
                     quoted(QString::fromLatin1(header.name) + QStringLiteral(": ") +
                            QString::fromLatin1(header.value));
    }
    if (hides)
        notes << QStringLiteral("# ") +
                     RequestTextWords::tr("Credentials are not shown: put them in the place of %1.")
                         .arg(hiddenValue);
    QString before;
    if (isText(body)) {
        parts << QStringLiteral("--data-raw ") +
                     quoted(QString::fromUtf8(body)); // reads no file, whatever it begins with
    } else {
        before = QStringLiteral("printf %s %1 | base64 --decode | ")
                     .replace(QStringLiteral("%1"), QString::fromLatin1(body.toBase64()));
        parts << QStringLiteral("--data-binary @-");
    }
    notes << before + parts.join(QStringLiteral(" \\\n  "));
    return notes.join(u'\n');
}

} // namespace punctual::ui
