// SPDX-License-Identifier: GPL-3.0-or-later
// The node's copy of the destinations, read again when they change and every few seconds besides.
//
// Lives in the node's thread.
#pragma once

#include "core/destination.h"
#include "store/database_thread.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace punctual::runtime
{

class DestinationBook : public QObject
{
    Q_OBJECT

public:
    using Entry = std::shared_ptr<const Destination>;

    DestinationBook(store::DatabaseThread& thread, store::Loop& home, QObject* parent = nullptr);

    /// Reads them; `changed` comes only if something did.
    void runOnce();

    [[nodiscard]] const QHash<QString, Entry>& entries() const { return m_entries; }

Q_SIGNALS:
    void changed();

private:
    void take(const Result<std::vector<Destination>>& read);

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    QHash<QString, Entry> m_entries;
};

} // namespace punctual::runtime
