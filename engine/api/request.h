// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller sent, as a value.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <vector>

namespace punctual::api
{

struct QueryItem
{
    QString name;
    QString value;
};

struct Request
{
    QString address;   // of the caller's machine; empty: this one, by a socket without addresses
    QByteArray method; // as sent
    QString path;      // percent-decoded, without the query
    std::vector<QueryItem> query;
    QHash<QByteArray, QByteArray> headers; // names in lower case; of a repeated one the first counts
    QByteArray body;
};

} // namespace punctual::api
