// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/detail_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <vector>

namespace punctual::ui
{

namespace
{

/// All that engine/core says of fields; a test compares the two.
constexpr std::array known{
    QT_TRANSLATE_NOOP("Detail", "is not one of: delivered, retrying, dead"),
    QT_TRANSLATE_NOOP("Detail", "is not before until"),
    QT_TRANSLATE_NOOP("Detail", "is more than 366 days before until"),
    QT_TRANSLATE_NOOP("Detail", "is more than a minute, but not a whole number of them"),
    QT_TRANSLATE_NOOP("Detail", "is missing"),
    QT_TRANSLATE_NOOP("Detail", "is not one JSON value"),
    QT_TRANSLATE_NOOP("Detail", "is less than open_ms"),
    QT_TRANSLATE_NOOP("Detail", "cannot be given together with due_at"),
    QT_TRANSLATE_NOOP("Detail", "has more than %1 tags"),
    QT_TRANSLATE_NOOP("Detail", "has a tag that is empty or longer than 100 characters"),
    QT_TRANSLATE_NOOP("Detail", "is not base64"),
    QT_TRANSLATE_NOOP("Detail", "has %1 bytes; the limit is %2"),
    QT_TRANSLATE_NOOP("Detail", "is not whsec_ and the base64 of 24 to 64 bytes"),
    QT_TRANSLATE_NOOP("Detail", "has control characters"),
    QT_TRANSLATE_NOOP("Detail", "has other characters than visible ASCII"),
    QT_TRANSLATE_NOOP("Detail", "is the placeholder of a hidden value; give the value itself"),
    QT_TRANSLATE_NOOP("Detail", "is empty"),
    QT_TRANSLATE_NOOP("Detail", "is missing: a client certificate and its key belong together"),
    QT_TRANSLATE_NOOP("Detail", "is nothing without a signing_secret"),
    QT_TRANSLATE_NOOP("Detail", "is only for an https URL"),
    QT_TRANSLATE_NOOP("Detail", "is not one of: %1"),
    QT_TRANSLATE_NOOP("Detail", "needs a method whose requests have a body"),
    QT_TRANSLATE_NOOP("Detail", "cannot be removed"),
    QT_TRANSLATE_NOOP("Detail", "is not a URL with a host, as in https://api.example.com/hook"),
    QT_TRANSLATE_NOOP("Detail", "has another scheme than http and https"),
    QT_TRANSLATE_NOOP("Detail", "has a fragment, which is never sent"),
    QT_TRANSLATE_NOOP("Detail", "is given without anything to send"),
    QT_TRANSLATE_NOOP("Detail", "is not a string"),
    QT_TRANSLATE_NOOP("Detail", "is not a number from %1 to %2"),
    QT_TRANSLATE_NOOP("Detail", "is not a whole number from %1 to %2"),
    QT_TRANSLATE_NOOP("Detail", "is neither true nor false"),
    QT_TRANSLATE_NOOP("Detail", "is not an array of strings"),
    QT_TRANSLATE_NOOP("Detail", "is not an object"),
    QT_TRANSLATE_NOOP("Detail", "has a value that is not a string"),
    QT_TRANSLATE_NOOP("Detail", "is not a known field"),
    QT_TRANSLATE_NOOP("Detail", "is not a name of 1 to 63 letters, digits, dots, dashes and underscores that "
                                "begins with a letter or a digit"),
    QT_TRANSLATE_NOOP("Detail", "is not a valid header name"),
    QT_TRANSLATE_NOOP("Detail", "is set by Punctual and cannot be given"),
    QT_TRANSLATE_NOOP("Detail", "has control characters, outer spaces or characters beyond Latin-1"),
    QT_TRANSLATE_NOOP("Detail", "is only for on_failure skip"),
    QT_TRANSLATE_NOOP("Detail", "is given here and in retry"),
    QT_TRANSLATE_NOOP("Detail", "is missing: give one of payload, body and body_base64"),
    QT_TRANSLATE_NOOP("Detail", "is longer than %1 characters"),
    QT_TRANSLATE_NOOP("Detail", "has a value that is not a state"),
    QT_TRANSLATE_NOOP("Detail", "has a value that is not the result of an attempt"),
    QT_TRANSLATE_NOOP("Detail", "is null"),
    QT_TRANSLATE_NOOP("Detail", "is not a time zone of this machine, such as Asia/Singapore"),
    QT_TRANSLATE_NOOP("Detail", "is only for the algorithm token_bucket"),
    QT_TRANSLATE_NOOP("Detail", "is more than %1, the most of a sliding_log"),
    QT_TRANSLATE_NOOP("Detail", "is more than 50 a millisecond, too many to space evenly"),
    QT_TRANSLATE_NOOP("Detail", "is only for the backoff list"),
    QT_TRANSLATE_NOOP("Detail", "is not an array of 1 to 100 whole numbers from 0 to 864000000"),
    QT_TRANSLATE_NOOP("Detail", "is neither a number from 0 to 1 nor \"full\""),
    QT_TRANSLATE_NOOP("Detail",
                      "is not an array of status codes from 300 to 599, \"3xx\", \"4xx\" and \"5xx\""),
    QT_TRANSLATE_NOOP("Detail", "has a status that %1 has too"),
    QT_TRANSLATE_NOOP("Detail", "is not an RFC 3339 time with an offset, as in 2026-12-01T09:00:00Z"),
    QT_TRANSLATE_NOOP("Detail", "is a time that does not exist"),
    QT_TRANSLATE_NOOP("Detail", "is not a span of time, as in 250ms, 5s, 1h30m or 10d"),
    QT_TRANSLATE_NOOP("Detail", "is longer than %1 bytes"),
    QT_TRANSLATE_NOOP("Detail", "is not PEM: -----BEGIN CERTIFICATE-----, base64, -----END CERTIFICATE-----"),
    QT_TRANSLATE_NOOP("Detail", "holds something else than certificates"),
    QT_TRANSLATE_NOOP("Detail", "is encrypted; give the key without a passphrase"),
    QT_TRANSLATE_NOOP("Detail", "is not PEM: -----BEGIN PRIVATE KEY-----, base64, -----END PRIVATE KEY-----"),
    QT_TRANSLATE_NOOP("Detail", "does not hold one private key"),
};

struct Form
{
    const char* english;
    QRegularExpression pattern; // a group for each %1, %2
};

std::vector<Form> makeForms()
{
    static const QRegularExpression place(QStringLiteral("%\\d"));
    std::vector<Form> forms;
    for (const char* english : known) {
        QStringList parts;
        for (const auto& part : QString::fromUtf8(english).split(place))
            parts << QRegularExpression::escape(part);
        forms.push_back({english, QRegularExpression(QRegularExpression::anchoredPattern(
                                      parts.join(QStringLiteral("(.*)"))))});
    }
    return forms;
}

} // namespace

QString detailText(const QString& detail)
{
    static const auto forms = makeForms();
    for (const auto& form : forms) {
        const auto match = form.pattern.match(detail);
        if (!match.hasMatch())
            continue;
        QString text = QCoreApplication::translate("Detail", form.english);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i)
            text.replace(u'%' + QString::number(i), match.captured(i));
        return text;
    }
    return detail;
}

} // namespace punctual::ui
