// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/operation_text.h"

#include "app/ctl/await.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/operation_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

namespace punctual::ctl
{

namespace
{

using namespace std::chrono_literals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationText)
};

constexpr auto betweenLooks = 300ms;

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Asks again and again until it is over.
Result<Operation> followed(const Context& context, Result<Operation> operation)
{
    while (operation && operation->state == OperationState::Running) {
        QEventLoop pause;
        QTimer::singleShot(betweenLooks, &pause, &QEventLoop::quit);
        pause.exec();
        operation = await<Operation>([&](QObject* receiver, client::Answer<Operation> answer) {
            context.client.operation(context.actor, operation->id, receiver, std::move(answer));
        });
    }
    return operation;
}

} // namespace

QString verdictText(const Operation& operation)
{
    QStringList parts;
    for (auto verdict = operation.verdicts.begin(); verdict != operation.verdicts.end(); ++verdict)
        parts.append(QStringLiteral("%1 %2").arg(verdict.value()).arg(verdict.key()));
    return parts.join(QStringLiteral(", "));
}

QString describe(const Operation& operation)
{
    std::vector<QStringList> facts;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts.push_back({name, value});
    };
    add(Words::tr("Operation"), toText(operation.id));
    add(Words::tr("Action"), toText(operation.action));
    add(Words::tr("State"), toText(operation.state));
    add(Words::tr("Stopped because"), operation.stoppedBecause);
    add(Words::tr("Last error"), operation.lastError);
    add(Words::tr("Done"), Words::tr("%1 of %2").arg(operation.done).arg(operation.total));
    add(Words::tr("Verdicts"), verdictText(operation));
    add(Words::tr("Filter"), operation.filter.isEmpty() ? QString() : compact(operation.filter));
    add(Words::tr("Options"), operation.options.isEmpty() ? QString() : compact(operation.options));
    add(Words::tr("Undoes"), operation.undoOf ? toText(*operation.undoOf) : QString());
    add(Words::tr("Asked for by"), operation.actor);
    add(Words::tr("Reason"), operation.reason);
    add(Words::tr("Created"), toLocalText(operation.createdAt));
    add(Words::tr("Finished"), operation.finishedAt ? toLocalText(*operation.finishedAt) : QString());
    return aligned(facts);
}

void addOperationId(CommandParser& command, QUuid& id)
{
    const auto take = [&id](const QString& text) {
        id = QUuid::fromString(text);
        if (id.isNull())
            refuse("id", Words::tr("%1 is not the id of an operation").arg(text));
    };
    command.take("id", take, QCoreApplication::translate("OperationText", "Id of the operation"), "ID")
        .required();
}

ExitCode report(const Context& context, const Result<Operation>& operation, bool wait)
{
    const auto now = wait ? followed(context, operation) : operation;
    if (!now)
        return failed(now.error());
    if (context.json)
        print(toJson(*now));
    else
        print(describe(*now));
    return !wait || now->state == OperationState::Done ? ExitCode::Done : ExitCode::NotPossible;
}

} // namespace punctual::ctl
