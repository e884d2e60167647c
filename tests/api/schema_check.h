// SPDX-License-Identifier: GPL-3.0-or-later
// Holds JSON values against schemas of the description: JSON Schema 2020-12 as far as openapi.yaml uses it,
// and a keyword that is not understood is a fault. An object may have no member but those that its schema
// names; where any are welcome, the schema names none or has additionalProperties.
//
// Notes which parts of schemas it met a value for, so that those that never appear can be named.
#pragma once

#include "description.h"

#include <QSet>
#include <QStringList>

namespace punctual::test
{

class SchemaCheck
{
public:
    explicit SchemaCheck(const Description& description)
        : m_description(description)
    {
    }

    /// What is wrong with the value, each with the place in it; empty: nothing.
    [[nodiscard]] QStringList check(const QJsonValue& value, const QString& schema);

    /// Pointers to the properties that had a value other than null, and to the alternatives of enumerations
    /// that were a value, as in "/components/schemas/State/enum/0".
    [[nodiscard]] const QSet<QString>& seen() const { return m_seen; }
    /// The same of all values that a schema allows.
    [[nodiscard]] QSet<QString> everythingIn(const QString& schema) const;

private:
    struct Outcome
    {
        QStringList wrong;
        QSet<QString> seen;
        QSet<QString> members; // of this object, that a schema names
        bool isOpen = true;    // no schema names any

        void take(const Outcome& other);
    };

    [[nodiscard]] Outcome visit(const QJsonValue& value, const QString& schema, const QString& place) const;
    void apply(const QJsonValue& value, const QString& pointer, const QString& place, Outcome& outcome) const;
    void applyObject(const QJsonObject& object, const QString& pointer, const QString& place,
                     Outcome& outcome) const;
    void applyComposition(const QJsonValue& value, const QString& pointer, const QString& place,
                          Outcome& outcome) const;
    void gather(const QString& schema, QSet<QString>& all, QSet<QString>& visited) const;

    const Description& m_description;
    QSet<QString> m_seen;
};

} // namespace punctual::test
