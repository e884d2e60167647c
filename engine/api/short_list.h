// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of lists that are short enough to be read as a whole: the same limit, cursor and answer as of the
// long ones.
#pragma once

#include "api/call_reader.h"
#include "api/query_reader.h"

#include <QJsonArray>

#include <algorithm>
#include <vector>

namespace punctual::api
{

struct ShortPage
{
    int limit = usualItems;
    QString after; // the key of the last item of the page before; null: from the beginning
};

/// `isKey` tells whether a text could be the key of an item of this list.
template <class IsKey>
[[nodiscard]] ShortPage readShortPage(QueryReader& query, IsKey isKey)
{
    const QLatin1StringView cursor("cursor");
    ShortPage page{query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems),
                   query.text(cursor).value_or(QString())};
    if (!page.after.isNull() && !isKey(page.after))
        query.wrong(QString(cursor), QStringLiteral("is not a next_cursor of this list"));
    return page;
}

/// `keyOf` gives the text by which the items are ordered; no two have the same.
template <class Item, class Key>
[[nodiscard]] Response renderShortPage(std::vector<Item> items, const ShortPage& page, Key keyOf)
{
    std::sort(items.begin(), items.end(),
              [&](const Item& one, const Item& other) { return keyOf(one) < keyOf(other); });
    auto item = std::find_if(items.begin(), items.end(),
                             [&](const Item& it) { return page.after.isNull() || keyOf(it) > page.after; });
    QJsonArray shown;
    QJsonValue next;
    for (; item != items.end() && shown.size() < page.limit; ++item) {
        shown.append(toJson(*item));
        next = keyOf(*item);
    }
    if (item == items.end())
        next = QJsonValue();
    return Response::json(200, {{QStringLiteral("items"), shown}, {QStringLiteral("next_cursor"), next}});
}

} // namespace punctual::api
