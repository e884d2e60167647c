// SPDX-License-Identifier: GPL-3.0-or-later
// What the person at this window may do, and why not: the role of the login, and whether the database takes
// changes at all. Pages ask before they offer something, and again after changed(). GUI thread.
#pragma once

#include "client/client.h"
#include "core/right.h"

#include <QObject>

namespace punctual::ui
{

class Rights : public QObject
{
    Q_OBJECT

public:
    /// Until the database has answered for the first time, everything is offered. `client` outlives it.
    explicit Rights(client::Client& client, QObject* parent = nullptr);

    /// Asks the database, unless that question is open. What was known stays if it does not answer.
    void refresh();

    [[nodiscard]] const std::optional<Access>& access() const { return m_access; }
    [[nodiscard]] bool may(Right right) const { return whyNot(right).isEmpty(); }
    /// One sentence; empty if one may.
    [[nodiscard]] QString whyNot(Right right) const;
    /// What holds for the whole window, in one or two sentences: read-only, or a login without any role.
    /// Empty if there is nothing to say.
    [[nodiscard]] QString notice() const;

Q_SIGNALS:
    void changed();

private:
    void take(const Result<Access>& answer);

    client::Client& m_client;
    std::optional<Access> m_access;
    bool m_underWay = false;
};

} // namespace punctual::ui
