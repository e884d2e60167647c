// SPDX-License-Identifier: GPL-3.0-or-later
// Options of a sub-command that become the fields of a request in its JSON form, so that the rules of
// core judge what a person typed as they judge what a program sent.
#pragma once

#include <QCoreApplication>
#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>

namespace punctual::ctl
{

/// Fields are filled in while the command line is parsed.
class FieldOptions
{
    Q_DECLARE_TR_FUNCTIONS(FieldOptions)

public:
    explicit FieldOptions(CLI::App& command);

    CLI::Option* text(const char* flag, const QString& field, const QString& description);
    CLI::Option* integer(const char* flag, const QString& field, const QString& description);
    CLI::Option* number(const char* flag, const QString& field, const QString& description);
    /// A number where it is one, else a word.
    CLI::Option* numberOrText(const char* flag, const QString& field, const QString& description);
    CLI::Option* flag(const char* flag, const QString& field, const QString& description, bool value = true);
    /// The name of a file with a text of up to `most` bytes; "-" is standard input.
    CLI::Option* file(const char* flag, const QString& field, qint64 most, const QString& description);
    /// A span of time (core/time.h) in milliseconds.
    CLI::Option* span(const char* flag, const QString& field, const QString& description);
    /// A point in time, as a person writes it (time_text.h).
    CLI::Option* time(const char* flag, const QString& field, const QString& description);
    /// Several of these with commas between them.
    CLI::Option* spans(const char* flag, const QString& field, const QString& description);
    /// Status codes and classes such as 5xx, with commas between them.
    CLI::Option* codes(const char* flag, const QString& field, const QString& description);
    /// May be given several times: an array of strings.
    CLI::Option* texts(const char* flag, const QString& field, const QString& description);
    /// "Name: value", may be given several times: an object.
    CLI::Option* headers(const char* flag, const QString& field, const QString& description);

    /// An object in JSON.
    CLI::Option* object(const char* flag, const QString& field, const QString& description);

    /// Shared with the commands, which run after the parsing.
    [[nodiscard]] const std::shared_ptr<QJsonObject>& fields() const { return m_fields; }

private:
    CLI::App& m_command;
    std::shared_ptr<QJsonObject> m_fields = std::make_shared<QJsonObject>();
};

} // namespace punctual::ctl
