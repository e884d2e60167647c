// SPDX-License-Identifier: GPL-3.0-or-later
// The route table, how requests find their line in it, and that callers are told of the same lines.
#include "api/router.h"
#include "api/routes.h"
#include "support/test_main.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>

using namespace punctual;
using namespace punctual::api;

class RouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsRoutes_data();
    void findsRoutes();
    void givesPathParameters();
    void saysWhichMethodsAPathTakes();
    void isWhatTheDescriptionDescribes();
};

void RouterTest::findsRoutes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("pattern"); // empty: none

    QTest::newRow("a fixed path") << QByteArray("GET") << "/healthz"
                                  << "/healthz";
    QTest::newRow("a parameter") << QByteArray("DELETE") << "/v1/messages/7"
                                 << "/v1/messages/{id}";
    QTest::newRow("HEAD as GET") << QByteArray("HEAD") << "/v1/messages/7"
                                 << "/v1/messages/{id}";
    QTest::newRow("a fixed part before a parameter") << QByteArray("POST") << "/v1/messages/batch"
                                                     << "/v1/messages/batch";
    QTest::newRow("a part behind a parameter") << QByteArray("POST") << "/v1/destinations/a/pause"
                                               << "/v1/destinations/{name}/pause";
    QTest::newRow("another method") << QByteArray("PUT") << "/v1/messages"
                                    << "";
    QTest::newRow("an unknown path") << QByteArray("GET") << "/v2/messages"
                                     << "";
    QTest::newRow("a slash at the end") << QByteArray("GET") << "/v1/messages/"
                                        << "";
    QTest::newRow("an empty parameter") << QByteArray("GET") << "/v1/messages//attempts"
                                        << "";
    QTest::newRow("the root") << QByteArray("GET") << "/"
                              << "";
    QTest::newRow("no path") << QByteArray("OPTIONS") << "*"
                             << "";
}

void RouterTest::findsRoutes()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QString, pattern);
    const auto match = findRoute(routes(), method, path);
    QCOMPARE(match.route ? match.route->pattern : QString(), pattern);
}

void RouterTest::givesPathParameters()
{
    const auto match =
        findRoute(routes(), QByteArrayLiteral("GET"), QStringLiteral("/v1/destinations/my.api"));
    QCOMPARE(match.parameters, (PathParameters{{QStringLiteral("name"), QStringLiteral("my.api")}}));
}

void RouterTest::saysWhichMethodsAPathTakes()
{
    const auto match = findRoute(routes(), QByteArrayLiteral("POST"), QStringLiteral("/v1/messages/7"));
    QCOMPARE(match.allowed, (QByteArrayList{"GET", "HEAD", "PATCH", "DELETE"}));
    QVERIFY(findRoute(routes(), QByteArrayLiteral("GET"), QStringLiteral("/nothing")).allowed.isEmpty());
}

/// Reads the little of YAML that tells paths, methods and roles: indentation does.
void RouterTest::isWhatTheDescriptionDescribes()
{
    QFile file(QStringLiteral(":/punctual/openapi.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression line(
        QStringLiteral(
            R"(^  (/\S*):$|^    (get|put|post|patch|delete):$|^      (security): \[\]$|Role (\w+)\.)"),
        QRegularExpression::MultilineOption);
    QStringList described;
    QString path;
    for (auto match = line.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        if (!found.captured(1).isEmpty())
            path = found.captured(1);
        else if (!found.captured(2).isEmpty())
            described.append(found.captured(2).toUpper() + u' ' + path);
        else if (!described.isEmpty())
            described.last() += u' ' + found.captured(3) + found.captured(4);
    }
    QStringList served;
    for (const auto& route : routes())
        served.append(QStringLiteral("%1 %2 %3")
                          .arg(QString::fromLatin1(route.method), route.pattern,
                               route.role ? QString(toText(*route.role)) : QStringLiteral("security")));
    described.sort();
    served.sort();
    QCOMPARE(described, served);
}

PUNCTUAL_TEST(RouterTest)
#include "router_test.moc"
