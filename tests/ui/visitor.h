// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody with a login of his own in the database of a fixture.
#pragma once

#include "fixture.h"

#include <QUuid>

namespace punctual::test
{

struct Visitor
{
    Visitor(Fixture& host, const QString& grant)
        : login(QStringLiteral("visitor_") + QUuid::createUuid().toString(QUuid::Id128).left(8))
        , fixture(host)
        , client(made(), 2)
    {
        if (!grant.isEmpty())
            fixture.database.exec(grant.arg(login));
    }
    ~Visitor() { fixture.database.exec(QStringLiteral("DROP ROLE %1").arg(login)); }
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;

    [[nodiscard]] DatabaseAddress made()
    {
        fixture.database.exec(QStringLiteral("CREATE ROLE %1 LOGIN").arg(login));
        return {fixture.database.address().conninfo + QStringLiteral(" user=") + login};
    }

    QString login;
    Fixture& fixture;
    client::Client client;
    ui::Rights rights{client};
    ui::Workspace workspace{client,
                            fixture.clock,
                            fixture.dialogs,
                            {QStringLiteral("somebody"), QStringLiteral("window")},
                            fixture.workspace.zone,
                            rights};
};

} // namespace punctual::test
