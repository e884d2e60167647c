// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/problem.h"
#include "support/test_main.h"

#include <QFile>
#include <QJsonArray>

using namespace punctual;
using namespace punctual::api;

class ProblemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsErrors_data();
    void mapsErrors();
    void namesWrongFields();
    void namesFieldsOfASingleThing();
    void carriesExtensionMembers();
    void keepsInternalDetailsToItself();
};

namespace
{

QJsonObject objectOf(const Response& response)
{
    return QJsonDocument::fromJson(response.body).object();
}

QByteArray headerOf(const Response& response, const QByteArray& name)
{
    for (const auto& header : response.headers)
        if (header.name == name)
            return header.value;
    return {};
}

} // namespace

void ProblemTest::mapsErrors_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::newRow("wrong values") << ErrorCode::InvalidInput << 422 << "invalid-input";
    QTest::newRow("not there") << ErrorCode::NotFound << 404 << "not-found";
    QTest::newRow("not in this state") << ErrorCode::Conflict << 409 << "conflict";
    QTest::newRow("no token") << ErrorCode::Unauthenticated << 401 << "unauthenticated";
    QTest::newRow("not allowed") << ErrorCode::Forbidden << 403 << "forbidden";
    QTest::newRow("too large") << ErrorCode::TooLarge << 413 << "too-large";
    QTest::newRow("database away") << ErrorCode::Unavailable << 503 << "unavailable";
    QTest::newRow("cannot be done here") << ErrorCode::Unsupported << 501 << "unsupported";
}

void ProblemTest::mapsErrors()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, status);
    QFETCH(QString, type);
    const auto response = problem(Error{code, QStringLiteral("Why.")});
    QCOMPARE(response.status, status);
    QCOMPARE(response.contentType, "application/problem+json");
    const auto object = objectOf(response);
    QCOMPARE(object[QStringLiteral("type")].toString(), QStringLiteral("urn:punctual:problem:") + type);
    QCOMPARE(object[QStringLiteral("status")].toInt(), status);
    QCOMPARE(object[QStringLiteral("detail")].toString(), QStringLiteral("Why."));
    QVERIFY(!object[QStringLiteral("title")].toString().isEmpty());
    QVERIFY(!object.contains(QStringLiteral("errors")));
    QCOMPARE(headerOf(response, "Retry-After"), status == 503 ? QByteArray("1") : QByteArray());
    QCOMPARE(headerOf(response, "WWW-Authenticate").startsWith("Bearer"), status == 401);
}

void ProblemTest::namesWrongFields()
{
    const Error error{
        ErrorCode::InvalidInput, QStringLiteral("Bad."), {{QStringLiteral("/a"), QStringLiteral("is bad")}}};
    const auto errors = objectOf(problem(error))[QStringLiteral("errors")].toArray();
    QCOMPARE(errors, (QJsonArray{QJsonObject{{QStringLiteral("pointer"), QStringLiteral("/a")},
                                             {QStringLiteral("detail"), QStringLiteral("is bad")}}}));
}

void ProblemTest::namesFieldsOfASingleThing()
{
    Error error{ErrorCode::InvalidInput, QStringLiteral("Bad."), {}};
    for (const auto* pointer : {"/messages/0/due_at", "/messages/0", "/messages/01/due_at"})
        error.fields.push_back({QString::fromLatin1(pointer), QString()});
    const auto fields = ofSingle(error).fields;
    QCOMPARE(fields[0].pointer, QStringLiteral("/due_at"));
    QCOMPARE(fields[1].pointer, QStringLiteral("/messages/0"));
    QCOMPARE(fields[2].pointer, QStringLiteral("/messages/01/due_at"));
}

void ProblemTest::carriesExtensionMembers()
{
    const auto response = problem(problem_kind::notCancelled, QStringLiteral("Late."), {},
                                  {{QStringLiteral("verdict"), QStringLiteral("dead")}});
    QCOMPARE(response.status, 409);
    QCOMPARE(objectOf(response)[QStringLiteral("verdict")].toString(), QStringLiteral("dead"));
}

void ProblemTest::keepsInternalDetailsToItself()
{
    QTest::ignoreMessage(QtWarningMsg, "Internal fault: table x is broken");
    const auto response = problem(Error{ErrorCode::Internal, QStringLiteral("table x is broken")});
    QCOMPARE(response.status, 500);
    QVERIFY(!response.body.contains("table"));
}

PUNCTUAL_TEST(ProblemTest)
#include "problem_test.moc"
