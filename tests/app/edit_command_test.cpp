// SPDX-License-Identifier: GPL-3.0-or-later
// `punctualctl edit`: changes what waits, and says why it does not.
#include "programs.h"
#include "support/test_main.h"

#include <QJsonArray>

using namespace punctual::test;

class EditCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void changesWhatIsGiven();
    void takesAwayWhatItIsToldTo();
    void changesTheVersionThatWasSeenOnly();
    void saysWhyItDidNot();
    void refusesArguments_data();
    void refusesArguments();

private:
    [[nodiscard]] Ending edit(const QString& id, const QStringList& more)
    {
        return m_programs->ctl(QStringList{QStringLiteral("edit"), id, QStringLiteral("--json")} + more);
    }
    [[nodiscard]] QString someMessage()
    {
        return m_programs->schedule(words("orders --in 1h --body x --tag promo --header X-A:1"));
    }
    [[nodiscard]] static QStringList words(const char* text) { return QString::fromLatin1(text).split(u' '); }

    std::unique_ptr<Programs> m_programs;
};

void EditCommandTest::initTestCase()
{
    m_programs = std::make_unique<Programs>();
    m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/hook"));
}

void EditCommandTest::changesWhatIsGiven()
{
    const QString id = someMessage();
    const auto edited = edit(id, words("--at 2027-01-01T00:00:00Z --priority high --body {\"a\":1} --tag b "
                                       "--header X-B:2 --max-attempts 9 --reason because"));
    QVERIFY2(edited.exitCode == 0, edited.errors.constData());
    const auto message = edited.json()[QStringLiteral("message")].toObject();
    QCOMPARE(message[QStringLiteral("due_at")].toString(), QStringLiteral("2027-01-01T00:00:00.000Z"));
    QCOMPARE(message[QStringLiteral("priority")].toString(), QStringLiteral("high"));
    QCOMPARE(message[QStringLiteral("payload")][QStringLiteral("a")].toInt(), 1);
    QCOMPARE(message[QStringLiteral("tags")].toArray(), QJsonArray{QStringLiteral("b")});
    QCOMPARE(message[QStringLiteral("headers")].toObject(),
             (QJsonObject{{QStringLiteral("X-B"), QStringLiteral("2")}}));
    QCOMPARE(message[QStringLiteral("max_attempts")].toInt(), 9);
    QCOMPARE(m_programs->database()
                 .value(QStringLiteral(
                            "SELECT reason FROM punctual.audit WHERE action = 'change' AND object = '%1'")
                            .arg(id))
                 .toString(),
             QStringLiteral("because"));
}

void EditCommandTest::takesAwayWhatItIsToldTo()
{
    const QString id = someMessage();
    const auto edited = edit(id, words("--no-tags --no-headers --never-expires"));
    QVERIFY2(edited.exitCode == 0, edited.errors.constData());
    const auto message = edited.json()[QStringLiteral("message")].toObject();
    QVERIFY(message[QStringLiteral("tags")].toArray().isEmpty());
    QVERIFY(message[QStringLiteral("headers")].toObject().isEmpty());
}

void EditCommandTest::changesTheVersionThatWasSeenOnly()
{
    const QString id = someMessage();
    const auto shown = m_programs->ctl({QStringLiteral("show"), id, QStringLiteral("--json")}).json();
    const QStringList version{QStringLiteral("--if-match"),
                              QString::number(shown[QStringLiteral("version")].toInteger())};
    QCOMPARE(edit(id, words("--priority high") + version).exitCode, 0);
    const auto late = edit(id, words("--priority low") + version);
    QCOMPARE(late.exitCode, 4);
    QCOMPARE(late.json()[QStringLiteral("changed")].toBool(true), false);
}

void EditCommandTest::saysWhyItDidNot()
{
    const QString id = someMessage();
    QCOMPARE(m_programs->ctl({QStringLiteral("cancel"), id}).exitCode, 0);
    const auto late = m_programs->ctl(QStringList{QStringLiteral("edit"), id} + words("--in 2h"));
    QCOMPARE(late.exitCode, 4);
    QVERIFY2(late.output.contains("cancelled"), late.output.constData());
    QCOMPARE(edit(QStringLiteral("01900000-0000-7000-8000-000000000000"), words("--in 2h")).exitCode, 3);
}

void EditCommandTest::refusesArguments_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("nothing to change") << "--reason none";
    QTest::newRow("two due times") << "--in 1h --at 2027-01-01T00:00:00Z";
    QTest::newRow("tags and none") << "--tag a --no-tags";
    QTest::newRow("a priority that is none") << "--priority urgent";
}

void EditCommandTest::refusesArguments()
{
    QFETCH(const QString, arguments);
    QCOMPARE(edit(QStringLiteral("01900000-0000-7000-8000-000000000000"), arguments.split(u' ')).exitCode, 2);
}

PUNCTUAL_TEST(EditCommandTest)
#include "edit_command_test.moc"
