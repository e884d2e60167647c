// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/rights.h"

namespace punctual::ui
{

namespace
{

QString refusal(Right right)
{
    switch (right) {
    case Right::Schedule:
        return Rights::tr("Your role, %1, may not schedule messages: ask for the role %2.");
    case Right::Cancel:
        return Rights::tr("Your role, %1, may not cancel messages: ask for the role %2.");
    case Right::Restore:
        return Rights::tr("Your role, %1, may not restore messages: ask for the role %2.");
    case Right::Reschedule:
        return Rights::tr("Your role, %1, may not reschedule messages: ask for the role %2.");
    case Right::Edit:
        return Rights::tr("Your role, %1, may not edit messages: ask for the role %2.");
    case Right::Replay:
        return Rights::tr("Your role, %1, may not send messages again: ask for the role %2.");
    case Right::Resolve:
        return Rights::tr("Your role, %1, may not resolve messages: ask for the role %2.");
    case Right::RunOperations:
        return Rights::tr("Your role, %1, may not run bulk operations: ask for the role %2.");
    case Right::ChangeDestinations:
        return Rights::tr("Your role, %1, may not change destinations: ask for the role %2.");
    case Right::PauseDestinations:
        return Rights::tr("Your role, %1, may not pause or resume destinations: ask for the role %2.");
    }
    Q_UNREACHABLE();
}

bool areSame(const Access& one, const Access& other)
{
    return one.login == other.login && one.role == other.role && one.isReadOnly == other.isReadOnly &&
           one.isStandby == other.isStandby;
}

} // namespace

Rights::Rights(client::Client& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
}

/// As the login itself: what the window does, it does with these rights.
void Rights::refresh()
{
    if (m_underWay)
        return;
    m_underWay = true;
    m_client.access({QStringLiteral("window"), QStringLiteral("window")}, this,
                    [this](const Result<Access>& answer) { take(answer); });
}

void Rights::take(const Result<Access>& answer)
{
    m_underWay = false;
    if (!answer || (m_access && areSame(*m_access, *answer)))
        return;
    m_access = *answer;
    Q_EMIT changed();
}

QString Rights::whyNot(Right right) const
{
    if (!m_access)
        return {};
    if (const QString whole = notice(); !whole.isEmpty())
        return whole;
    if (*m_access->role >= roleFor(right))
        return {};
    return refusal(right).arg(toText(*m_access->role), toText(roleFor(right)));
}

QString Rights::notice() const
{
    if (!m_access)
        return {};
    if (!m_access->role)
        return tr("The login %1 has no role of Punctual: ask for the role %2.")
            .arg(m_access->login, toText(Role::Viewer));
    if (m_access->isStandby)
        return tr(
            "Read-only: this database is a standby, a copy that follows another server. Connect to that "
            "one to change anything.");
    if (m_access->isReadOnly)
        return tr("Read-only: this database takes no changes from here. Everything can be looked at.");
    return {};
}

} // namespace punctual::ui
