// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/unix_signals.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/self_test.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SelfTestCommand)
};

constexpr int mostMessages = 1'000'000;
constexpr int highestRate = 50'000;
constexpr int mostSeconds = 600;

ExitCode selfTest(const Context& context, const SelfTestPlan& plan)
{
    const app::UnixSignals signalsOfSystem; // before the database, which is dropped after a signal too
    const auto scratch = context.installation.openScratch();
    if (!scratch)
        return failed(scratch.error());
    SelfTest test(scratch->address(), plan);
    QObject::connect(&signalsOfSystem, &app::UnixSignals::stopRequested, &test, &SelfTest::interrupt);
    const auto report = test.run();
    if (!report)
        return failed(report.error());
    if (context.json)
        print(toJson(*report));
    else
        print(toText(*report));
    return report->faults.none() ? ExitCode::Done : ExitCode::Unpunctual;
}

} // namespace

void addSelfTestCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand(
        "selftest", Words::tr("Measure how exact and how fast this installation is, in a database of its own "
                              "that is dropped at the end"));
    const auto plan = std::make_shared<SelfTestPlan>();
    const auto add = [&](const char* flag, int& value, const QString& description, int most) {
        command.number(flag, value, 1, most, description).type("NUMBER").showDefault();
    };
    add("--messages", plan->messages, Words::tr("Messages that are due already, for the rates"),
        mostMessages);
    add("--rate", plan->rate, Words::tr("Messages a second, for the lateness"), highestRate);
    add("--seconds", plan->seconds, Words::tr("How long, for the lateness"), mostSeconds);
    command.whenGiven(
        [&chosen, plan] { chosen = [plan](const Context& context) { return selfTest(context, *plan); }; });
}

} // namespace punctual::ctl
