// SPDX-License-Identifier: GPL-3.0-or-later
// `destination test`: sends a message now and tells what came of it.
#include "app/ctl/await.h"
#include "app/ctl/body_option.h"
#include "app/ctl/destination_commands.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
#include "app/ctl/output.h"
#include "core/destination_test.h"
#include "core/message_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DestinationTestCommand)
};

struct Options
{
    std::shared_ptr<QJsonObject> fields;
    Body body;
};

DestinationTestRequest readRequest(const Options& options)
{
    insertBody(*options.fields, options.body);
    std::vector<FieldError> errors;
    auto request = readDestinationTest(*options.fields, {}, MessageLimits{}, errors);
    refuseIfWrong(errors, Words::tr("The test is not valid."));
    return request;
}

QString milliseconds(Duration span)
{
    return QString::number(static_cast<double>(span.count()) / 1000, 'f', 1);
}

QString wordsFor(const DestinationTest& test)
{
    if (!test.attempt)
        return (test.state == MessageState::Delivering
                    ? Words::tr("It has left and no answer has come yet: message %1.")
                    : Words::tr("It did not leave and will not: message %1 is taken back."))
                   .arg(toText(test.message)) +
               (test.why ? u'\n' + QString(toText(test.why->code)) + QStringLiteral(": ") +
                               test.why->words(QCoreApplication::translate("Why", test.why->text)).trimmed()
                         : QString());
    const auto& attempt = *test.attempt;
    QString words = attempt.outcome == Outcome::Delivered ? Words::tr("It works.") : Words::tr("It failed.");
    if (attempt.status != 0)
        words += u' ' + Words::tr("Status %1.").arg(attempt.status);
    if (!attempt.error.isEmpty())
        words += u' ' + attempt.error;
    words += u'\n' + Words::tr("It took %1 ms and left %2 ms after it was due: message %3.")
                         .arg(milliseconds(attempt.finishedAt - attempt.startedAt),
                              milliseconds(attempt.lateness), toText(test.message));
    if (!attempt.response.isEmpty())
        words += u'\n' + QString::fromUtf8(attempt.response);
    return words;
}

ExitCode test(const Context& context, const QString& name, const DestinationTestRequest& request)
{
    Actor actor = context.actor;
    actor.reason = request.reason;
    const auto result =
        await<DestinationTest>([&](QObject* receiver, client::Answer<DestinationTest> answer) {
            context.client.testDestination(actor, name, request.content, receiver, std::move(answer));
        });
    if (!result)
        return failed(result.error());
    if (context.json)
        print(toJson(*result));
    else
        print(wordsFor(*result));
    return result->attempt && result->attempt->outcome == Outcome::Delivered ? ExitCode::Done
                                                                             : ExitCode::NotPossible;
}

} // namespace

void addDestinationTest(CommandParser& parent, Command& chosen)
{
    const auto name = std::make_shared<QString>();
    auto command =
        addNamed(parent, "test", Words::tr("Send a test message now and tell what came of it"), name);
    FieldOptions fields(command);
    const auto options = std::make_shared<Options>();
    options->fields = fields.fields();
    addBody(command, options->body, Words::tr("What to send"),
            Words::tr("Send what is in this file; - is standard input"));
    fields.text("--content-type", QStringLiteral("content_type"),
                Words::tr("Found out from the body by default"));
    fields.headers("--header", QStringLiteral("headers"), Words::tr("Header to add; may be repeated"));
    fields.text("--reason", QStringLiteral("reason"), Words::tr("Why, for the audit"));
    command.whenGiven([&chosen, name, options] {
        chosen = [name, request = readRequest(*options)](const Context& context) {
            return test(context, *name, request);
        };
    });
}

} // namespace punctual::ctl
