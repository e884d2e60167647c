// SPDX-License-Identifier: GPL-3.0-or-later
// Options of a sub-command that become the fields of a request in its JSON form, so that the rules of
// core judge what a person typed as they judge what a program sent.
#pragma once

#include "app/common/command_parser.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace punctual::ctl
{

/// Fields are filled in while the command line is parsed.
class FieldOptions
{
    Q_DECLARE_TR_FUNCTIONS(FieldOptions)

public:
    explicit FieldOptions(const app::CommandParser& command);

    app::Option text(const char* flag, const QString& field, const QString& description);
    app::Option integer(const char* flag, const QString& field, const QString& description);
    app::Option number(const char* flag, const QString& field, const QString& description);
    /// A number where it is one, else a word.
    app::Option numberOrText(const char* flag, const QString& field, const QString& description);
    /// Puts this value into the field.
    app::Option flag(const char* flag, const QString& field, const QString& description,
                     const QJsonValue& value = true);
    /// The name of a file with a text of up to `most` bytes; "-" is standard input.
    app::Option file(const char* flag, const QString& field, qint64 most, const QString& description);
    /// A span of time (core/time.h) in milliseconds.
    app::Option span(const char* flag, const QString& field, const QString& description);
    /// A point in time, as a person writes it (time_text.h).
    app::Option time(const char* flag, const QString& field, const QString& description);
    /// Several of these with commas between them.
    app::Option spans(const char* flag, const QString& field, const QString& description);
    /// Status codes and classes such as 5xx, with commas between them.
    app::Option codes(const char* flag, const QString& field, const QString& description);
    /// May be given several times: an array of strings.
    app::Option texts(const char* flag, const QString& field, const QString& description);
    /// "Name: value", may be given several times: an object.
    app::Option headers(const char* flag, const QString& field, const QString& description);

    /// An object in JSON.
    app::Option object(const char* flag, const QString& field, const QString& description);

    /// Shared with the commands, which run after the parsing.
    [[nodiscard]] const std::shared_ptr<QJsonObject>& fields() const { return m_fields; }

private:
    using Read = std::function<QJsonValue(const QString&)>;
    app::Option read(const char* flag, const QString& field, const Read& reader, const QString& description,
                     const char* type);

    app::CommandParser m_command;
    std::shared_ptr<QJsonObject> m_fields = std::make_shared<QJsonObject>();
};

} // namespace punctual::ctl
