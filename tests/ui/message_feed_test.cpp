// SPDX-License-Identifier: GPL-3.0-or-later
// The list is looked through a part at a time, for what no index finds, and what happens meanwhile is taken
// in: another filter, an error, changes before and behind the place that has been reached.
#include "core/uuid_v7.h"
#include "fixture.h"
#include "ui/messages/message_feed.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class MessageFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// 150,000 that are not looked for: more than a page looks at in its tenth of a second.
    void initTestCase()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_fixture->database.exec(QStringLiteral(
            "INSERT INTO punctual.messages (id, due_at, max_attempts, shard, next_attempt_at, state, "
            "destination, content_type, headers, body, key) SELECT gen_random_uuid(), d, 8, 0, d, "
            "'scheduled', 'orders', 'application/json', '{}', '', 'key' || i FROM (SELECT i, now() + "
            "interval '1 day' + i * interval '1 ms' AS d FROM generate_series(1, 150000) AS i) AS x"));
        m_fixture->database.exec(QStringLiteral("ANALYZE punctual.messages_live"));
        m_last = needle(1h); // the first to be due is the last of the list
    }

    void init()
    {
        m_model = std::make_unique<MessageModel>(m_fixture->clock, m_fixture->workspace.zone);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_feed = std::make_unique<MessageFeed>(m_fixture->workspace, *m_model);
        m_feed->setActive(true);
    }

    void cleanup()
    {
        m_feed.reset();
        m_tester.reset();
        m_model.reset();
    }

    void findsWhatIsFarBehind()
    {
        beginToLook();
        QVERIFY(m_model->next());
        QVERIFY(m_model->canFetchMore({}));
        m_model->fetchMore({}); // looks already
        QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isLooking(), 60'000);
        QCOMPARE(ids(), QList{m_last});
        QVERIFY(!m_model->next());
    }

    void dropsTheAnswersToAnotherFilter()
    {
        beginToLook();
        m_feed->setFilter({.key = QStringLiteral("key7")});
        QVERIFY(!m_feed->isLooking());
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->isCurrent(), 60'000);
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->at(0).key, QStringLiteral("key7"));
        QVERIFY(!m_model->next());
    }

    void waitsWhileNobodySeesIt()
    {
        beginToLook();
        m_feed->setActive(false);
        m_feed->refresh(0, 50); // what is on screen is still read, and tells that the last answer is there
        QTRY_VERIFY_WITH_TIMEOUT(m_answers->count() >= 2, 60'000);
        QVERIFY(m_feed->isLooking());
        m_feed->setActive(true);
        QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isLooking(), 60'000);
        QCOMPARE(ids(), QList{m_last});
    }

    void goesOnAfterAnError()
    {
        beginToLook();
        const QSignalSpy failures(m_feed.get(), &MessageFeed::failed);
        m_fixture->database.exec(QStringLiteral("ALTER TABLE punctual.messages RENAME TO hidden"));
        QTRY_VERIFY_WITH_TIMEOUT(failures.count() > 0, 60'000);
        m_fixture->database.exec(QStringLiteral("ALTER TABLE punctual.hidden RENAME TO messages"));
        QVERIFY(m_feed->isLooking());
        m_feed->refresh(0, 50); // as the page does every second
        QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isLooking(), 60'000);
        QCOMPARE(ids(), QList{m_last});
    }

    /// Also when it comes to a place that has been looked at long ago.
    void noticesWhatComesAndGoes()
    {
        beginToLook();
        QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isLooking(), 60'000);
        const auto middle = needle(24h + 50s);
        refreshUntil([&] { return ids() == QList{middle, m_last}; });
        m_fixture->database.exec(
            QStringLiteral("UPDATE punctual.messages_live SET key = NULL WHERE id = '%1'")
                .arg(toText(middle)));
        refreshUntil([&] { return ids() == QList{m_last}; });
    }

private:
    MessageId needle(Duration delay)
    {
        auto message = test::messageFor(QStringLiteral("orders"), delay);
        message.key = QStringLiteral("needle");
        return m_fixture->schedule(message);
    }

    /// Until the first answer, which does not reach the end.
    void beginToLook()
    {
        m_answers = std::make_unique<QSignalSpy>(m_feed.get(), &MessageFeed::answered);
        m_feed->setFilter({.text = QStringLiteral("eedl")});
        QVERIFY(m_answers->wait(60'000));
        QVERIFY(m_feed->isLooking());
        QCOMPARE(m_model->rowCount(), 0);
    }

    template <class Condition>
    void refreshUntil(Condition holds)
    {
        const auto refreshed = [&] {
            if (!holds())
                m_feed->refresh(0, 50);
            return holds();
        };
        QTRY_VERIFY_WITH_TIMEOUT(refreshed(), 60'000);
    }

    [[nodiscard]] QList<MessageId> ids() const
    {
        QList<MessageId> all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all << m_model->at(row).id;
        return all;
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<MessageModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<MessageFeed> m_feed;
    std::unique_ptr<QSignalSpy> m_answers;
    MessageId m_last;
};

} // namespace punctual::ui

using punctual::ui::MessageFeedTest;
QTEST_GUILESS_MAIN(MessageFeedTest)

#include "message_feed_test.moc"
