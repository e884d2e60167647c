// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics_text.h"

#include <algorithm>
#include <iterator>

namespace punctual::api
{

namespace
{

using Labels = std::vector<std::pair<const char*, QString>>;

double seconds(Duration duration)
{
    return static_cast<double>(duration.count()) / 1e6;
}

/// Writes the families one after the other; all samples of a family stand together.
class Text
{
public:
    void family(const char* name, const char* type, const char* help)
    {
        m_name = name;
        m_text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }

    template <class Number>
    void sample(const Labels& labels, Number value, const char* suffix = "")
    {
        m_text += m_name + suffix;
        char before = '{';
        for (const auto& [name, text] : labels) {
            m_text += before + QByteArray(name) + "=\"" + escaped(text) + '"';
            before = ',';
        }
        m_text += before == ',' ? "} " : " ";
        if constexpr (std::is_floating_point_v<Number>)
            m_text += QByteArray::number(value, 'g', 12) + '\n';
        else
            m_text += QByteArray::number(qint64(value)) + '\n';
    }

    /// A family with one sample.
    template <class Number>
    void single(const char* name, const char* type, const char* help, Number value)
    {
        family(name, type, help);
        sample({}, value);
    }

    [[nodiscard]] const QByteArray& text() const { return m_text; }

private:
    static QByteArray escaped(QString text)
    {
        return text.replace(u'\\', QStringLiteral("\\\\"))
            .replace(u'"', QStringLiteral("\\\""))
            .replace(u'\n', QStringLiteral("\\n"))
            .toUtf8();
    }

    QByteArray m_name;
    QByteArray m_text;
};

Labels of(const DestinationMetrics& destination)
{
    return {{"destination", destination.name}};
}

Labels of(const DestinationMetrics& destination, QLatin1StringView state)
{
    return {{"destination", destination.name}, {"state", state}};
}

/// Those beyond the limit as one, which has no rules.
std::vector<DestinationMetrics> bounded(std::vector<DestinationMetrics> destinations)
{
    if (destinations.size() <= mostDestinationLabels)
        return destinations;
    DestinationMetrics others;
    others.name = QStringLiteral("(other)"); // no destination may be called so
    for (std::size_t i = mostDestinationLabels; i < destinations.size(); ++i) {
        for (const auto& [state, count] : destinations[i].messages)
            others.messages[state] += count;
        for (const auto& [state, count] : destinations[i].attempts)
            others.attempts[state] += count;
        others.lateness += destinations[i].lateness;
        for (std::size_t part = 0; part < others.latenessParts.size(); ++part)
            others.latenessParts[part] += destinations[i].latenessParts[part];
        others.histogram.add(destinations[i].histogram.counts());
    }
    destinations.resize(mostDestinationLabels);
    destinations.push_back(std::move(others));
    return destinations;
}

void writeMessages(Text& text, const std::vector<DestinationMetrics>& destinations)
{
    text.family("punctual_messages_scheduled_total", "counter", "Messages that were ever scheduled.");
    for (const auto& destination : destinations) {
        qint64 sum = 0;
        for (const auto& [state, count] : destination.messages)
            sum += count;
        text.sample(of(destination), sum);
    }
    text.family(
        "punctual_messages", "gauge",
        "Messages by state; of the final states all there ever were. The backlog is those of the others.");
    for (const auto& destination : destinations)
        for (const auto state : allMessageStates) {
            const auto count = destination.messages.find(state);
            text.sample(of(destination, toText(state)),
                        count == destination.messages.end() ? qint64{0} : count->second);
        }
}

void writeAttempts(Text& text, const std::vector<DestinationMetrics>& destinations)
{
    text.family("punctual_attempts_total", "counter",
                "Attempts by the state that they brought their message into.");
    for (const auto& destination : destinations)
        for (const auto& [state, count] : destination.attempts)
            text.sample(of(destination, toText(state)), count);
    text.family("punctual_lateness_seconds", "histogram", "First byte sent minus due time, of attempts.");
    for (const auto& destination : destinations) {
        const auto& counts = destination.histogram.counts();
        qint64 sum = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            sum += counts[i];
            auto labels = of(destination);
            labels.emplace_back("le", i < LatenessHistogram::bounds.size()
                                          ? QString::number(seconds(Duration(LatenessHistogram::bounds[i])))
                                          : QStringLiteral("+Inf"));
            text.sample(labels, sum, "_bucket");
        }
        text.sample(of(destination), seconds(destination.lateness), "_sum");
        text.sample(of(destination), sum, "_count");
    }
    text.family(
        "punctual_lateness_part_seconds_total", "counter",
        "Where lateness came from: the parts of a destination add up to punctual_lateness_seconds_sum.");
    for (const auto& destination : destinations)
        for (const auto part : allLatenessParts) {
            auto labels = of(destination);
            labels.emplace_back("part", toText(part));
            text.sample(labels, seconds(destination.latenessParts[static_cast<std::size_t>(part)]));
        }
}

void writeRules(Text& text, const std::vector<DestinationMetrics>& destinations)
{
    text.family("punctual_quota_used", "gauge", "Calls of the quota's period that runs.");
    for (const auto& destination : destinations)
        if (destination.quotaUsed)
            text.sample(of(destination), *destination.quotaUsed);
    text.family("punctual_quota_limit", "gauge", "Calls that the quota grants a period.");
    for (const auto& destination : destinations)
        if (destination.quotaLimit)
            text.sample(of(destination), *destination.quotaLimit);
    text.family("punctual_breaker_state", "gauge", "1 for the state that the circuit breaker is in.");
    for (const auto& destination : destinations)
        if (destination.breaker)
            for (const auto state : {BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen})
                text.sample(of(destination, toText(state)), int(destination.breaker == state));
    text.family("punctual_destination_paused", "gauge", "1 while somebody has paused it.");
    for (const auto& destination : destinations)
        text.sample(of(destination), int(destination.paused));
    text.family("punctual_destination_held", "gauge", "1 while the third party has asked to be left alone.");
    for (const auto& destination : destinations)
        text.sample(of(destination), int(destination.held));
}

void writeNodes(Text& text, const std::vector<NodeStatus>& nodes)
{
    std::vector<NodeStatus> alive;
    std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(alive),
                 [](const NodeStatus& node) { return node.alive; });
    int served = 0;
    for (const auto& node : alive)
        served += node.shards;
    text.single("punctual_nodes", "gauge", "Nodes whose lease runs.", alive.size());
    text.single("punctual_shards_served", "gauge", "Shards that a live node owns, of 64.", served);
    alive.resize(std::min(alive.size(), mostNodeLabels));
    text.family("punctual_node_shards", "gauge", "Shards that the node owns.");
    for (const auto& node : alive)
        text.sample({{"node", node.name}}, node.shards);
    text.family("punctual_node_clock_offset_seconds", "gauge",
                "How far the clock of the node's machine is ahead of the database's.");
    for (const auto& node : alive)
        if (node.clockOffset)
            text.sample({{"node", node.name}}, seconds(*node.clockOffset));
    text.family("punctual_node_locked_destinations", "gauge",
                "Destinations to which the node sends nothing: it cannot open their credentials, say.");
    for (const auto& node : alive)
        text.sample({{"node", node.name}}, static_cast<qint64>(node.locked.size()));
}

