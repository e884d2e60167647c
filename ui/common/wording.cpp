// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/wording.h"

#include "ui/common/detail_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace punctual::ui
{

namespace
{

struct SizeWords
{
    Q_DECLARE_TR_FUNCTIONS(Sizes)
};

} // namespace

QString stateName(MessageState state)
{
    switch (state) {
    case MessageState::Scheduled:
        return QCoreApplication::translate("MessageState", "Scheduled");
    case MessageState::Retrying:
        return QCoreApplication::translate("MessageState", "Retrying");
    case MessageState::Delivering:
        return QCoreApplication::translate("MessageState", "Delivering");
    case MessageState::Unknown:
        return QCoreApplication::translate("MessageState", "Unknown");
    case MessageState::Delivered:
        return QCoreApplication::translate("MessageState", "Delivered");
    case MessageState::Dead:
        return QCoreApplication::translate("MessageState", "Dead");
    case MessageState::Cancelled:
        return QCoreApplication::translate("MessageState", "Cancelled");
    case MessageState::Expired:
        return QCoreApplication::translate("MessageState", "Expired");
    }
    Q_UNREACHABLE();
}

QString priorityName(Priority priority)
{
    switch (priority) {
    case Priority::High:
        return QCoreApplication::translate("Priority", "High");
    case Priority::Normal:
        return QCoreApplication::translate("Priority", "Normal");
    case Priority::Low:
        return QCoreApplication::translate("Priority", "Low");
    }
    Q_UNREACHABLE();
}

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Delivered:
        return QCoreApplication::translate("Outcome", "Delivered");
    case Outcome::Failed:
        return QCoreApplication::translate("Outcome", "Failed");
    case Outcome::Refused:
        return QCoreApplication::translate("Outcome", "Refused");
    case Outcome::Unknown:
        return QCoreApplication::translate("Outcome", "No answer");
    }
    Q_UNREACHABLE();
}

QString resultName(AttemptResult result)
{
    switch (result) {
    case AttemptResult::TooManyRequests:
        return QCoreApplication::translate("AttemptResult", "429");
    case AttemptResult::ServerError:
        return QCoreApplication::translate("AttemptResult", "5xx");
    case AttemptResult::OtherAnswer:
        return QCoreApplication::translate("AttemptResult", "Other status");
    case AttemptResult::NoConnection:
        return QCoreApplication::translate("AttemptResult", "No connection");
    case AttemptResult::NoAnswer:
        return QCoreApplication::translate("AttemptResult", "No answer");
    case AttemptResult::Delivered:
        return outcomeName(Outcome::Delivered);
    case AttemptResult::Refused:
        return outcomeName(Outcome::Refused);
    }
    Q_UNREACHABLE();
}

QString resultsText(const std::vector<AttemptResult>& results)
{
    if (results == repeatedResults())
        return QCoreApplication::translate("AttemptResult", "Worth another attempt");
    QStringList names;
    for (const auto result : results)
        names << resultName(result);
    return names.join(QStringLiteral(" / "));
}

std::vector<AttemptResult> repeatedResults()
{
    return {allAttemptResults.begin(), allAttemptResults.begin() + retryCauses};
}

QString errorText(const Error& error)
{
    const auto withDetail = [&error](const QString& text) {
        return error.detail.isEmpty() ? text : text + u'\n' + detailText(error.detail);
    };
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return withDetail(QCoreApplication::translate("Error", "Some of the values are not right."));
    case ErrorCode::NotFound:
        return withDetail(QCoreApplication::translate("Error", "It does not exist (any more)."));
    case ErrorCode::Conflict:
        return withDetail(QCoreApplication::translate("Error", "Its present state does not allow this."));
    case ErrorCode::Unauthenticated:
        return QCoreApplication::translate("Error", "The database does not know who you are.");
    case ErrorCode::Forbidden:
        return QCoreApplication::translate("Error", "Your rights do not allow this.");
    case ErrorCode::TooLarge:
        return withDetail(QCoreApplication::translate("Error", "It is too large."));
    case ErrorCode::Unavailable:
        return QCoreApplication::translate("Error", "The database does not answer. Punctual keeps trying.");
    case ErrorCode::Unsupported:
        return withDetail(
            QCoreApplication::translate("Error", "Something on this machine has to be mended first."));
    case ErrorCode::Internal:
        return withDetail(QCoreApplication::translate("Error", "Something went wrong inside Punctual."));
    }
    Q_UNREACHABLE();
}

QStringList tagsIn(const QString& text)
{
    QStringList words;
    for (const auto& part : text.split(u',', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            words << part.trimmed();
    return words;
}

QString sizeText(qint64 bytes)
{
    if (bytes < 1024)
        return SizeWords::tr("%n byte(s)", nullptr, static_cast<int>(bytes));
    return QLocale().formattedDataSize(bytes, 1);
}

} // namespace punctual::ui
