// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/schedule_groups.h"
#include "core/uuid_v7.h"
#include "support/factories.h"
#include "support/test_main.h"

namespace punctual::client
{

namespace
{

const Instant storedAt{std::chrono::seconds(1000)};

/// What was asked to be stored, for the test to answer.
struct Asked
{
    Actor actor;
    std::vector<NewMessage> messages;
    ScheduleGroups::Answer answer;

    void succeed() const
    {
        Scheduled scheduled{{}, storedAt};
        for (const auto& message : messages)
            scheduled.items.push_back({message.id, storedAt, 5});
        answer(scheduled);
    }
};

} // namespace

class ScheduleGroupsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void putsTogetherWhatComesTogether();
    void gathersWhileOneIsUnderWay();
    void keepsActorsApart();
    void tellsEachItsOwnRefusal();
    void triesEachAloneWhenNobodyIsNamed();
    void tellsAllThatTheDatabaseIsAway();
    void storesForThoseWhoHaveLeft();
    void boundsAGroup();

private:
    /// One more message; its answer comes into m_answers under the id that this gives.
    MessageId add(const QString& actor = QStringLiteral("one"), qsizetype bytes = 2);
    [[nodiscard]] Asked take();

    std::vector<Asked> m_asked;
    std::map<MessageId, Result<Scheduled>> m_answers;
    std::unique_ptr<ScheduleGroups> m_groups;
    std::unique_ptr<QObject> m_context;
};

void ScheduleGroupsTest::init()
{
    m_asked.clear();
    m_answers.clear();
    m_context = std::make_unique<QObject>();
    m_groups = std::make_unique<ScheduleGroups>(
        [this](const Actor& actor, std::vector<NewMessage> messages, ScheduleGroups::Answer answer) {
            m_asked.push_back({actor, std::move(messages), std::move(answer)});
        });
}

MessageId ScheduleGroupsTest::add(const QString& actor, qsizetype bytes)
{
    auto message = test::messageFor(QStringLiteral("orders"), {});
    message.id = makeUuidV7(storedAt);
    message.content.body = QByteArray(bytes, 'x');
    const MessageId id = message.id;
    m_groups->add({actor, QStringLiteral("rest")}, std::move(message), m_context.get(),
                  [this, id](const Result<Scheduled>& scheduled) { m_answers.emplace(id, scheduled); });
    return id;
}

/// What is to be stored next.
Asked ScheduleGroupsTest::take()
{
    [this] { QTRY_VERIFY_WITH_TIMEOUT(!m_asked.empty(), 30'000); }();
    if (m_asked.empty())
        qFatal("nothing is to be stored");
    auto first = std::move(m_asked.front());
    m_asked.erase(m_asked.begin());
    return first;
}

void ScheduleGroupsTest::putsTogetherWhatComesTogether()
{
    const auto one = add();
    const auto two = add();
    QVERIFY(m_asked.empty()); // there may be more to come
    const auto asked = take();
    QCOMPARE(asked.messages.size(), std::size_t(2));
    QVERIFY(m_answers.empty());
    asked.succeed();
    for (const auto& id : {one, two}) {
        const auto answer = m_answers.at(id);
        QVERIFY(answer);
        QCOMPARE(answer->items.size(), std::size_t(1));
        QCOMPARE(answer->items.front().id, id);
        QCOMPARE(answer->createdAt, storedAt);
    }
}

void ScheduleGroupsTest::gathersWhileOneIsUnderWay()
{
    add();
    const auto first = take();
    for (int i = 0; i < 5; ++i)
        add();
    QTest::qWait(0);
    QVERIFY(m_asked.empty());
    first.succeed();
    QCOMPARE(m_answers.size(), std::size_t(1));
    QCOMPARE(take().messages.size(), std::size_t(5));
}

void ScheduleGroupsTest::keepsActorsApart()
{
    add(QStringLiteral("one"));
    add(QStringLiteral("two"));
    add(QStringLiteral("one"));
    const auto first = take();
    QCOMPARE(first.actor.name, QStringLiteral("one"));
    QCOMPARE(first.messages.size(), std::size_t(2));
    const auto second = take();
    QCOMPARE(second.actor.name, QStringLiteral("two"));
    QCOMPARE(second.messages.size(), std::size_t(1));
}

void ScheduleGroupsTest::tellsEachItsOwnRefusal()
{
    const auto good = add();
    const auto bad = add();
    const auto alsoGood = add();
    take().answer(
        tl::unexpected(Error{ErrorCode::InvalidInput,
                             QStringLiteral("no"),
                             {{QStringLiteral("/messages/1/destination"), QStringLiteral("is not known")}}}));
    QVERIFY(m_answers.empty());
    const auto others = take();
    QCOMPARE(others.messages.size(), std::size_t(2));
    QCOMPARE(others.messages.front().id, good);
    others.succeed();
    const auto alone = take();
    QCOMPARE(alone.messages.size(), std::size_t(1));
    QCOMPARE(alone.messages.front().id, bad);
    alone.answer(
        tl::unexpected(Error{ErrorCode::InvalidInput,
                             QStringLiteral("no"),
                             {{QStringLiteral("/messages/0/destination"), QStringLiteral("is not known")}}}));
    QVERIFY(m_answers.at(good));
    QVERIFY(m_answers.at(alsoGood));
    QCOMPARE(m_answers.at(bad).error().fields.front().pointer, QStringLiteral("/messages/0/destination"));
}

void ScheduleGroupsTest::triesEachAloneWhenNobodyIsNamed()
{
    const auto good = add();
    const auto bad = add();
    take().answer(failure(ErrorCode::Internal, QStringLiteral("a fault")));
    const auto first = take();
    QCOMPARE(first.messages.size(), std::size_t(1));
    first.succeed();
    const auto second = take();
    QCOMPARE(second.messages.size(), std::size_t(1));
    second.answer(failure(ErrorCode::Internal, QStringLiteral("a fault")));
    QVERIFY(m_answers.at(good));
    QVERIFY(!m_answers.at(bad));
    QVERIFY(m_asked.empty());
}

void ScheduleGroupsTest::tellsAllThatTheDatabaseIsAway()
{
    add();
    add();
    take().answer(failure(ErrorCode::Unavailable, QStringLiteral("away")));
    QCOMPARE(m_answers.size(), std::size_t(2));
    for (const auto& [id, answer] : m_answers)
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
}

void ScheduleGroupsTest::storesForThoseWhoHaveLeft()
{
    add();
    m_context.reset();
    take().succeed();
    QVERIFY(m_answers.empty());
}

void ScheduleGroupsTest::boundsAGroup()
{
    for (int i = 0; i < 600; ++i)
        add();
    const auto first = take();
    QCOMPARE(first.messages.size(), std::size_t(500));
    first.succeed();
    QCOMPARE(take().messages.size(), std::size_t(100));
    init();
    for (int i = 0; i < 3; ++i)
        add(QStringLiteral("one"), 3 * 1024 * 1024);
    QCOMPARE(take().messages.size(), std::size_t(2));
}

} // namespace punctual::client

using punctual::client::ScheduleGroupsTest;
PUNCTUAL_TEST(ScheduleGroupsTest)
#include "schedule_groups_test.moc"
