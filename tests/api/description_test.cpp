// SPDX-License-Identifier: GPL-3.0-or-later
// openapi.yaml and the server, both ways: whatever is described comes, and is taken. That nothing else comes
// is seen to by the fixture, for every call of every test here.
#include "api/routes.h"
#include "field_walk.h"
#include "support/test_main.h"
#include "walk.h"

using namespace punctual;
using namespace punctual::test;

class DescriptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheParametersOfRoutes_data();
    void namesTheParametersOfRoutes();
    void namesEveryProblem();
    void everythingDescribedComes();
    void fieldsAreKnown_data();
    void fieldsAreKnown();
    void parametersAreRead_data();
    void parametersAreRead();

private:
    void addOperations();
    /// One for single calls, made when it is first needed.
    Walk& calls();

    Description m_description;
    AnswerCheck m_check{m_description};
    std::unique_ptr<Walk> m_walk;
};

void DescriptionTest::addOperations()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const auto& operation : m_description.operations())
        QTest::newRow(qPrintable(operation.name())) << index++;
}

Walk& DescriptionTest::calls()
{
    if (!m_walk) {
        m_walk = std::make_unique<Walk>(m_check);
        m_walk->post(200, QStringLiteral("/v1/destinations/orders/pause")); // a test of it ends at once
    }
    return *m_walk;
}

void DescriptionTest::namesTheParametersOfRoutes_data()
{
    addOperations();
}

void DescriptionTest::namesTheParametersOfRoutes()
{
    QFETCH(const int, index);
    const auto& operation = m_description.operations()[static_cast<std::size_t>(index)];
    QStringList described;
    for (const auto& parameter : m_description.parameters(operation, QStringLiteral("query")))
        described.append(m_description.at(parameter + QStringLiteral("/name")).toString());
    const auto& routes = api::routes();
    const auto route = std::find_if(routes.begin(), routes.end(), [&](const api::Route& each) {
        return each.method == operation.method && each.pattern == operation.path;
    });
    QVERIFY(route != routes.end());
    QStringList served = route->query;
    described.sort();
    served.sort();
    QCOMPARE(described, served);
}

/// Each has a response that is of it alone, or says which ones it may be of.
void DescriptionTest::namesEveryProblem()
{
    for (const auto& operation : m_description.operations()) {
        const auto responses = m_description.objectAt(operation.at(QStringLiteral("/responses")));
        for (const auto& status : responses.keys()) {
            const auto response =
                m_description.objectAt(operation.at(QStringLiteral("/responses/") + status));
            const auto schema =
                response[QStringLiteral("content")][QStringLiteral("application/problem+json")]
                        [QStringLiteral("schema")];
            const auto type = schema[QStringLiteral("properties")][QStringLiteral("type")];
            QVERIFY2(schema.isUndefined() || type[QStringLiteral("const")].isString() ||
                         type[QStringLiteral("enum")].isArray(),
                     qPrintable(operation.name() + u' ' + status));
        }
    }
}

void DescriptionTest::everythingDescribedComes()
{
    AnswerCheck check(m_description);
    {
        Walk walk(check);
        walkMessages(walk);
        walkDecisions(walk);
    }
    for (const auto part : {&walkWhy, &walkOperations, &walkSystem}) {
        Walk walk(check);
        part(walk);
    }
    {
        Walk walk(check);
        walkDestinations(walk);
        walkLanes(walk);
    }
    api::ServerOptions small;
    small.limits.bodyBytes = 1024;
    small.http.batchBytes = 100'000;
    Walk narrow(check, small);
    walkRefusals(narrow, m_description);
    walkFaults(check, m_description);

    QSet<QString> described = check.schemas().everythingIn(QStringLiteral("/components/schemas/Change"));
    qsizetype statuses = 0;
    for (const auto& operation : m_description.operations()) {
        described += check.everythingOf(operation);
        statuses += m_description.objectAt(operation.at(QStringLiteral("/responses"))).size();
    }
    QStringList missing = (described - check.seen()).values();
    missing.sort();
    QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("These never come:\n") + missing.join(u'\n')));
    qInfo("%d operations, %d statuses, %d fields, words and headers of answers",
          static_cast<int>(m_description.operations().size()), static_cast<int>(statuses),
          static_cast<int>(described.size() - statuses));
}

void DescriptionTest::fieldsAreKnown_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; const auto& operation : m_description.operations()) {
        if (!m_description.requestSchema(operation).isEmpty())
            QTest::newRow(qPrintable(operation.name())) << index;
        ++index;
    }
}

/// Every field that is described is read, what the description forbids is refused with the field's name, and
/// so is a field that is not described.
void DescriptionTest::fieldsAreKnown()
{
    Walk& walk = calls();
    QFETCH(const int, index);
    const auto& operation = m_description.operations()[static_cast<std::size_t>(index)];
    const QString id = walk.messageIn(QStringLiteral("dead"));
    QString path = operation.path;
    path.replace(QStringLiteral("{id}"), id).replace(QStringLiteral("{name}"), QStringLiteral("orders"));
    const auto cases = fieldCases(m_description, m_description.requestSchema(operation));
    QVERIFY(!cases.empty());
    for (const auto& each : cases) {
        const auto reply = walk.fixture.call(operation.method, path, each.body);
        bool isNamed = false;
        bool isUnknown = false;
        const auto errors = reply.json[QStringLiteral("errors")].toArray();
        for (const auto& error : errors) {
            const QString pointer = error[QStringLiteral("pointer")].toString();
            isNamed = isNamed || pointer == each.pointer || pointer.startsWith(each.pointer + u'/');
            isUnknown = isUnknown || (pointer == each.pointer && error[QStringLiteral("detail")].toString() ==
                                                                     QStringLiteral("is not a known field"));
        }
        const bool isRight = each.expected == FieldCase::Refused   ? isNamed && !isUnknown
                             : each.expected == FieldCase::Unknown ? isUnknown
                                                                   : !isUnknown;
        QVERIFY2(isRight, qPrintable(QStringLiteral("%1: %2 is answered %3")
                                         .arg(each.pointer, QString::fromUtf8(each.body),
                                              QString::fromUtf8(reply.body))));
    }
    qInfo("%d cases", static_cast<int>(cases.size()));
}

void DescriptionTest::parametersAreRead_data()
{
    addOperations();
}

/// A value that the description forbids is refused with the parameter's name.
void DescriptionTest::parametersAreRead()
{
    Walk& walk = calls();
    QFETCH(const int, index);
    const auto& operation = m_description.operations()[static_cast<std::size_t>(index)];
    QString path = operation.path;
    path.replace(QStringLiteral("{id}"), test::nobody)
        .replace(QStringLiteral("{name}"), QStringLiteral("orders"));
    for (const auto& parameter : m_description.parameters(operation, QStringLiteral("query"))) {
        const QString name = m_description.at(parameter + QStringLiteral("/name")).toString();
        for (const auto& value : wrongTexts(m_description, parameter + QStringLiteral("/schema"))) {
            const auto reply =
                walk.fixture.call(operation.method, QStringLiteral("%1?%2=%3").arg(path, name, value));
            QCOMPARE(reply.status, 422);
            QCOMPARE(reply.pointers(), QStringList(u'/' + name));
        }
    }
}

PUNCTUAL_TEST(DescriptionTest)
#include "description_test.moc"
