// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/json_form.h"

#include "core/json_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace punctual::ui
{

namespace
{

QString reasonOf(QJsonParseError::ParseError error)
{
    switch (error) {
    case QJsonParseError::UnterminatedObject:
        return QCoreApplication::translate("Json", "a comma or the closing } is missing");
    case QJsonParseError::MissingNameSeparator:
        return QCoreApplication::translate("Json", "the : between name and value is missing");
    case QJsonParseError::UnterminatedArray:
    case QJsonParseError::MissingValueSeparator:
        return QCoreApplication::translate("Json", "a comma or the closing ] is missing");
    case QJsonParseError::IllegalNumber:
    case QJsonParseError::TerminationByNumber:
        return QCoreApplication::translate("Json", "this is not a number");
    case QJsonParseError::IllegalEscapeSequence:
        return QCoreApplication::translate("Json", "there is no such escape sequence");
    case QJsonParseError::UnterminatedString:
        return QCoreApplication::translate("Json", "the closing quotation mark is missing");
    case QJsonParseError::DeepNesting:
        return QCoreApplication::translate("Json", "it is nested too deeply");
    case QJsonParseError::GarbageAtEnd:
        return QCoreApplication::translate("Json", "something follows the end of the value");
    default:
        return QCoreApplication::translate("Json", "a value is expected here");
    }
}

JsonProblem problemAt(const QByteArray& utf8, qsizetype offset, QJsonParseError::ParseError error)
{
    const QString before = QString::fromUtf8(utf8.left(offset));
    return {static_cast<int>(before.count(u'\n')) + 1,
            static_cast<int>(before.size() - before.lastIndexOf(u'\n') - 1) + 1, reasonOf(error)};
}

} // namespace

std::optional<JsonProblem> problemOfJson(const QString& text)
{
    // QJsonDocument takes only arrays and objects, so the value is wrapped in an array.
    const QByteArray utf8 = text.toUtf8();
    const QByteArray wrapped = '[' + utf8 + ']';
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(wrapped, &error);
    if (error.error != QJsonParseError::NoError)
        return problemAt(utf8, qBound(0, error.offset - 1, static_cast<int>(utf8.size())), error.error);
    const auto size = document.array().size();
    if (size == 1)
        return std::nullopt;
    if (size == 0)
        return problemAt(utf8, utf8.size(), QJsonParseError::IllegalValue);
    const auto endOfFirst = json_text::items(wrapped).front().end() - QByteArrayView(wrapped).begin() - 1;
    return problemAt(utf8, utf8.indexOf(',', endOfFirst), QJsonParseError::GarbageAtEnd);
}

QByteArray indented(const QByteArray& json)
{
    const QByteArray compact = json_text::compact(json);
    QByteArray text;
    qsizetype depth = 0;
    bool inString = false;
    const auto newLine = [&text, &depth] { text += '\n' + QByteArray(depth * 2, ' '); };
    for (qsizetype i = 0; i < compact.size(); ++i) {
        const char c = compact[i];
        const bool opens = !inString && (c == '{' || c == '[');
        const bool closes = !inString && (c == '}' || c == ']');
        const bool isEmpty = closes && (compact[i - 1] == '{' || compact[i - 1] == '[');
        depth += opens ? 1 : closes ? -1 : 0;
        if (closes && !isEmpty)
            newLine();
        text += c;
        if (inString && c == '\\')
            text += compact[++i];
        else if (c == '"')
            inString = !inString;
        const bool emptyFollows = opens && (compact[i + 1] == '}' || compact[i + 1] == ']');
        if (!inString && (c == ',' || (opens && !emptyFollows)))
            newLine();
        else if (!inString && c == ':')
            text += ' ';
    }
    return text;
}

} // namespace punctual::ui
