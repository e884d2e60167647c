// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/forecast.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ForecastCommand)
};

using Forecasts = std::vector<Forecast>;

struct Options
{
    std::optional<QString> destination;
    int hours = 24;
};

QJsonObject asJson(const Forecasts& forecasts)
{
    QJsonArray items;
    for (const auto& forecast : forecasts)
        items.append(toJson(forecast));
    return {{QStringLiteral("items"), items}};
}

/// Hours in which nothing is due and nothing waits are left out.
void printForPeople(const Forecasts& forecasts)
{
    std::vector<QStringList> rows{{Words::tr("DESTINATION"), Words::tr("HOUR"), Words::tr("DUE"),
                                   Words::tr("ALLOWED"), Words::tr("LEFT OVER"), Words::tr("DELAY")}};
    for (const auto& forecast : forecasts)
        for (const auto& hour : forecast.hours)
            if (hour.due > 0 || hour.waiting > 0)
                rows.push_back({forecast.destination, toLocalText(hour.hour), QString::number(hour.due),
                                hour.allowed ? QString::number(*hour.allowed) : Words::tr("all"),
                                QString::number(hour.waiting),
                                toText(std::chrono::floor<std::chrono::seconds>(hour.delay))});
    print(rows.size() > 1 ? aligned(rows) : Words::tr("Nothing is due in these hours."));
    for (const auto& forecast : forecasts)
        if (forecast.quotaRunsOutAt)
            print(Words::tr("The quota of %1 runs out at %2.")
                      .arg(forecast.destination, toLocalText(*forecast.quotaRunsOutAt)));
}

ExitCode showForecast(const Context& context, const Options& options)
{
    const auto forecasts = await<Forecasts>([&](QObject* receiver, client::Answer<Forecasts> answer) {
        context.client.forecasts(context.actor, options.destination, options.hours, receiver,
                                 std::move(answer));
    });
    if (!forecasts)
        return failed(forecasts.error());
    if (context.json)
        print(asJson(*forecasts));
    else
        printForPeople(*forecasts);
    return ExitCode::Done;
}

} // namespace

void addForecastCommand(CommandParser& app, Command& chosen)
{
    auto command =
        app.addCommand("forecast", Words::tr("Compare what is scheduled with what is allowed, hour by hour"));
    const auto options = std::make_shared<Options>();
    command.text("--destination", options->destination, Words::tr("Only of this destination"), "NAME");
    command.number("--hours", options->hours, 1, longestForecast.count(),
                   Words::tr("How far to look ahead (24)"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return showForecast(context, *options); };
    });
}

} // namespace punctual::ctl
