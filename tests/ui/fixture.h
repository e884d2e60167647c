// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace over a database of its own, for tests that click.
#pragma once

#include "scripted_dialogs.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/test_database.h"
#include "ui/common/database_clock.h"
#include "ui/common/rights.h"
#include "ui/common/workspace.h"

#include <QAction>
#include <QTest>

namespace punctual::test
{

struct Fixture
{
    explicit Fixture(const QByteArray& zone = QByteArrayLiteral("Europe/Berlin"))
        : workspace{client, clock, dialogs, someActor(), QTimeZone(zone), rights}
    {
    }

    void addDestination(const QString& name)
    {
        const auto put = await<client::PutDestination>([&](QObject* context, auto answer) {
            client.put(workspace.actor, destinationAt(QStringLiteral("http://127.0.0.1:9/"), name), context,
                       answer);
        });
        QVERIFY2(put, put ? "" : qPrintable(put.error().detail));
    }

    /// Gives the id.
    MessageId schedule(NewMessage message)
    {
        const auto scheduled = await<client::Scheduled>([&](QObject* context, auto answer) {
            client.schedule(workspace.actor, {message}, std::nullopt, context, answer);
        });
        if (!scheduled)
            qFatal("%s", qPrintable(scheduled.error().detail));
        return scheduled->items.front().id;
    }

    [[nodiscard]] Result<Message> find(const MessageId& id)
    {
        return await<Message>(
            [&](QObject* context, auto answer) { client.find(workspace.actor, id, context, answer); });
    }

    TestDatabase database;
    client::Client client{database.address(), 2};
    ui::DatabaseClock clock;
    ScriptedDialogs dialogs;
    ui::Rights rights{client}; // everything, until they are asked for
    ui::Workspace workspace;
};

/// As a person does: not before it can be.
inline void triggerWhenEnabled(QAction& action)
{
    QTRY_VERIFY_WITH_TIMEOUT(action.isEnabled(), 30'000);
    action.trigger();
}

/// The child that assistive technology knows by this name.
template <class Widget>
Widget* named(const QWidget& parent, const QString& name)
{
    const auto children = parent.findChildren<Widget*>();
    for (auto* child : children)
        if (child->accessibleName() == name)
            return child;
    return nullptr;
}

/// The button that says this, mnemonics aside.
template <class Button>
Button* button(const QWidget& parent, const QString& text)
{
    const auto children = parent.findChildren<Button*>();
    for (auto* child : children)
        if (child->text().remove(u'&') == text)
            return child;
    return nullptr;
}

} // namespace punctual::test
