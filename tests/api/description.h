// SPDX-License-Identifier: GPL-3.0-or-later
// openapi.yaml as the server hands it out: its operations, and its parts by JSON pointer.
//
// A value that never changes: any thread.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace punctual::test
{

class Description
{
public:
    struct Operation
    {
        QByteArray method; // GET
        QString path;      // /v1/messages/{id}
        QString pointer;   // to the object that describes it

        /// The part of it that a pointer in it names.
        [[nodiscard]] QString at(const QString& part) const { return pointer + part; }
        [[nodiscard]] QString name() const { return QString::fromLatin1(method) + u' ' + path; }
    };

    /// Reads the file that is compiled in.
    Description();

    [[nodiscard]] const std::vector<Operation>& operations() const { return m_operations; }
    /// The one for a call; null if there is none. HEAD is a GET.
    [[nodiscard]] const Operation* find(const QByteArray& method, const QString& path) const;
    /// Methods that a path takes; empty for one that is not described.
    [[nodiscard]] QByteArrayList methodsOf(const QString& path) const;

    /// Undefined if there is nothing.
    [[nodiscard]] QJsonValue at(const QString& pointer) const;
    /// Where it is described in the end: references are followed.
    [[nodiscard]] QString resolved(const QString& pointer) const;
    [[nodiscard]] QJsonObject objectAt(const QString& pointer) const
    {
        return at(resolved(pointer)).toObject();
    }

    /// The parameters of an operation that stand in this place (query, header, path), each by its pointer.
    [[nodiscard]] QStringList parameters(const Operation& operation, const QString& place) const;
    /// The schema of what is sent, empty if the operation takes no body.
    [[nodiscard]] QString requestSchema(const Operation& operation) const;

    /// A name as it stands in a pointer (RFC 6901).
    [[nodiscard]] static QString escaped(QString name);

private:
    QJsonObject m_root;
    std::vector<Operation> m_operations;
};

} // namespace punctual::test
