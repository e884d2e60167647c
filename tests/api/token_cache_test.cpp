// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/token_cache.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;

class TokenCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersForItsLifetime()
    {
        TokenCache cache(5s);
        const TokenCache::Time start{};
        cache.insert(QByteArrayLiteral("secret"), {QUuid(), QStringLiteral("ops"), Role::Operator}, start);
        QCOMPARE(cache.find(QByteArrayLiteral("secret"), start)->name, QStringLiteral("ops"));
        QVERIFY(cache.find(QByteArrayLiteral("secret"), start + 4999ms));
        QVERIFY(!cache.find(QByteArrayLiteral("secret"), start + 5s));
        QVERIFY(!cache.find(QByteArrayLiteral("Secret"), start));
    }

    void knowsForADayWhatWasValid()
    {
        TokenCache cache(5s);
        const TokenCache::Time start{};
        const Token token{QUuid(), QStringLiteral("ops"), Role::Operator};
        cache.insert(QByteArrayLiteral("secret"), token, start);
        QVERIFY(cache.wasKnown(QByteArrayLiteral("secret")));
        QVERIFY(!cache.wasKnown(QByteArrayLiteral("Secret")));
        cache.insert(QByteArrayLiteral("other"), token, start + 25h);
        QVERIFY(!cache.wasKnown(QByteArrayLiteral("secret")));
        cache.remove(QByteArrayLiteral("other"));
        QVERIFY(!cache.wasKnown(QByteArrayLiteral("other")));
    }

    void takesTheNewerOfTwo()
    {
        TokenCache cache(5s);
        const TokenCache::Time start{};
        cache.insert(QByteArrayLiteral("secret"), {QUuid(), QStringLiteral("ops"), Role::Admin}, start);
        cache.insert(QByteArrayLiteral("secret"), {QUuid(), QStringLiteral("ops"), Role::Viewer}, start + 6s);
        QVERIFY(cache.find(QByteArrayLiteral("secret"), start + 7s)->role == Role::Viewer);
    }
};

PUNCTUAL_TEST(TokenCacheTest)
#include "token_cache_test.moc"
