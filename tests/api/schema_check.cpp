// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema_check.h"

#include "schema_values.h"

#include <QJsonArray>

namespace punctual::test
{

namespace
{

const QString propertiesKey = QStringLiteral("properties");
const QString additionalKey = QStringLiteral("additionalProperties");
const QStringList compositions{QStringLiteral("allOf"), QStringLiteral("anyOf"), QStringLiteral("oneOf")};

QString part(const QString& pointer, const QString& keyword, qsizetype index)
{
    return QStringLiteral("%1/%2/%3").arg(pointer, keyword).arg(index);
}

} // namespace

void SchemaCheck::Outcome::take(const Outcome& other)
{
    wrong += other.wrong;
    seen += other.seen;
    members += other.members;
    isOpen = isOpen && other.isOpen;
}

QStringList SchemaCheck::check(const QJsonValue& value, const QString& schema)
{
    const Outcome outcome = visit(value, schema, QString());
    m_seen += outcome.seen;
    return outcome.wrong;
}

/// A value with all schemas that speak of it.
SchemaCheck::Outcome SchemaCheck::visit(const QJsonValue& value, const QString& schema,
                                        const QString& place) const
{
    Outcome outcome;
    apply(value, schema, place, outcome);
    if (value.isObject() && !outcome.isOpen) {
        const auto names = value.toObject().keys();
        for (const auto& name : names)
            if (!outcome.members.contains(name))
                outcome.wrong.append(place + u'/' + name + QStringLiteral(" is not described"));
    }
    return outcome;
}

void SchemaCheck::apply(const QJsonValue& value, const QString& pointer, const QString& place,
                        Outcome& outcome) const
{
    const auto schema = m_description.at(pointer).toObject();
    if (const auto reference = schema[QStringLiteral("$ref")]; reference.isString())
        apply(value, reference.toString().sliced(1), place, outcome);
    const auto problems = problemsOf(value, schema);
    for (const auto& problem : problems)
        outcome.wrong.append(QStringLiteral("%1 %2 (%3)").arg(place, problem, pointer));
    const auto words = schema[QStringLiteral("enum")].toArray();
    for (qsizetype i = 0; i < words.size(); ++i)
        if (words[i] == value)
            outcome.seen.insert(part(pointer, QStringLiteral("enum"), i));
    if (schema.contains(QStringLiteral("const")))
        outcome.seen.insert(pointer + QStringLiteral("/const"));
    applyComposition(value, pointer, place, outcome);
    if (value.isObject())
        applyObject(value.toObject(), pointer, place, outcome);
    const auto items = value.toArray();
    if (schema.contains(QStringLiteral("items")))
        for (qsizetype i = 0; i < items.size(); ++i) {
            const auto item = visit(items[i], pointer + QStringLiteral("/items"),
                                    QStringLiteral("%1/%2").arg(place).arg(i));
            outcome.wrong += item.wrong;
            outcome.seen += item.seen;
        }
}

void SchemaCheck::applyObject(const QJsonObject& object, const QString& pointer, const QString& place,
                              Outcome& outcome) const
{
    const auto schema = m_description.at(pointer).toObject();
    const auto properties = schema[propertiesKey].toObject();
    const auto additional = schema[additionalKey];
    const auto required = schema[QStringLiteral("required")].toArray();
    for (const auto& name : required)
        if (!object.contains(name.toString()))
            outcome.wrong.append(QStringLiteral("%1/%2 is missing").arg(place, name.toString()));
    if (!properties.isEmpty() || additional.isBool())
        outcome.isOpen = false;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString at = place + u'/' + member.key();
        const bool isNamed = properties.contains(member.key());
        if (!isNamed && !additional.isObject()) {
            if (additional.isBool() && !additional.toBool())
                outcome.wrong.append(at + QStringLiteral(" is not allowed (%1)").arg(pointer));
            continue;
        }
        outcome.members.insert(member.key());
        const QString which =
            isNamed ? pointer + QStringLiteral("/properties/") + Description::escaped(member.key())
                    : pointer + u'/' + additionalKey;
        const auto inner = visit(*member, which, at);
        outcome.wrong += inner.wrong;
        outcome.seen += inner.seen;
        if (isNamed && !member->isNull())
            outcome.seen.insert(which);
    }
}

void SchemaCheck::applyComposition(const QJsonValue& value, const QString& pointer, const QString& place,
                                   Outcome& outcome) const
{
    for (const auto& keyword : compositions) {
        const auto count = m_description.at(pointer + u'/' + keyword).toArray().size();
        std::vector<Outcome> fitting;
        QStringList wrong;
        for (qsizetype i = 0; i < count; ++i) {
            Outcome one;
            apply(value, part(pointer, keyword, i), place, one);
            wrong += one.wrong;
            if (one.wrong.isEmpty() || keyword == u"allOf")
                fitting.push_back(one);
        }
        const bool isWrong = keyword == u"oneOf" ? fitting.size() != 1 : fitting.empty();
        if (count > 0 && isWrong)
            outcome.wrong.append(QStringLiteral("%1 fits %2 of %3 alternatives (%4): %5")
                                     .arg(place)
                                     .arg(fitting.size())
                                     .arg(count)
                                     .arg(pointer, wrong.join(QStringLiteral("; "))));
        for (const auto& one : fitting)
            outcome.take(one);
    }
}

QSet<QString> SchemaCheck::everythingIn(const QString& schema) const
{
    QSet<QString> all;
    QSet<QString> visited;
    gather(schema, all, visited);
    return all;
}

void SchemaCheck::gather(const QString& pointer, QSet<QString>& all, QSet<QString>& visited) const
{
    if (visited.contains(pointer))
        return;
    visited.insert(pointer);
    const auto schema = m_description.at(pointer).toObject();
    if (const auto reference = schema[QStringLiteral("$ref")]; reference.isString())
        gather(reference.toString().sliced(1), all, visited);
    const auto words = schema[QStringLiteral("enum")].toArray();
    for (qsizetype i = 0; i < words.size(); ++i)
        all.insert(part(pointer, QStringLiteral("enum"), i));
    if (schema.contains(QStringLiteral("const")))
        all.insert(pointer + QStringLiteral("/const"));
    for (const auto& keyword : compositions)
        for (qsizetype i = 0; i < schema[keyword].toArray().size(); ++i)
            gather(part(pointer, keyword, i), all, visited);
    const auto properties = schema[propertiesKey].toObject();
    for (const auto& name : properties.keys()) {
        const QString which = pointer + QStringLiteral("/properties/") + Description::escaped(name);
        if (properties[name][QStringLiteral("type")] != QStringLiteral("null")) // which has no other value
            all.insert(which);
        gather(which, all, visited);
    }
    if (schema[additionalKey].isObject())
        gather(pointer + u'/' + additionalKey, all, visited);
    if (schema.contains(QStringLiteral("items")))
        gather(pointer + QStringLiteral("/items"), all, visited);
}

} // namespace punctual::test
