// SPDX-License-Identifier: GPL-3.0-or-later
#include "description.h"

#include <QFile>
#include <QJsonArray>
#include <QStringList>

#include <yaml-cpp/yaml.h>

namespace punctual::test
{

namespace
{

/// By the core schema of YAML 1.2; whatever is in quotes is a text.
QJsonValue scalar(const YAML::Node& node)
{
    const QString text = QString::fromStdString(node.Scalar());
    if (node.Tag() == "!")
        return text;
    if (text == u"true" || text == u"false")
        return text == u"true";
    bool isNumber = false;
    if (const qint64 whole = text.toLongLong(&isNumber); isNumber)
        return whole;
    const double number = text.toDouble(&isNumber);
    return isNumber ? QJsonValue(number) : QJsonValue(text);
}

QJsonValue toJson(const YAML::Node& node)
{
    if (node.IsMap()) {
        QJsonObject object;
        for (const auto& item : node)
            object.insert(QString::fromStdString(item.first.Scalar()), toJson(item.second));
        return object;
    }
    if (node.IsSequence()) {
        QJsonArray array;
        for (const auto& item : node)
            array.append(toJson(item));
        return array;
    }
    return node.IsNull() ? QJsonValue() : scalar(node);
}

QJsonObject readFile()
{
    QFile file(QStringLiteral(":/punctual/openapi.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("openapi.yaml is not compiled in");
    return toJson(YAML::Load(file.readAll().toStdString())).toObject();
}

bool fits(const QString& pattern, const QString& path)
{
    const auto parts = pattern.split(u'/');
    const auto given = path.split(u'/');
    if (parts.size() != given.size())
        return false;
    for (qsizetype i = 0; i < parts.size(); ++i)
        if (parts[i].startsWith(u'{') ? given[i].isEmpty() : parts[i] != given[i])
            return false;
    return true;
}

} // namespace

QString Description::escaped(QString name)
{
    return name.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

Description::Description()
    : m_root(readFile())
{
    const auto paths = m_root[QStringLiteral("paths")].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const auto members = path->toObject().keys();
        for (const auto& member : members)
            if (member != u"parameters")
                m_operations.push_back({member.toUpper().toLatin1(), path.key(),
                                        QStringLiteral("/paths/%1/%2").arg(escaped(path.key()), member)});
    }
}

const Description::Operation* Description::find(const QByteArray& method, const QString& path) const
{
    const QByteArray wanted = method == "HEAD" ? QByteArrayLiteral("GET") : method;
    const Operation* found = nullptr;
    for (const auto& operation : m_operations) // a fixed path goes before one with a parameter
        if (operation.method == wanted && fits(operation.path, path) &&
            (!found || found->path.contains(u'{')))
            found = &operation;
    return found;
}

QByteArrayList Description::methodsOf(const QString& path) const
{
    QByteArrayList methods;
    for (const auto& operation : m_operations)
        if (fits(operation.path, path))
            methods.append(operation.method);
    return methods;
}

QJsonValue Description::at(const QString& pointer) const
{
    QJsonValue value = m_root;
    const auto parts = pointer.split(u'/').mid(1);
    for (QString part : parts) {
        part.replace(QStringLiteral("~1"), QStringLiteral("/"))
            .replace(QStringLiteral("~0"), QStringLiteral("~"));
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    }
    return value;
}

QString Description::resolved(const QString& pointer) const
{
    const auto reference = at(pointer).toObject().value(QStringLiteral("$ref"));
    return reference.isString() ? resolved(reference.toString().sliced(1)) : pointer;
}

QStringList Description::parameters(const Operation& operation, const QString& place) const
{
    QStringList found;
    const QString ofPath = operation.pointer.section(u'/', 0, -2);
    for (const auto& owner : {operation.pointer, ofPath}) {
        const auto count = at(owner + QStringLiteral("/parameters")).toArray().size();
        for (qsizetype i = 0; i < count; ++i) {
            const QString pointer = resolved(QStringLiteral("%1/parameters/%2").arg(owner).arg(i));
            if (at(pointer + QStringLiteral("/in")) == place)
                found.append(pointer);
        }
    }
    return found;
}

QString Description::requestSchema(const Operation& operation) const
{
    const QString schema = operation.at(QStringLiteral("/requestBody/content/application~1json/schema"));
    return at(schema).isUndefined() ? QString() : resolved(schema);
}

} // namespace punctual::test
