// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to waiting messages, read from JSON.
#include "core/message_change_json.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

struct ReadChange
{
    MessageChangeRequest request;
    QStringList pointers; // of what is wrong
};

ReadChange readChange(const QByteArray& text)
{
    std::vector<FieldError> errors;
    ReadChange read{readMessageChange(QJsonDocument::fromJson(text).object(), text, {}, errors), {}};
    for (const auto& error : errors)
        read.pointers.append(error.pointer);
    return read;
}

} // namespace

class MessageChangeJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void leavesOutWhatIsNotGiven();
    void takesAwayWhatIsNull();
    void takesAContentTypeAlone();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
};

void MessageChangeJsonTest::readsEveryField()
{
    const auto read = readChange(R"({"due_at":"2026-12-01T09:00:00.250Z","priority":"low","tags":["a","b"],
        "payload": {"z": 1, "a": 2.50}, "headers":{"X-Campaign":"xmas"}, "expires_after_ms":600000,
        "max_attempts":7, "reason":"they moved"})");
    QCOMPARE(read.pointers, QStringList());
    const auto& change = read.request.change;
    QVERIFY(std::get<Instant>(change.due.value()) == parseRfc3339(u"2026-12-01T09:00:00.250Z"_s).value());
    QVERIFY(change.priority == Priority::Low);
    QCOMPARE(change.tags.value(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(change.body.value(), QByteArray(R"({"z":1,"a":2.50})"));
    QCOMPARE(change.contentType.value(), QByteArray("application/json"));
    QVERIFY((change.headers == std::vector<Header>{{"X-Campaign", "xmas"}}));
    QVERIFY(change.expiresAfter == 10min);
    QVERIFY(change.maxAttempts == 7);
    QCOMPARE(read.request.reason, u"they moved"_s);
    const auto later = readChange(R"({"delay_ms":1500})").request.change;
    QVERIFY(std::get<Duration>(later.due.value()) == 1500ms);
}

void MessageChangeJsonTest::leavesOutWhatIsNotGiven()
{
    const auto change = readChange(R"({"priority":"high","due_at":null})").request.change;
    QVERIFY(!change.due && !change.tags && !change.body && !change.contentType && !change.headers &&
            !change.expiresAfter && !change.maxAttempts && !change.ifUpdatedAt);
}

void MessageChangeJsonTest::takesAwayWhatIsNull()
{
    const auto read = readChange(R"({"tags":null,"headers":null,"expires_after_ms":null})");
    QCOMPARE(read.pointers, QStringList());
    QCOMPARE(read.request.change.tags.value(), QStringList());
    QVERIFY(read.request.change.headers.value().empty());
    QVERIFY(read.request.change.expiresAfter == 0ms);
}

void MessageChangeJsonTest::takesAContentTypeAlone()
{
    const auto change = readChange(R"({"content_type":"text/csv"})").request.change;
    QVERIFY(!change.body);
    QCOMPARE(change.contentType.value(), QByteArray("text/csv"));
}

void MessageChangeJsonTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* text, const char* pointer) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(pointer);
    };
    row("nothing to change", R"({"reason":"none"})", "");
    row("another destination", R"({"destination":"orders"})", "/destination");
    row("another key", R"({"key":"customer-12"})", "/key");
    row("two due times", R"({"due_at":"2026-12-01T09:00:00Z","delay_ms":1})", "/delay_ms");
    row("a local time", R"({"due_at":"2026-12-01T09:00:00"})", "/due_at");
    row("two bodies", R"({"payload":1,"body":"x"})", "/payload");
    row("a priority that is none", R"({"priority":"urgent"})", "/priority");
    row("an empty tag", R"({"tags":[""]})", "/tags");
    row("a header of Punctual", R"({"headers":{"Idempotency-Key":"x"}})", "/headers/Idempotency-Key");
    row("no attempt at all", R"({"max_attempts":0})", "/max_attempts");
    row("a limit of nothing", R"({"expires_after_ms":0})", "/expires_after_ms");
}

void MessageChangeJsonTest::namesEveryWrongField()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, pointer);
    QCOMPARE(readChange(text).pointers, QStringList(pointer));
}

PUNCTUAL_TEST(MessageChangeJsonTest)
#include "message_change_json_test.moc"
