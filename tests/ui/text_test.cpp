// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/factories.h"
#include "support/test_main.h"
#include "ui/common/time_text.h"
#include "ui/messages/verdict_text.h"

namespace punctual::ui
{

using namespace std::chrono_literals;

class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysTimesWithTheirZone()
    {
        QCOMPARE(timeText(test::at(), QTimeZone("Europe/Berlin")), QStringLiteral("1 Dec 2026 10:00:00 CET"));
        QCOMPARE(timeText(test::at(250ms), QTimeZone::utc()), QStringLiteral("1 Dec 2026 09:00:00.250 UTC"));
        QCOMPARE(zoneText(test::at(), QTimeZone("Asia/Singapore")), QStringLiteral("UTC+08"));
    }

    void saysSpans_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, std::chrono::milliseconds span) {
            QTest::newRow(name) << static_cast<qint64>(span.count()) << QString::fromLatin1(name);
        };
        row("250 ms", 250ms);
        row("5 s", 5'900ms);
        row("1 min", 1min);
        row("1 h 30 min", 90min);
        row("10 day(s)", 240h);
        row("1 day(s) 1 h", 25h + 59min);
    }

    void saysSpans()
    {
        QFETCH(const qint64, milliseconds);
        QTEST(spanText(std::chrono::milliseconds(milliseconds)), "expected");
    }

    void saysHowFarOffATimeIs()
    {
        QCOMPARE(relativeText(test::at(5s), test::at()), QStringLiteral("in 5 s"));
        QCOMPARE(relativeText(test::at(), test::at(5s)), QStringLiteral("5 s ago"));
        QCOMPARE(relativeText(test::at(), test::at(20ms)), QStringLiteral("now"));
    }

    void saysEveryVerdict_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, std::optional<MessageState> state, const char* expected) {
            QTest::newRow(name) << (state ? static_cast<int>(*state) : -1) << QString::fromLatin1(expected);
        };
        row("cancelled", MessageState::Cancelled, "Cancelled. It will not be sent.");
        row("delivering", MessageState::Delivering,
            "Too late: attempt 2 began at 09:00:00.250 and is on its way.");
        row("delivered", MessageState::Delivered, "Too late: it was delivered at 1 Dec 2026 09:00:01 UTC.");
        row("dead", MessageState::Dead, "Nothing to cancel: it failed for good and is not sent again.");
        row("expired", MessageState::Expired, "Nothing to cancel: it expired and will not be sent.");
        row("unknown", MessageState::Unknown,
            "Too late: it was sent and no answer came. Whether it arrived is not known.");
        row("not found", std::nullopt, "There is no such message.");
    }

    void saysEveryVerdict()
    {
        QFETCH(const int, state);
        CancelVerdict verdict;
        if (state >= 0)
            verdict.state = static_cast<MessageState>(state);
        Message message;
        message.attempts = 2;
        message.claimedAt = test::at(250ms);
        message.finishedAt = test::at(1s);
        verdict.message = message;
        QTEST(verdictText(verdict, QTimeZone::utc()), "expected");
    }
};

} // namespace punctual::ui

using punctual::ui::TextTest;
PUNCTUAL_TEST(TextTest)

#include "text_test.moc"
