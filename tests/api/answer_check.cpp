// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer_check.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace punctual::test
{

namespace
{

const QString problemSchema = QStringLiteral("/components/schemas/Problem");

/// Those that HTTP itself asks for, and those that the description's opening words give every answer.
bool isGeneral(const QByteArray& lowerName)
{
    static const QByteArrayList names{"connection",
                                      "content-length",
                                      "content-type",
                                      "cache-control",
                                      "date",
                                      "x-content-type-options",
                                      "ratelimit-limit",
                                      "ratelimit-remaining",
                                      "ratelimit-reset",
                                      "transfer-encoding"};
    return names.contains(lowerName);
}

QString mediaType(const Reply& reply)
{
    return QString::fromLatin1(reply.header("content-type").split(';').constFirst());
}

/// What a merge patch leaves (RFC 7396).
QJsonObject withoutNulls(QJsonObject patch)
{
    for (const auto& name : patch.keys())
        if (patch[name].isNull())
            patch.remove(name);
        else if (patch[name].isObject())
            patch.insert(name, withoutNulls(patch[name].toObject()));
    return patch;
}

/// Times that are not as the description promises.
QStringList wrongTimes(const QByteArray& body)
{
    static const QRegularExpression time(QStringLiteral(R"re("(\d{4}-\d\d-\d\dT\d\d:[^"\s]*)")re"));
    static const QRegularExpression form(QStringLiteral(R"(^.{19}\.\d{3}(\d{3})?Z$)"));
    QStringList wrong;
    for (auto match = time.globalMatch(QString::fromUtf8(body)); match.hasNext();)
        if (const QString text = match.next().captured(1); !form.match(text).hasMatch())
            wrong.append(text + QStringLiteral(" is not in UTC with milliseconds"));
    return wrong;
}

} // namespace

QStringList AnswerCheck::check(const QByteArray& method, const QString& path, const Reply& reply)
{
    const auto* operation = m_description.find(method, path);
    if (!operation)
        return checkUnknown(path, reply);
    const QString at = operation->at(QStringLiteral("/responses/%1").arg(reply.status));
    if (m_description.at(at).isUndefined())
        return {QStringLiteral("the status %1 is not described: %2")
                    .arg(reply.status)
                    .arg(QString::fromUtf8(reply.body))};
    m_seen.insert(at);
    const QString response = m_description.resolved(at);
    QStringList wrong = checkHeaders(response, reply);
    if (method != "HEAD")
        wrong += checkContent(response, reply);
    return wrong;
}

QStringList AnswerCheck::checkBody(const QByteArray& method, const QString& path, const QByteArray& body)
{
    const auto* operation = m_description.find(method, path);
    if (!operation || body.isEmpty())
        return {};
    const QString schema = m_description.requestSchema(*operation);
    if (schema.isEmpty())
        return {QStringLiteral("no body is described")};
    const auto document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return {QStringLiteral("the body is no object")};
    const QString patch = QStringLiteral("/requestBody/content/application~1merge-patch+json");
    const bool isPatch = !m_description.at(operation->at(patch)).isUndefined();
    auto wrong = SchemaCheck(m_description)
                     .check(isPatch ? withoutNulls(document.object()) : document.object(), schema);
    if (isPatch) // names what it changes
        wrong = wrong.filter(QRegularExpression(QStringLiteral("(?<!is missing)$")));
    return wrong;
}

QSet<QString> AnswerCheck::everythingOf(const Description::Operation& operation) const
{
    QSet<QString> all;
    const auto statuses = m_description.at(operation.at(QStringLiteral("/responses"))).toObject().keys();
    for (const auto& status : statuses) {
        const QString at = operation.at(QStringLiteral("/responses/") + status);
        const QString response = m_description.resolved(at);
        all.insert(at);
        const auto headers = m_description.at(response + QStringLiteral("/headers")).toObject().keys();
        for (const auto& header : headers)
            all.insert(response + QStringLiteral("/headers/") + header);
        const auto types = m_description.at(response + QStringLiteral("/content")).toObject().keys();
        for (const auto& type : types)
            all += m_schemas.everythingIn(
                QStringLiteral("%1/content/%2/schema").arg(response, Description::escaped(type)));
    }
    return all;
}

/// What the description says of all paths and methods that it does not have.
QStringList AnswerCheck::checkUnknown(const QString& path, const Reply& reply)
{
    QStringList wrong = m_schemas.check(reply.json, problemSchema);
    auto methods = m_description.methodsOf(path);
    const QString expected =
        methods.isEmpty() ? QStringLiteral("404 unknown-path") : QStringLiteral("405 method-not-allowed");
    const QString got = QStringLiteral("%1 %2").arg(reply.status).arg(reply.problem());
    if (got != expected)
        wrong.append(QStringLiteral("is %1, not %2").arg(got, expected));
    auto allowed = reply.header("allow").split(',');
    for (auto& method : allowed)
        method = method.trimmed();
    if (methods.contains("GET"))
        methods.append("HEAD");
    std::sort(allowed.begin(), allowed.end());
    std::sort(methods.begin(), methods.end());
    if (!methods.isEmpty() && allowed != methods)
        wrong.append(QStringLiteral("allows ") + QString::fromLatin1(reply.header("allow")));
    return wrong;
}

/// A header that is described comes always.
QStringList AnswerCheck::checkHeaders(const QString& response, const Reply& reply)
{
    QStringList wrong;
    const QString place = response + QStringLiteral("/headers");
    const auto described = m_description.at(place).toObject();
    QByteArrayList names;
    for (auto header = described.begin(); header != described.end(); ++header) {
        names.append(header.key().toLower().toLatin1());
        const QByteArray value = reply.header(names.constLast());
        const bool isNumber =
            header.value()[QStringLiteral("schema")][QStringLiteral("type")] == QStringLiteral("integer");
        bool reads = !value.isEmpty();
        if (isNumber)
            (void)value.toInt(&reads);
        if (!reads)
            wrong.append(QStringLiteral("the header %1 is missing or wrong").arg(header.key()));
        else
            m_seen.insert(place + u'/' + header.key());
    }
    for (const auto& [name, value] : reply.headers)
        if (!names.contains(name.toLower()) && !isGeneral(name.toLower()))
            wrong.append(QStringLiteral("the header %1 is not described").arg(QString::fromLatin1(name)));
    return wrong;
}

QStringList AnswerCheck::checkContent(const QString& response, const Reply& reply)
{
    const auto content = m_description.at(response + QStringLiteral("/content")).toObject();
    if (content.isEmpty())
        return reply.body.isEmpty() ? QStringList() : QStringList(QStringLiteral("no body is described"));
    const QString type = mediaType(reply);
    if (!content.contains(type))
        return {QStringLiteral("the media type is ") + type};
    if (!type.endsWith(QStringLiteral("json")))
        return {};
    const QString schema = QStringLiteral("%1/content/%2/schema").arg(response, Description::escaped(type));
    return m_schemas.check(reply.json, schema) + wrongTimes(reply.body);
}

} // namespace punctual::test
