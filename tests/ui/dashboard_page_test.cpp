// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "runtime/node_host.h"
#include "statistics.h"
#include "support/receiver.h"
#include "ui/charts/time_chart.h"
#include "ui/common/refresher.h"
#include "ui/common/wording.h"
#include "ui/dashboard/dashboard_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class DashboardPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<DashboardPage>(m_fixture->workspace);
        m_page->resize(1200, 720);
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void showsWhatANodeDelivers()
    {
        test::Receiver receiver;
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, test::destinationAt(receiver.url()), context,
                                  answer);
        });
        QVERIFY(put);
        runtime::NodeHost node(m_fixture->database.address(), {QStringLiteral("test")});
        node.start();
        for (int i = 0; i < 5; ++i)
            m_fixture->schedule(test::messageFor(QStringLiteral("orders")));
        m_page->show();
        QTRY_VERIFY2_WITH_TIMEOUT(
            summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("5 delivered")),
            qPrintable(summary(QStringLiteral("Throughput"))), 60'000);
        QVERIFY(summary(QStringLiteral("Lateness")).contains(QStringLiteral("error budget")));
    }

    void saysWhenNothingWasSent()
    {
        showLoaded();
        QVERIFY(anyLabelSays(QStringLiteral("Nothing was sent in this time.")));
        QVERIFY(anyLabelSays(QStringLiteral("No destination has a quota.")));
        QVERIFY(anyLabelSays(QStringLiteral("Nothing stands still")));
    }

    void readsOutValuesByKeyboardAndOpensTheMessages()
    {
        test::addStatistics(m_fixture->database,
                            {.secondsAgo = 60, .delivered = 40, .retrying = 5, .dead = 3});
        showLoaded();
        auto* chart = test::named<TimeChart>(*m_page, QStringLiteral("Throughput, messages a second"));
        QSignalSpy requested(m_page.get(), &DashboardPage::messagesRequested);
        chart->setFocus();
        QVERIFY(chart->reading().isEmpty());
        QTest::keyClick(chart, Qt::Key_Home);
        QVERIFY(chart->reading().contains(QStringLiteral("Delivered: 0 a second")));
        for (int i = 0; i < 305 && !chart->reading().contains(QStringLiteral("Delivered: 40 a second")); ++i)
            QTest::keyClick(chart, Qt::Key_Right);
        QVERIFY2(chart->reading().contains(QStringLiteral("Dead: 3 a second")), qPrintable(chart->reading()));
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(requested.count(), 1);
        const auto filter = requested.at(0).at(0).value<MessageFilter>();
        QCOMPARE(*filter.attemptedBefore - *filter.attemptedAfter, Duration(1s));
        QTest::keyClick(chart, Qt::Key_Down);
        QVERIFY2(chart->reading().contains(QStringLiteral("▸ Delivered")), qPrintable(chart->reading()));
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(requested.at(1).at(0).value<MessageFilter>().results, std::vector{AttemptResult::Delivered});
        QTest::keyClick(chart, Qt::Key_Up);
        QTest::keyClick(chart, Qt::Key_Up);
        QVERIFY2(chart->reading().contains(QStringLiteral("▸ Dead")), qPrintable(chart->reading()));
        QTest::keyClick(chart, Qt::Key_Down);
        QVERIFY2(!chart->reading().contains(u'▸'), qPrintable(chart->reading()));
        QTest::keyClick(chart, Qt::Key_Escape);
        QVERIFY(chart->reading().isEmpty());
    }

    void opensTheMessagesBehindAClick()
    {
        test::addStatistics(m_fixture->database, {.secondsAgo = 60, .delivered = 40});
        showLoaded();
        auto* chart = test::named<TimeChart>(*m_page, QStringLiteral("Throughput, messages a second"));
        QSignalSpy requested(m_page.get(), &DashboardPage::messagesRequested);
        const Instant moment = m_fixture->clock.now() - 2min;
        const QPoint place(chart->positionOf(moment), chart->viewport()->height() / 3);
        QTest::mouseMove(chart->viewport(), place);
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(requested.count(), 1);
        const auto filter = requested.at(0).at(0).value<MessageFilter>();
        QVERIFY(std::chrono::abs(*filter.attemptedAfter - moment) < 10s);
    }

    void opensWhatTheLineCounts_data()
    {
        using enum MessageState;
        QTest::addColumn<QString>("chart");
        QTest::addColumn<int>("line");
        QTest::addColumn<MessageFilter>("expected");
        const Instant from = test::at();
        const Instant until = from + 1min;
        const auto row = [](const char* name, const char* chart, int line, const MessageFilter& expected) {
            QTest::newRow(name) << QString::fromLatin1(chart) << line << expected;
        };
        const auto attempts = [&](const std::vector<AttemptResult>& results,
                                  const std::vector<MessageState>& states = {}) {
            return MessageFilter{
                .states = states, .attemptedAfter = from, .attemptedBefore = until, .results = results};
        };
        const auto* throughput = "Throughput, messages a second";
        row("what was delivered", throughput, 0, attempts({AttemptResult::Delivered}));
        row("what is to be retried", throughput, 1, attempts(repeatedResults()));
        row("what is dead", throughput, 2, attempts({}, {Dead}));
        row("near no line all of that time", throughput, -1, attempts({}));
        const auto* causes = "Retries by cause, a second";
        row("what failed with a status", causes, 1, attempts({AttemptResult::ServerError}));
        row("what got no answer", causes, 4, attempts({AttemptResult::NoAnswer}));
        row("near no line all that failed", causes, -1, attempts(repeatedResults()));
        row("what left, for its lateness", "Lateness in milliseconds", 1, attempts({}));
        row("what still waits, for the backlog", "Messages due in the next hours", 0,
            {.states = {Scheduled, Retrying}, .dueAfter = from, .dueBefore = until});
    }

    void opensWhatTheLineCounts()
    {
        QFETCH(const QString, chart);
        QFETCH(const int, line);
        QFETCH(const MessageFilter, expected);
        const QSignalSpy requested(m_page.get(), &DashboardPage::messagesRequested);
        Q_EMIT test::named<TimeChart>(*m_page, chart)->chosen(test::at(), test::at() + 1min, line);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.at(0).at(0).value<MessageFilter>() == expected, true);
    }

    void looksBackAsFarAsOneChooses()
    {
        test::addStatistics(m_fixture->database, {.secondsAgo = 1800, .delivered = 7});
        showLoaded();
        QVERIFY(summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("0 delivered")));
        for (int range = 1; range < 6; ++range) {
            test::named<QComboBox>(*m_page, QStringLiteral("Range"))->setCurrentIndex(range);
            QTRY_VERIFY_WITH_TIMEOUT(
                summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("7 delivered")), 30'000);
            test::named<QComboBox>(*m_page, QStringLiteral("Range"))->setCurrentIndex(0);
            QTRY_VERIFY_WITH_TIMEOUT(
                summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("0 delivered")), 30'000);
        }
    }

    void judgesTheLatenessByTheObjective()
    {
        test::addStatistics(m_fixture->database, {.delivered = 90, .step = 4});  // 3 ms
        test::addStatistics(m_fixture->database, {.delivered = 10, .step = 11}); // 200 ms
        showLoaded();
        QTRY_VERIFY_WITH_TIMEOUT(
            summary(QStringLiteral("Lateness"))
                .contains(QStringLiteral("90.00 % within 5 ms, 1,000 % of the error budget")),
            30'000);
        auto* objective = test::named<QComboBox>(*m_page, QStringLiteral("Objective"));
        objective->setCurrentText(QStringLiteral("200 ms"));
        QVERIFY2(summary(QStringLiteral("Lateness")).contains(QStringLiteral("100.00 % within 200 ms, 0 %")),
                 qPrintable(summary(QStringLiteral("Lateness"))));
    }

    void listsWhatStandsStill()
    {
        auto actor = m_fixture->workspace.actor;
        actor.reason = QStringLiteral("their maintenance");
        const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.pause(actor, QStringLiteral("orders"), std::nullopt, context, answer);
        });
        QVERIFY(paused);
        m_fixture->database.exec(QStringLiteral("UPDATE punctual.lanes SET held_until = now() + interval '1 "
                                                "hour', held_because = 'Retry-After'"));
        const auto* table = test::named<QTableView>(*m_page, QStringLiteral("Breakers and pauses"));
        const QAbstractItemModelTester tester(table->model());
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() >= 2, 30'000);
        QStringList texts;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            for (int column = 0; column < table->model()->columnCount(); ++column)
                texts << table->model()->index(row, column).data().toString();
        QVERIFY(texts.contains(QStringLiteral("Paused")));
        QVERIFY(texts.contains(QStringLiteral("when it is resumed")));
        QVERIFY(texts.filter(QStringLiteral("their maintenance")).size() == 1);
        QVERIFY(texts.contains(QStringLiteral("Held by the third party")));
    }

    void followsTheQuotaOneChooses()
    {
        for (const auto& name : {QStringLiteral("a"), QStringLiteral("b")}) {
            auto destination = test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), name);
            destination.quota = Quota{name == u"a" ? 100 : 200, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
            const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
                m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
            });
            QVERIFY(put);
        }
        showLoaded();
        QVERIFY(summary(QStringLiteral("Quota")).startsWith(QStringLiteral("0 of 100 calls")));
        auto* choice = test::named<QComboBox>(*m_page, QStringLiteral("Destination of the quota"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(
            summary(QStringLiteral("Quota")).startsWith(QStringLiteral("0 of 200 calls")), 30'000);
    }

    void standsStillWhilePaused()
    {
        showLoaded();
        auto* pause = test::button<QToolButton>(*m_page, QStringLiteral("Pause"));
        pause->click();
        test::addStatistics(m_fixture->database, {.delivered = 4});
        QSignalSpy painted(m_page->findChild<Refresher*>(), &Refresher::late);
        m_page->refresh();
        QVERIFY(anyLabelSays(QStringLiteral("Paused at")));
        QVERIFY(summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("0 delivered")));
        pause->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("4 delivered")), 30'000);
        QCOMPARE(painted.count(), 0);
    }

    void showsWhatIsChosenWhilePaused()
    {
        test::addStatistics(m_fixture->database, {.secondsAgo = 1800, .delivered = 7});
        showLoaded();
        auto* pause = test::button<QToolButton>(*m_page, QStringLiteral("Pause"));
        pause->click();
        test::named<QComboBox>(*m_page, QStringLiteral("Range"))->setCurrentIndex(1);
        QTRY_VERIFY_WITH_TIMEOUT(
            summary(QStringLiteral("Throughput")).startsWith(QStringLiteral("7 delivered")), 30'000);
        QVERIFY(pause->isChecked());
        QVERIFY(anyLabelSays(QStringLiteral("Paused at")));
    }

    void savesAnImageAndATable()
    {
        test::addStatistics(m_fixture->database, {.delivered = 4});
        showLoaded();
        const QTemporaryDir directory;
        m_fixture->dialogs.file = directory.filePath(QStringLiteral("charts.png"));
        exportAction(0)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("Saved as")), 30'000);
        QCOMPARE(QImage(m_fixture->dialogs.file).isNull(), false);
        m_fixture->dialogs.file = directory.filePath(QStringLiteral("figures.csv"));
        exportAction(1)->trigger();
        QFile file(m_fixture->dialogs.file);
        QTRY_VERIFY_WITH_TIMEOUT(file.exists(), 30'000);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().split('\n');
        QVERIFY(lines.first().startsWith("time,attempts,delivered"));
        QVERIFY(lines.size() > 290);
        m_fixture->dialogs.file = directory.filePath(QStringLiteral("missing/figures.csv"));
        exportAction(1)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("Not saved:")), 30'000);
    }

    void saysThatTheDatabaseIsAway()
    {
        client::Client nowhere({QStringLiteral("host=127.0.0.1 port=9 connect_timeout=2")}, 1);
        Rights rights(nowhere);
        const Workspace workspace{nowhere,           m_fixture->clock, m_fixture->dialogs,
                                  test::someActor(), QTimeZone::utc(), rights};
        m_page = std::make_unique<DashboardPage>(workspace);
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("The database does not answer")), 30'000);
        QVERIFY(test::button<QPushButton>(*m_page, QStringLiteral("Try again"))->isVisible());
        m_page.reset();
    }

    void namesEveryControl()
    {
        const auto controls = m_page->findChildren<QWidget*>();
        for (const auto* control : controls)
            if ((control->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && control->isVisibleTo(m_page.get()))
                QVERIFY2(!control->accessibleName().isEmpty() || qobject_cast<const QPushButton*>(control),
                         control->metaObject()->className());
    }

private:
    void showLoaded()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(!summary(QStringLiteral("Throughput")).isEmpty(), 30'000);
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    QString summary(const QString& panel) { return test::named<QLabel>(*m_page, panel)->text(); }

    QAction* exportAction(int index)
    {
        return test::button<QToolButton>(*m_page, QStringLiteral("Export"))->menu()->actions().at(index);
    }

    bool anyLabelSays(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<DashboardPage> m_page;
};

} // namespace punctual::ui

using punctual::ui::DashboardPageTest;
QTEST_MAIN(DashboardPageTest)

#include "dashboard_page_test.moc"
