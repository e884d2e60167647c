// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what changes, for many who follow along: on one connection, and only when it is asked.
//
// Lives in one thread and answers there, in the order of asking. An answer is not called after its context is
// gone.
#pragma once

#include "core/actor.h"
#include "core/change_set.h"
#include "core/database_address.h"
#include "core/result.h"

#include <QObject>

#include <functional>
#include <memory>

namespace punctual::client
{

class ChangeReader : public QObject
{
    Q_OBJECT

public:
    explicit ChangeReader(const DatabaseAddress& address);
    ~ChangeReader() override;

    /// Has changes written down from now on, for a quarter of an hour, and tells where they begin. Call it
    /// every minute for as long as somebody follows.
    void follow(QObject* context, std::function<void(Result<ChangeStart>)> answer);

    /// The next sets behind a place, at most `limit`: fewer are all that there are. If the place is within a
    /// set, that is the first of them, whole.
    void read(const ChangePlace& place, int limit, QObject* context,
              std::function<void(Result<std::vector<ChangeSet>>)> answer);

    /// Begins or ends to listen for what wakes nodes: then there is likely something to read.
    void setListening(bool isListening);

Q_SIGNALS:
    void woken();

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace punctual::client
