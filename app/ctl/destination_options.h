// SPDX-License-Identifier: GPL-3.0-or-later
// The options of `destination add`, and the request that they come to: the JSON of the REST API, whole from
// a file, with what was given in options of its own laid over it.
#pragma once

#include "app/ctl/field_options.h"

#include <functional>

namespace punctual::ctl
{

/// Made shared: the parsing fills it in, and the sub-command's callback reads it after that.
class DestinationOptions
{
    Q_DECLARE_TR_FUNCTIONS(DestinationOptions)

public:
    explicit DestinationOptions(const app::CommandParser& command);

    [[nodiscard]] QJsonObject fields() const;

private:
    void addRequest();
    void addLimits();
    void addBreaker();
    void addOrderAndBatch();
    void addRetry();
    void addCredentials();
    void addFrom();
    /// A number, a slash and something else, which `readRest` puts into the fields of the group if it can.
    using ReadRest = std::function<bool(QJsonObject& fields, const QString& rest)>;
    void addFraction(const FieldOptions& group, const char* flag, const QString& description,
                     const char* type, const ReadRest& readRest);

    app::CommandParser m_command;
    FieldOptions m_plain;
    FieldOptions m_rateLimit;
    FieldOptions m_quota;
    FieldOptions m_breaker;
    FieldOptions m_order;
    FieldOptions m_batch;
    FieldOptions m_retry;
    FieldOptions m_tls;
    FieldOptions m_bearer;
    std::shared_ptr<QJsonObject> m_from = std::make_shared<QJsonObject>();
    std::shared_ptr<bool> m_hasBreaker = std::make_shared<bool>(false);
};

} // namespace punctual::ctl
