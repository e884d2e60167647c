// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens of the REST API in the database.
#include "store/administration_queries.h"
#include "store_fixture.h"

#include <QCryptographicHash>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class TokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsInWhoHasTheSecret();
    void letsNobodyInWhenItIsOver();
    void limitsToDestinations();
    void remembersWhenItWasUsed();
    void refuses_data();
    void refuses();
    void givesANameAgain();
    void isAudited();
    void isForAdministratorsOnly_data();
    void isForAdministratorsOnly();
};

namespace
{

QByteArray hashOf(const QByteArray& secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

NewToken token(const char* name)
{
    return {QString::fromLatin1(name), Role::Operator};
}

} // namespace

void TokenTest::letsInWhoHasTheSecret()
{
    StoreFixture fixture;
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("secret")));
    const auto known = store::authenticate(fixture.connection, hashOf("secret"));
    QVERIFY(known);
    QCOMPARE(known->name, QStringLiteral("ci"));
    QVERIFY(known->role == Role::Operator);
    QCOMPARE(known->destinations, QStringList());
    QCOMPARE(store::authenticate(fixture.connection, hashOf("Secret")).error().code,
             ErrorCode::Unauthenticated);
    const auto stored =
        fixture.database.value(QStringLiteral("SELECT string_agg(t::text, ' ') FROM punctual.api_tokens t"));
    QVERIFY(!stored.toString().contains(u"secret"));
}

void TokenTest::letsNobodyInWhenItIsOver()
{
    StoreFixture fixture;
    auto expiring = token("expiring");
    expiring.expiresAt = systemNow() + 1h;
    QVERIFY(store::makeToken(fixture.connection, expiring, hashOf("one")));
    QVERIFY(store::makeToken(fixture.connection, token("revoked"), hashOf("two")));
    QVERIFY(store::authenticate(fixture.connection, hashOf("one")));
    QVERIFY(store::authenticate(fixture.connection, hashOf("two")));
    fixture.database.exec(
        QStringLiteral("UPDATE punctual.api_tokens SET expires_at = now() WHERE name = 'expiring'"));
    QVERIFY(store::revokeToken(fixture.connection, QStringLiteral("revoked")));
    QVERIFY(!store::authenticate(fixture.connection, hashOf("one")));
    QVERIFY(!store::authenticate(fixture.connection, hashOf("two")));
    QCOMPARE(store::revokeToken(fixture.connection, QStringLiteral("revoked")).error().code,
             ErrorCode::NotFound);
    const auto all = store::tokens(fixture.connection).value();
    QCOMPARE(all.size(), std::size_t(2));
    QVERIFY(all[0].expiresAt && !all[0].revokedAt);
    QVERIFY(!all[1].expiresAt && all[1].revokedAt);
}

void TokenTest::limitsToDestinations()
{
    StoreFixture fixture;
    auto limited = token("limited");
    limited.destinations = {QStringLiteral("orders"), QStringLiteral("echo")};
    QVERIFY(store::makeToken(fixture.connection, limited, hashOf("secret")));
    QCOMPARE(store::authenticate(fixture.connection, hashOf("secret"))->destinations, limited.destinations);
    QCOMPARE(store::tokens(fixture.connection)->front().destinations, limited.destinations);
}

void TokenTest::remembersWhenItWasUsed()
{
    StoreFixture fixture;
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("secret")));
    const auto lastUsed = [&] { return store::tokens(fixture.connection)->front().lastUsedAt; };
    QVERIFY(!lastUsed());
    QVERIFY(store::authenticate(fixture.connection, hashOf("secret")));
    const auto first = lastUsed();
    QVERIFY(first);
    QVERIFY(store::authenticate(fixture.connection, hashOf("secret")));
    QVERIFY(lastUsed() == first); // a minute is exact enough
    fixture.database.exec(
        QStringLiteral("UPDATE punctual.api_tokens SET last_used_at = last_used_at - interval '61 seconds'"));
    QVERIFY(store::authenticate(fixture.connection, hashOf("secret")));
    QVERIFY(lastUsed() >= first);
}

void TokenTest::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("expired");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no name") << "" << false << ""
                             << "/messages/0/name";
    QTest::newRow("a name with a line feed") << "a\nb" << false << ""
                                             << "/messages/0/name";
    QTest::newRow("a time in the past") << "ci" << true << ""
                                        << "/messages/0/expires_at";
    QTest::newRow("an unknown destination") << "ci" << false << "nowhere"
                                            << "/messages/0/destinations";
}

void TokenTest::refuses()
{
    QFETCH(const QString, name);
    QFETCH(const bool, expired);
    QFETCH(const QString, destination);
    StoreFixture fixture;
    NewToken wrong{name, Role::Viewer};
    if (expired)
        wrong.expiresAt = systemNow() - 1s;
    if (!destination.isEmpty())
        wrong.destinations = {destination};
    const auto made = store::makeToken(fixture.connection, wrong, hashOf("secret"));
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QTEST(made.error().fields.front().pointer, "pointer");
}

/// A new one under an old name, once the old one is revoked.
void TokenTest::givesANameAgain()
{
    StoreFixture fixture;
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("one")));
    QCOMPARE(store::makeToken(fixture.connection, token("ci"), hashOf("two")).error().code,
             ErrorCode::Conflict);
    QVERIFY(store::revokeToken(fixture.connection, QStringLiteral("ci")));
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("two")));
    QVERIFY(store::authenticate(fixture.connection, hashOf("two")));
    QVERIFY(!store::authenticate(fixture.connection, hashOf("one")));
}

void TokenTest::isAudited()
{
    StoreFixture fixture;
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("secret")));
    QVERIFY(store::revokeToken(fixture.connection, QStringLiteral("ci")));
    AuditFilter filter;
    filter.kind = QStringLiteral("token");
    const auto entries = store::audit(fixture.connection, filter, 10).value();
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(entries[0].action, QStringLiteral("revoke"));
    QCOMPARE(entries[1].action, QStringLiteral("create"));
    QCOMPARE(entries[1].after[QStringLiteral("role")].toString(), QStringLiteral("operator"));
    QVERIFY(entries[1].before.isNull());
}

void TokenTest::isForAdministratorsOnly_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("make one") << "SELECT punctual.make_token('x', 'admin', 'x')";
    QTest::newRow("revoke one") << "SELECT punctual.revoke_token('ci')";
    QTest::newRow("list them") << "SELECT * FROM punctual.tokens()";
}

void TokenTest::isForAdministratorsOnly()
{
    QFETCH(const QString, sql);
    StoreFixture fixture;
    QVERIFY(store::makeToken(fixture.connection, token("ci"), hashOf("secret")));
    for (const auto* role : {"viewer", "operator", "node", "admin"}) {
        const auto done = fixture.connection.script(
            QStringLiteral("BEGIN; SET LOCAL ROLE punctual_%1; %2").arg(QLatin1StringView(role), sql));
        QVERIFY2(done.has_value() == (qstrcmp(role, "admin") == 0), role);
        QVERIFY(fixture.connection.script(QStringLiteral("ROLLBACK")));
    }
}

PUNCTUAL_TEST(TokenTest)
#include "token_test.moc"
