// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the fields of a JSON object and remembers everything that is wrong with them, so that one
// answer names every mistake.
#pragma once

#include "core/message.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <limits>
#include <optional>

namespace punctual
{

class FieldReader
{
public:
    /// `pointer` is the JSON pointer of `object` itself, "" for a whole document.
    FieldReader(const QJsonObject& object, QString pointer, std::vector<FieldError>& errors);

    /// Whether the field is there and not null.
    [[nodiscard]] bool has(QLatin1StringView name) const;
    /// The same, for a field whose value is read elsewhere: it counts as known.
    [[nodiscard]] bool ask(QLatin1StringView name);

    // Each of these gives nothing when the field is absent or null, and also when it is wrong; then an
    // error is noted.
    [[nodiscard]] std::optional<QString> text(QLatin1StringView name);
    [[nodiscard]] std::optional<qint64> integer(QLatin1StringView name, qint64 least, qint64 most);
    [[nodiscard]] std::optional<double> number(QLatin1StringView name, double least, double most);
    [[nodiscard]] std::optional<bool> boolean(QLatin1StringView name);
    [[nodiscard]] std::optional<Duration> milliseconds(QLatin1StringView name, Duration least, Duration most);
    [[nodiscard]] std::optional<Instant> instant(QLatin1StringView name);
    [[nodiscard]] std::optional<QStringList> texts(QLatin1StringView name);
    [[nodiscard]] std::optional<QJsonObject> object(QLatin1StringView name);
    /// The value of one header field, such as a content type.
    [[nodiscard]] std::optional<QByteArray> headerValue(QLatin1StringView name);
    /// Header fields that a sender may set itself (RFC 9110, section 5). Those that belong to HTTP or to
    /// Punctual are refused.
    [[nodiscard]] std::optional<std::vector<Header>> headers(QLatin1StringView name);

    /// A value out of a list of words, such as a priority.
    template <class Value>
    [[nodiscard]] std::optional<Value>
    word(QLatin1StringView name, std::optional<Value> (*parse)(QStringView), QLatin1StringView words)
    {
        const auto written = text(name);
        if (!written)
            return std::nullopt;
        const auto value = parse(*written);
        if (!value)
            wrong(name, QStringLiteral("is not one of: %1").arg(words));
        return value;
    }

    /// Copies a read value over a default.
    template <class Value>
    static void assign(Value& target, std::optional<Value> value)
    {
        if (value)
            target = std::move(*value);
    }

    void wrong(QLatin1StringView name, const QString& detail);

    /// Notes an error for every field that none of the calls above asked for.
    void refuseUnknownFields();

    [[nodiscard]] QString pointerTo(QStringView name) const;

private:
    [[nodiscard]] QJsonValue take(QLatin1StringView name);

    const QJsonObject& m_object;
    QString m_pointer;
    std::vector<FieldError>& m_errors;
    QStringList m_asked;
};

/// A name of a destination: what stands in URLs, logs and labels. Nothing when it is fine.
[[nodiscard]] std::optional<QString> problemOfName(const QString& name);

} // namespace punctual
