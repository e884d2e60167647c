// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/idempotency_option.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

namespace punctual::ctl
{

CLI::Option* addIdempotencyKey(CLI::App& command, std::string& key)
{
    return command
        .add_option("--idempotency-key", key,
                    QCoreApplication::translate("IdempotencyOption",
                                                "Repeating the command with this key does nothing twice")
                        .toStdString())
        ->type_name("TEXT");
}

std::optional<client::Idempotency> idempotencyOf(const std::string& key, const QJsonObject& request)
{
    if (key.empty())
        return std::nullopt;
    const auto text = QJsonDocument(request).toJson(QJsonDocument::Compact);
    return client::Idempotency{QString::fromStdString(key),
                               QCryptographicHash::hash(text, QCryptographicHash::Sha256)};
}

} // namespace punctual::ctl
