// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of the log.
#include "app/common/logging.h"
#include "support/test_main.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace punctual;
using namespace punctual::app;

class LoggingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesLines_data();
    void writesLines();
    void writesJson();
};

namespace
{

LogRecord record(QtMsgType severity, const QString& message)
{
    return {severity, QStringLiteral("punctual.node"), message, instantOf(1'796'115'600'250'000)};
}

} // namespace

void LoggingTest::writesLines_data()
{
    QTest::addColumn<int>("severity");
    QTest::addColumn<QString>("message");
    QTest::addColumn<LogTarget>("target");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a stream gets time and level")
        << int(QtInfoMsg) << "ready" << LogTarget::Stream
        << QByteArray("2026-12-01T09:00:00.250Z info punctual.node: ready");
    QTest::newRow("the journal gets a prefix")
        << int(QtWarningMsg) << "slow" << LogTarget::Journal << QByteArray("<4>punctual.node: slow");
    QTest::newRow("an error is 3") << int(QtCriticalMsg) << "broken" << LogTarget::Journal
                                   << QByteArray("<3>punctual.node: broken");
    QTest::newRow("a record stays one line")
        << int(QtDebugMsg) << "a\nb" << LogTarget::Journal << QByteArray("<7>punctual.node: a\\nb");
}

void LoggingTest::writesLines()
{
    QFETCH(const int, severity);
    QFETCH(const QString, message);
    QFETCH(const LogTarget, target);
    QTEST(formatLogLine(record(static_cast<QtMsgType>(severity), message), LogFormat::Text, target), "line");
}

void LoggingTest::writesJson()
{
    const QByteArray line =
        formatLogLine(record(QtCriticalMsg, QStringLiteral("a\n\"b\"")), LogFormat::Json, LogTarget::Stream);
    QVERIFY(!line.contains('\n'));
    QCOMPARE(QJsonDocument::fromJson(line).object(),
             (QJsonObject{{QStringLiteral("time"), QStringLiteral("2026-12-01T09:00:00.250Z")},
                          {QStringLiteral("level"), QStringLiteral("error")},
                          {QStringLiteral("category"), QStringLiteral("punctual.node")},
                          {QStringLiteral("message"), QStringLiteral("a\n\"b\"")}}));
}

PUNCTUAL_TEST(LoggingTest)
#include "logging_test.moc"
