// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the parameters of a query and remembers everything that is wrong with them. The pointer of an
// error is that of the parameter in an object of all parameters: /limit.
#pragma once

#include "api/request.h"
#include "core/result.h"
#include "core/time.h"

#include <QStringList>

#include <optional>

namespace punctual::api
{

class QueryReader
{
public:
    QueryReader(const std::vector<QueryItem>& query, std::vector<FieldError>& errors);

    // Each of these gives nothing when the parameter is absent, and also when it is wrong; then an error
    // is noted.
    [[nodiscard]] std::optional<QString> text(QLatin1StringView name);
    [[nodiscard]] std::optional<int> integer(QLatin1StringView name, int least, int most);
    [[nodiscard]] std::optional<Instant> instant(QLatin1StringView name);
    /// A parameter that may be repeated, or hold several values with commas between them.
    [[nodiscard]] QStringList texts(QLatin1StringView name);

    void wrong(QStringView name, const QString& detail);

private:
    const std::vector<QueryItem>& m_query;
    std::vector<FieldError>& m_errors;
};

} // namespace punctual::api
