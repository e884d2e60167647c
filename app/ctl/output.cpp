// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/output.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Output)
};

} // namespace

void write(const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
}

Result<void> whetherWritten()
{
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return {};
    // What was written earlier may have failed for a reason that is forgotten by now.
    const QString reason = errno != 0 ? QStringLiteral(": ") + qt_error_string(errno) : QString();
    return failure(ErrorCode::Internal, Words::tr("The output could not be written%1.").arg(reason));
}

QString printable(const QString& text)
{
    QString shown = text;
    for (auto& character : shown)
        if (character.category() == QChar::Other_Control && character != u'\n' && character != u'\t')
            character = QChar::ReplacementCharacter;
    return shown;
}

void print(const QString& text)
{
    write(printable(text).toUtf8() + '\n');
}

void print(const QJsonObject& object)
{
    write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

QString aligned(const std::vector<QStringList>& rows)
{
    std::vector<qsizetype> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), static_cast<std::size_t>(row.size())));
        for (qsizetype column = 0; column < row.size(); ++column) {
            auto& width = widths[static_cast<std::size_t>(column)];
            width = std::max(width, row[column].size());
        }
    }
    QStringList lines;
    for (const auto& row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += row[column].leftJustified(widths[static_cast<std::size_t>(column)] + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace punctual::ctl
