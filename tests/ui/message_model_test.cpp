// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/factories.h"
#include "support/manual_clock.h"
#include "ui/messages/message_model.h"
#include "ui/messages/message_table.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

/// Due `number` minutes after the start; the list shows the highest number first.
Message message(int number)
{
    Message message;
    message.id = QUuid(QStringLiteral("01900000-0000-7000-8000-%1").arg(number, 12, 16, QLatin1Char('0')));
    message.destination = QStringLiteral("orders");
    message.dueAt = test::at(std::chrono::minutes(number));
    message.updatedAt = test::at();
    message.maxAttempts = 5;
    return message;
}

MessagePage page(const QList<int>& numbers, bool more = false)
{
    MessagePage page;
    for (const int number : numbers)
        page.items.push_back(message(number));
    if (more)
        page.next = MessageCursor{page.items.back().dueAt, page.items.back().id};
    return page;
}

} // namespace

class MessageModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock.set(test::at());
        m_model = std::make_unique<MessageModel>(m_clock, QTimeZone::utc());
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void mergesWhatCameWentAndChanged_data()
    {
        QTest::addColumn<QList<int>>("before");
        QTest::addColumn<QList<int>>("after");
        QTest::newRow("the first rows") << QList<int>{} << QList<int>{9, 8};
        QTest::newRow("a new one on top") << QList<int>{8, 7} << QList<int>{9, 8, 7};
        QTest::newRow("new ones between and below") << QList<int>{9, 6, 3} << QList<int>{9, 8, 7, 6, 4, 3, 2};
        QTest::newRow("all gone") << QList<int>{9, 6, 3} << QList<int>{};
        QTest::newRow("first, middle and last gone") << QList<int>{9, 8, 7, 6, 5} << QList<int>{8, 6};
        QTest::newRow("others altogether") << QList<int>{9, 7, 5} << QList<int>{8, 6, 4};
    }

    void mergesWhatCameWentAndChanged()
    {
        QFETCH(const QList<int>, before);
        QFETCH(const QList<int>, after);
        m_model->merge(std::nullopt, page(before));
        m_model->merge(std::nullopt, page(after));
        QCOMPARE(m_model->rowCount(), after.size());
        for (int row = 0; row < m_model->rowCount(); ++row)
            QCOMPARE(m_model->at(row).id, message(after.at(row)).id);
    }

    void leavesRowsOutsideOfTheAnswerAlone()
    {
        m_model->merge(std::nullopt, page({9, 8, 7, 6, 5, 4}));
        m_model->merge(m_model->cursorBefore(2), page({7, 5}, true));
        QCOMPARE(m_model->rowCount(), 5);
        QCOMPARE(m_model->at(1).id, message(8).id);
        QCOMPARE(m_model->at(3).id, message(5).id);
        QCOMPARE(m_model->at(4).id, message(4).id);
    }

    void keepsNothingOfTheListBefore()
    {
        m_model->merge(std::nullopt, page({9, 8, 7, 6, 5, 4}));
        m_model->show(page({8, 6}, true));
        QCOMPARE(m_model->rowCount(), 2);
        QVERIFY(m_model->canFetchMore({}));
    }

    void tellsOnlyOfRowsThatChanged()
    {
        m_model->merge(std::nullopt, page({9, 8, 7}));
        const QSignalSpy changed(m_model.get(), &MessageModel::dataChanged);
        const QSignalSpy reset(m_model.get(), &MessageModel::modelReset);
        MessagePage fresh = page({9, 8, 7});
        fresh.items[1].state = MessageState::Delivered;
        fresh.items[1].updatedAt += 1s;
        m_model->merge(std::nullopt, fresh);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void pagesThroughThousandsOfRows()
    {
        QSignalSpy wanted(m_model.get(), &MessageModel::moreWanted);
        int next = 5000;
        const auto addPage = [&] {
            QList<int> numbers;
            for (int i = 0; i < 200; ++i)
                numbers << next--;
            m_model->merge(m_model->cursorBefore(m_model->rowCount()), page(numbers, next > 0));
        };
        addPage();
        while (m_model->canFetchMore({})) {
            m_model->fetchMore({});
            addPage();
        }
        QCOMPARE(m_model->rowCount(), 5000);
        QVERIFY(wanted.count() >= 24); // the tester asks too
        QCOMPARE(m_model->at(4999).id, message(1).id);
    }

    void saysWhereItIsCut()
    {
        int next = MessageModel::capacity + 100;
        while (m_model->rowCount() < MessageModel::capacity) {
            QVERIFY(!m_model->isCut());
            QList<int> numbers;
            for (int i = 0; i < 2000; ++i)
                numbers << next--;
            m_model->merge(m_model->cursorBefore(m_model->rowCount()), page(numbers, true));
        }
        QVERIFY(!m_model->canFetchMore({}));
        QVERIFY(m_model->isCut());
        m_model->merge(m_model->cursorBefore(m_model->rowCount()), page({}));
        QVERIFY(!m_model->isCut()); // nothing follows
    }

    /// A page that is not full says how far was looked, which is where the next one begins.
    void goesOnWhereALookEnded()
    {
        const auto until = [](MessagePage page, int number) {
            page.next = MessageCursor{message(number).dueAt, message(number).id};
            return page;
        };
        m_model->show(until(page({90, 80}), 50));
        QCOMPARE(m_model->next()->id, message(50).id);
        QVERIFY(!m_model->hasRead(*m_model->next()));
        QVERIFY(m_model->hasRead({message(60).dueAt, message(60).id}));
        m_model->merge(m_model->next(), until(page({40}), 20));
        QCOMPARE(m_model->rowCount(), 3);
        QCOMPARE(m_model->next()->id, message(20).id);
        // Rows that are read again change nothing behind the look, nor where the list goes on.
        m_model->merge(std::nullopt, until(page({90, 85}), 60));
        QCOMPARE(m_model->rowCount(), 3);
        QCOMPARE(m_model->at(2).id, message(40).id);
        QCOMPARE(m_model->next()->id, message(20).id);
        m_model->merge(m_model->next(), page({10}));
        QVERIFY(!m_model->next());
        m_model->merge(std::nullopt, until(page({90, 85}), 60));
        QCOMPARE(m_model->rowCount(), 4);
        QVERIFY(!m_model->next());
    }

    void keepsSelectionAndScroll()
    {
        QList<int> numbers;
        for (int number = 500; number > 0; --number)
            numbers << number;
        m_model->merge(std::nullopt, page(numbers));
        MessageTable table(*m_model);
        table.resize(900, 300);
        table.show();
        QVERIFY(table.select(message(250).id));
        table.scrollTo(m_model->index(250, 0), QAbstractItemView::PositionAtCenter);
        const int top = table.firstVisibleRow();
        const auto topId = m_model->at(top).id;
        m_model->merge(m_model->cursorBefore(top), page({numbers.at(top), numbers.at(top) - 2}, true));
        QCOMPARE(m_model->at(table.firstVisibleRow()).id, topId);
        const auto selected = table.selectedIds();
        QCOMPARE(selected.size(), std::size_t(1));
        QCOMPARE(selected.front(), message(250).id);
    }

    void saysWhenAMessageIsLate()
    {
        m_model->merge(std::nullopt, page({1}));
        const auto when = m_model->index(0, MessageModel::Relative);
        QCOMPARE(when.data().toString(), QStringLiteral("in 1 min"));
        m_clock.advance(65s);
        const QSignalSpy changed(m_model.get(), &MessageModel::dataChanged);
        m_model->tick(0, 50);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(when.data().toString(), QStringLiteral("late by 5 s"));
    }

private:
    test::ManualClock m_clock;
    std::unique_ptr<MessageModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace punctual::ui

using punctual::ui::MessageModelTest;
QTEST_MAIN(MessageModelTest)

#include "message_model_test.moc"
