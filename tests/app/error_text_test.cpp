// SPDX-License-Identifier: GPL-3.0-or-later
// Errors name the arguments that a person typed, not the fields of a request.
#include "app/ctl/error_text.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::ctl;

class ErrorTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesArguments_data();
    void namesArguments();
    void listsFields();
    void exitCodesStayTheSame();
};

void ErrorTextTest::namesArguments_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("argument");
    QTest::newRow("of a message in a batch") << "/messages/0/due_at"
                                             << "--at";
    QTest::newRow("of a message") << "/expires_after_ms"
                                  << "--expires-after";
    QTest::newRow("a delay") << "/delay_ms"
                             << "--in";
    QTest::newRow("a body") << "/body_base64"
                            << "--body";
    QTest::newRow("tags") << "/tags"
                          << "--tag";
    QTest::newRow("a header") << "/headers/X~1Y"
                              << "--header X/Y";
    QTest::newRow("of the retry policy") << "/retry/initial_delay_ms"
                                         << "--initial-delay";
    QTest::newRow("of a rate limit") << "/rate_limit/per_ms"
                                     << "--rate-limit";
    QTest::newRow("of a circuit breaker") << "/circuit_breaker/max_open_ms"
                                          << "--breaker-max-open";
    QTest::newRow("of TLS") << "/tls/client_key"
                            << "--client-key";
    QTest::newRow("a positional argument") << "/messages/0/destination"
                                           << "DESTINATION";
}

void ErrorTextTest::namesArguments()
{
    QFETCH(const QString, pointer);
    QTEST(argumentOf(pointer), "argument");
}

void ErrorTextTest::listsFields()
{
    QCOMPARE(describe({ErrorCode::InvalidInput,
                       QStringLiteral("Wrong."),
                       {{QStringLiteral("/key"), QStringLiteral("is too long")},
                        {QStringLiteral("/tags"), QStringLiteral("are too many")}}}),
             QStringLiteral("Wrong.\n--key is too long\n--tag are too many"));
}

void ErrorTextTest::exitCodesStayTheSame()
{
    using app::exitCodeOf;
    QCOMPARE(int(exitCodeOf(ErrorCode::Internal)), 1);
    QCOMPARE(int(exitCodeOf(ErrorCode::Forbidden)), 1);
    QCOMPARE(int(exitCodeOf(ErrorCode::Unauthenticated)), 1);
    QCOMPARE(int(exitCodeOf(ErrorCode::Unsupported)), 1);
    QCOMPARE(int(exitCodeOf(ErrorCode::InvalidInput)), 2);
    QCOMPARE(int(exitCodeOf(ErrorCode::TooLarge)), 2);
    QCOMPARE(int(exitCodeOf(ErrorCode::NotFound)), 3);
    QCOMPARE(int(exitCodeOf(ErrorCode::Conflict)), 4);
    QCOMPARE(int(exitCodeOf(ErrorCode::Unavailable)), 5);
}

PUNCTUAL_TEST(ErrorTextTest)
#include "error_text_test.moc"
