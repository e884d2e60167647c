// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/idempotency_option.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

namespace punctual::ctl
{

void addIdempotencyKey(app::CommandParser& command, QString& key)
{
    command.text("--idempotency-key", key,
                 QCoreApplication::translate("IdempotencyOption",
                                             "Repeating the command with this key does nothing twice"));
}

std::optional<client::Idempotency> idempotencyOf(const QString& key, const QJsonObject& request)
{
    if (key.isEmpty())
        return std::nullopt;
    const auto text = QJsonDocument(request).toJson(QJsonDocument::Compact);
    return client::Idempotency{key, QCryptographicHash::hash(text, QCryptographicHash::Sha256)};
}

} // namespace punctual::ctl
