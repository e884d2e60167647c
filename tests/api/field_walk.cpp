// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_walk.h"

#include "schema_check.h"
#include "schema_values.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <functional>

namespace punctual::test
{

namespace
{

const QString objectsOfOthers = QStringLiteral("additionalProperties");

/// Makes a whole body of the value of one part of it.
using Around = std::function<QJsonValue(const QJsonValue&)>;

class FieldWalk
{
public:
    explicit FieldWalk(const Description& description)
        : m_description(description)
    {
    }

    /// All schemas that speak of the value, behind references and in compositions.
    void visit(const QString& pointer, const QString& place, const Around& around)
    {
        const auto schema = m_description.at(pointer).toObject();
        if (const auto reference = schema[QStringLiteral("$ref")]; reference.isString())
            visit(reference.toString().sliced(1), place, around);
        for (const auto* keyword : {"allOf", "anyOf", "oneOf"})
            for (qsizetype i = 0; i < schema[QLatin1StringView(keyword)].toArray().size(); ++i)
                visit(QStringLiteral("%1/%2/%3").arg(pointer, QLatin1StringView(keyword)).arg(i), place,
                      around);
        if (schema[QStringLiteral("items")][QStringLiteral("$ref")].isString())
            visit(pointer + QStringLiteral("/items"), place + QStringLiteral("/0"),
                  [around](const QJsonValue& item) { return around(QJsonArray{item}); });
        const auto properties = schema[QStringLiteral("properties")].toObject();
        if (!properties.isEmpty())
            visitObject(pointer, properties, place, around);
    }

    std::vector<FieldCase> cases;

private:
    void add(const QString& pointer, const QJsonValue& body, FieldCase::Expected expected)
    {
        cases.push_back({pointer, QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact), expected});
    }

    void visitObject(const QString& pointer, const QJsonObject& properties, const QString& place,
                     const Around& around)
    {
        QJsonObject constants; // that tell alternatives apart
        for (auto property = properties.begin(); property != properties.end(); ++property)
            if (const auto value = property.value()[QStringLiteral("const")]; !value.isUndefined())
                constants.insert(property.key(), value);
        const auto with = [around, constants](const QString& name, const QJsonValue& value) {
            QJsonObject object = constants;
            object.insert(name, value);
            return around(object);
        };
        if (m_description.at(pointer + u'/' + objectsOfOthers) == false)
            add(place + QStringLiteral("/colour"), with(QStringLiteral("colour"), QStringLiteral("red")),
                FieldCase::Unknown);
        for (const auto& name : properties.keys()) {
            if (constants.contains(name))
                continue;
            const QString which = pointer + QStringLiteral("/properties/") + name;
            visitField(which, place + u'/' + name,
                       [with, name](const QJsonValue& value) { return with(name, value); });
        }
    }

    void visitField(const QString& pointer, const QString& place, const Around& around)
    {
        const auto schema = m_description.objectAt(pointer);
        if (schema[QStringLiteral("readOnly")].toBool()) { // it may come back, and is not looked at
            add(place, around(QJsonValue()), FieldCase::Read);
            return;
        }
        add(place, around(7), FieldCase::Read);
        // Whether a name is one is not looked at: none that is not has anything.
        const bool isName = m_description.resolved(pointer).endsWith(QStringLiteral("/Name"));
        for (const auto& candidate : candidatesFor(schema))
            if (!(isName && candidate.isString()) &&
                !SchemaCheck(m_description).check(candidate, pointer).isEmpty())
                add(place, around(candidate), FieldCase::Refused);
        visit(pointer, place, around);
    }

    const Description& m_description;
};

} // namespace

std::vector<FieldCase> fieldCases(const Description& description, const QString& schema)
{
    FieldWalk walk(description);
    walk.visit(schema, QString(), [](const QJsonValue& value) { return value; });
    return walk.cases;
}

QStringList wrongTexts(const Description& description, const QString& schema)
{
    QStringList texts;
    const auto resolved = description.objectAt(schema);
    const bool isNumber = resolved[QStringLiteral("type")] == QStringLiteral("integer");
    QString pointer = description.resolved(schema);
    if (resolved[QStringLiteral("type")] == QStringLiteral("array"))
        pointer = description.resolved(pointer + QStringLiteral("/items"));
    for (const auto& candidate : candidatesFor(description.at(pointer).toObject())) {
        const QString text = candidate.isString()   ? candidate.toString()
                             : candidate.isDouble() ? QString::number(candidate.toDouble(), 'g', 15)
                                                    : QStringLiteral("yesterday");
        const bool isWrong =
            !SchemaCheck(description)
                 .check(isNumber && candidate.isDouble() ? candidate : QJsonValue(text), pointer)
                 .isEmpty();
        const bool isName = pointer.endsWith(QStringLiteral("/Name")); // one that is none is of nothing
        if (isWrong && !isName && !text.contains(u' '))
            texts.append(text);
    }
    texts.removeDuplicates();
    return texts;
}

} // namespace punctual::test
