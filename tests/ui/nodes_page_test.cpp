// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"
#include "fixture.h"
#include "runtime/node_host.h"
#include "ui/nodes/health_text.h"
#include "ui/nodes/node_model.h"
#include "ui/nodes/nodes_page.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

class NodesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<NodesPage>(m_fixture->workspace);
        m_page->resize(1100, 700);
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void saysThatNothingIsSentWithoutANode()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(
            health(QStringLiteral("Nodes")).startsWith(QStringLiteral("No node is running")), 30'000);
        QVERIFY(health(QStringLiteral("Notifications"))
                    .endsWith(QStringLiteral(" % of the room for them is taken.")));
    }

    void listsARunningNode()
    {
        const auto* table = test::named<QTableView>(*m_page, QStringLiteral("Nodes"));
        const QAbstractItemModelTester tester(table->model());
        runtime::NodeHost node(m_fixture->database.address(), {QStringLiteral("the node of the test")});
        node.start();
        m_page->show();
        const auto cell = [&](int column) { return table->model()->index(0, column).data().toString(); };
        QTRY_COMPARE_WITH_TIMEOUT(cell(NodeModel::Shards), QStringLiteral("64 of 64"), 30'000);
        QCOMPARE(cell(NodeModel::Name), QStringLiteral("the node of the test"));
        QCOMPARE(cell(NodeModel::State), QStringLiteral("running"));
        QTRY_VERIFY_WITH_TIMEOUT(cell(NodeModel::Offset).endsWith(QStringLiteral("ms")), 30'000);
        QCOMPARE(health(QStringLiteral("Nodes")), QStringLiteral("1 node(s) own all 64 shards."));
        QSignalSpy stopped(&node, &runtime::NodeHost::stopped);
        node.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!stopped.isEmpty(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(cell(NodeModel::State), QStringLiteral("ended"), 30'000);
    }

    void listsWhatWasMissed()
    {
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        m_fixture->database.exec(
            QStringLiteral(
                "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, "
                "started_at, finished_at) VALUES ('%1', 1, gen_random_uuid(), 'delivered', 200, "
                "7200000000, now(), now())")
                .arg(toText(id)));
        m_page->show();
        auto* table = test::named<QTableView>(*m_page, QStringLiteral("Missed messages"));
        const QAbstractItemModelTester tester(table->model());
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 30'000);
        QCOMPARE(table->model()->index(0, MissedModel::Late).data().toString(),
                 QStringLiteral("sent 2 h late"));
        const QSignalSpy requested(m_page.get(), &NodesPage::messageRequested);
        table->selectRow(0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(requested.count(), 1);
    }

    void saysWhatIsWrongAndWhatToDo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("which");
        const auto row = [](const char* sentence, const QString& name, const QString& text, int which) {
            QTest::newRow(sentence) << name << text << which;
        };
        row("a long transaction", QStringLiteral("Oldest transaction"),
            QStringLiteral("Open for 20 min by psql of ada (process 7, idle)"), 0);
        row("dead rows", QStringLiteral("Table of the queue"), QStringLiteral("Too many old versions"), 1);
        row("a wrong clock", QStringLiteral("Clocks"), QStringLiteral("The clock of host is wrong by 3 s"),
            2);
        row("a full queue of notifications", QStringLiteral("Notifications"), QStringLiteral("60 %"), 3);
        row("hardly a connection left", QStringLiteral("Connections"), QStringLiteral("95 of 100 are taken"),
            4);
        row("shards that nobody owns", QStringLiteral("Nodes"), QStringLiteral("12 of 64 shards"), 5);
        row("credentials that a node cannot open", QStringLiteral("Destinations"),
            QStringLiteral("host sends nothing to orders: no key"), 6);
    }

    void saysWhatIsWrongAndWhatToDo()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, text);
        QFETCH(const int, which);
        HealthFigures health;
        health.now = test::at();
        NodeFigures node;
        node.node.name = QStringLiteral("host");
        node.node.shards = 64;
        node.node.alive = true;
        node.node.clockOffset = Duration(1ms);
        health.nodes = {node};
        health.database.mostConnections = 100;
        for (const auto& line : healthLines(health))
            QCOMPARE(line.tone, Tone::Good);
        if (which == 0)
            health.database.oldest = {test::at(-20min), 7, QStringLiteral("psql"), QStringLiteral("ada"),
                                      true};
        if (which == 1)
            health.database.deadRows = 50'000;
        if (which == 2)
            health.nodes.front().node.clockOffset = Duration(-3s);
        if (which == 3)
            health.database.notificationShare = 0.6;
        if (which == 4)
            health.database.connections = 95;
        if (which == 5)
            health.nodes.front().node.shards = 12;
        if (which == 6)
            health.nodes.front().node.locked = {{QStringLiteral("orders"), QStringLiteral("no key")}};
        for (const auto& line : healthLines(health)) {
            QCOMPARE(line.tone != Tone::Good, line.name == name);
            if (line.name == name)
                QVERIFY2(line.text.contains(text), qPrintable(line.text));
        }
    }

private:
    QString health(const QString& name)
    {
        const auto* label = test::named<QLabel>(*m_page, name);
        return label != nullptr ? label->text() : QString();
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<NodesPage> m_page;
};

} // namespace punctual::ui

using punctual::ui::NodesPageTest;
QTEST_MAIN(NodesPageTest)

#include "nodes_page_test.moc"
