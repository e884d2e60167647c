// SPDX-License-Identifier: GPL-3.0-or-later
// Holds calls and their answers against the description: path, method, status, media type, headers and every
// field. Notes what it met, so that what is described but never comes can be named.
#pragma once

#include "api_fixture.h"
#include "schema_check.h"

namespace punctual::test
{

class AnswerCheck
{
public:
    explicit AnswerCheck(const Description& description)
        : m_description(description)
        , m_schemas(description)
    {
    }

    /// What is wrong; empty: nothing. `path` is without a query.
    [[nodiscard]] QStringList check(const QByteArray& method, const QString& path, const Reply& reply);
    /// Of a call that was accepted: whether the description allows its body.
    [[nodiscard]] QStringList checkBody(const QByteArray& method, const QString& path,
                                        const QByteArray& body);

    /// Pointers to the responses and the headers that came, and what SchemaCheck saw.
    [[nodiscard]] QSet<QString> seen() const { return m_seen + m_schemas.seen(); }
    /// The same of all that are described for an operation.
    [[nodiscard]] QSet<QString> everythingOf(const Description::Operation& operation) const;

    [[nodiscard]] SchemaCheck& schemas() { return m_schemas; }

private:
    [[nodiscard]] QStringList checkUnknown(const QString& path, const Reply& reply);
    [[nodiscard]] QStringList checkHeaders(const QString& response, const Reply& reply);
    [[nodiscard]] QStringList checkContent(const QString& response, const Reply& reply);

    const Description& m_description;
    SchemaCheck m_schemas;
    QSet<QString> m_seen;
};

} // namespace punctual::test