void writeDatabase(Text& text, const DatabaseMetrics& database, Duration answered)
{
    text.single("punctual_database_answer_seconds", "gauge", "How long the database took for these figures.",
                seconds(answered));
    text.single("punctual_database_size_bytes", "gauge", "The database on disk.", database.bytes);
    text.single("punctual_database_connections", "gauge", "Connections to the server.", database.connections);
    text.single("punctual_database_connections_limit", "gauge", "Connections that the server takes.",
                database.mostConnections);
    text.single("punctual_database_oldest_transaction_seconds", "gauge",
                "Age of the oldest transaction that can be seen: a long one slows everything.",
                seconds(database.oldestTransaction));
    text.single("punctual_database_live_rows", "gauge", "Messages that are not over, by estimate.",
                database.liveRows);
    text.single("punctual_database_dead_rows", "gauge", "What vacuum has still to take away of these.",
                database.deadRows);
}

void writeHead(Text& text, bool databaseUp)
{
    text.family("punctual_build_info", "gauge", "The version of this program.");
    text.sample({{"version", QStringLiteral(PUNCTUAL_VERSION)}}, 1);
    text.single("punctual_database_up", "gauge", "1 while the database answers.", int(databaseUp));
}

} // namespace

QByteArray metricsText(const Metrics& metrics, Duration answered)
{
    Text text;
    writeHead(text, true);
    writeDatabase(text, metrics.database, answered);
    writeNodes(text, metrics.nodes);
    const auto destinations = bounded(metrics.destinations);
    writeMessages(text, destinations);
    writeAttempts(text, destinations);
    writeRules(text, destinations);
    return text.text();
}

QByteArray metricsTextWithoutDatabase()
{
    Text text;
    writeHead(text, false);
    return text.text();
}

} // namespace punctual::api
