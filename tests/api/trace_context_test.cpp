// SPDX-License-Identifier: GPL-3.0-or-later
// The trace of a call goes on with its messages.
#include "api/trace_context.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;

class TraceContextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOnWhatIsWellFormed_data();
    void passesOnWhatIsWellFormed();
    void leavesTheMessagesOwnAlone();
};

namespace
{

const QByteArray trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

Request requestWith(const QByteArray& traceparent)
{
    Request request;
    request.headers.insert("traceparent", traceparent);
    return request;
}

NewMessage message()
{
    return test::messageFor(QStringLiteral("orders"));
}

} // namespace

void TraceContextTest::passesOnWhatIsWellFormed_data()
{
    QTest::addColumn<QByteArray>("traceparent");
    QTest::addColumn<bool>("passes");
    QTest::newRow("a trace") << trace << true;
    QTest::newRow("another version") << QByteArray(trace).replace(0, 2, "cc") << true;
    QTest::newRow("a version that is not allowed") << QByteArray(trace).replace(0, 2, "ff") << false;
    QTest::newRow("upper case") << trace.toUpper() << false;
    QTest::newRow("a trace of zeros") << "00-" + QByteArray(32, '0') + "-b7ad6b7169203331-01" << false;
    QTest::newRow("a parent of zeros")
        << "00-0af7651916cd43dd8448eb211c80319c-" + QByteArray(16, '0') + "-01" << false;
    QTest::newRow("something behind it") << trace + "-x" << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TraceContextTest::passesOnWhatIsWellFormed()
{
    QFETCH(const QByteArray, traceparent);
    QFETCH(const bool, passes);
    const auto traced = withTraceOf(requestWith(traceparent), {message(), message()});
    QCOMPARE(traced.size(), std::size_t(2));
    const auto expected = passes ? std::vector<Header>{{"traceparent", traceparent}} : std::vector<Header>{};
    for (const auto& one : traced)
        QVERIFY(one.content.headers == expected);
}

void TraceContextTest::leavesTheMessagesOwnAlone()
{
    auto own = message();
    own.content.headers = {{"TraceParent", "of its own"}};
    QVERIFY(withTraceOf(requestWith(trace), {own}).front().content.headers == own.content.headers);
}

PUNCTUAL_TEST(TraceContextTest)
#include "trace_context_test.moc"
