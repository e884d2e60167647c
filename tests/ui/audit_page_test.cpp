// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/audit/audit_csv.h"
#include "ui/audit/audit_model.h"
#include "ui/audit/audit_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class AuditPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_page = std::make_unique<AuditPage>(m_fixture->workspace);
        m_page->resize(1200, 760);
        m_table = test::named<QTableView>(*m_page, QStringLiteral("Audit"));
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void listsWhoDidWhat()
    {
        m_fixture->addDestination(QStringLiteral("orders"));
        pause(QStringLiteral("ticket 4711"));
        const QAbstractItemModelTester tester(m_table->model());
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, AuditModel::Action), QStringLiteral("pause"), 30'000);
        QCOMPARE(cell(0, AuditModel::Actor), m_fixture->workspace.actor.name);
        QCOMPARE(cell(0, AuditModel::Object), QStringLiteral("destination orders"));
        QCOMPARE(cell(0, AuditModel::Reason), QStringLiteral("ticket 4711"));
        QCOMPARE(cell(0, AuditModel::Sealed), QStringLiteral("not yet"));
        // With what it was made of, and live.
        m_fixture->addDestination(QStringLiteral("invoices"));
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, AuditModel::Object), QStringLiteral("destination invoices"),
                                  30'000);
        m_table->selectRow(0);
        QVERIFY(test::named<QPlainTextEdit>(*m_page, QStringLiteral("After"))
                    ->toPlainText()
                    .contains(QStringLiteral("\n")));
    }

    void filtersByActorActionObjectAndTime()
    {
        addEntries(QStringLiteral("ada"), QStringLiteral("cancel"), 3, QStringLiteral("1 minute"));
        addEntries(QStringLiteral("bob"), QStringLiteral("cancel"), 2, QStringLiteral("2 hours"));
        addEntries(QStringLiteral("bob"), QStringLiteral("replay"), 1, QStringLiteral("2 days"));
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 6, 30'000);
        auto* who = test::named<QLineEdit>(*m_page, QStringLiteral("Who"));
        who->setText(QStringLiteral("bob"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, 30'000);
        choose(QStringLiteral("Action"), QStringLiteral("cancel"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, 30'000);
        who->clear();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 5, 30'000);
        choose(QStringLiteral("When"), QStringLiteral("The last hour"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, 30'000);
        choose(QStringLiteral("When"), QStringLiteral("Between…"));
        auto* from = test::named<QDateTimeEdit>(*m_page, QStringLiteral("From"));
        QVERIFY(from->isVisible());
        from->setDateTime(from->dateTime().addSecs(-3 * 3600));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 5, 30'000);
        test::named<QLineEdit>(*m_page, QStringLiteral("Id or name of the object"))
            ->setText(QStringLiteral("nobody"));
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("Nothing in the audit fits this filter.")), 30'000);
    }

    void readsOnPageByPage()
    {
        addEntries(QStringLiteral("ada"), QStringLiteral("cancel"), 450, QStringLiteral("1 minute"));
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 200, 30'000);
        QVERIFY(m_table->model()->canFetchMore({}));
        const QAbstractItemModelTester tester(m_table->model()); // asks for more than a view does
        QTRY_VERIFY_WITH_TIMEOUT((m_table->scrollToBottom(), rows() == 450), 30'000);
        QVERIFY(!m_table->model()->canFetchMore({}));
        QSet<QString> objects;
        for (int row = 0; row < rows(); ++row)
            objects << cell(row, AuditModel::Object);
        QCOMPARE(objects.size(), 450); // each of them once
    }

    void exportsWhatIsFiltered()
    {
        addEntries(QStringLiteral("ada"), QStringLiteral("cancel"), 1203, QStringLiteral("1 minute"));
        addEntries(QStringLiteral("bob"), QStringLiteral("cancel"), 5, QStringLiteral("1 minute"));
        m_page->show();
        test::named<QLineEdit>(*m_page, QStringLiteral("Who"))->setText(QStringLiteral("ada"));
        QTRY_VERIFY_WITH_TIMEOUT(rows() == 200 && cell(0, AuditModel::Actor) == QStringLiteral("ada"),
                                 30'000);
        const QTemporaryDir directory;
        m_fixture->dialogs.file = directory.filePath(QStringLiteral("audit.csv"));
        QTest::mouseClick(test::button<QToolButton>(*m_page, QStringLiteral("Export CSV…")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("1,203 rows saved as")), 30'000);
        QFile file(m_fixture->dialogs.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 1203 + 2); // the names before them and the end of the last line
        QVERIFY(lines.at(1).contains("\"ada\""));
    }

    void saysThatAFileCannotBeWritten()
    {
        addEntries(QStringLiteral("ada"), QStringLiteral("cancel"), 1, QStringLiteral("1 minute"));
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 30'000);
        m_fixture->dialogs.file = QStringLiteral("/nowhere/audit.csv");
        QTest::mouseClick(test::button<QToolButton>(*m_page, QStringLiteral("Export CSV…")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("Not saved:")), 30'000);
    }

    void checksTheSeals()
    {
        addEntries(QStringLiteral("ada"), QStringLiteral("cancel"), 3, QStringLiteral("1 minute"));
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, 30'000);
        auto* check = test::button<QPushButton>(*m_page, QStringLiteral("Check the seals"));
        QTest::mouseClick(check, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("Nothing is sealed yet.")), 30'000);
        // A call notes how far it may seal; a later one seals, when no transaction of that time is under way
        // in the cluster, where others test too.
        const auto seals = [this] {
            m_fixture->database.exec(QStringLiteral("SELECT punctual.seal_audit(1000)"));
            return m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.audit_seals"))
                .toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(seals(), 1, 30'000);
        QTest::mouseClick(check, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("1 seal(s) are intact.")), 30'000);
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, AuditModel::Sealed), QStringLiteral("yes"), 30'000);
        m_fixture->database.exec(QStringLiteral("UPDATE punctual.audit SET actor = 'eve' WHERE id = "
                                                "(SELECT min(id) FROM punctual.audit)"));
        QTest::mouseClick(check, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(labelSays(QStringLiteral("1 seal(s) do not hold")), 30'000);
    }

    void writesSafeCsv()
    {
        AuditEntry entry;
        entry.id = 7;
        entry.at = test::at();
        entry.actor = QStringLiteral("=HYPERLINK(\"x\")");
        entry.action = QStringLiteral("cancel");
        entry.after = QJsonValue(QStringLiteral("a \"b\""));
        entry.sealed = true;
        QCOMPARE(csvOf({entry}),
                 QByteArray("7,2026-12-01T09:00:00.000Z,\"'=HYPERLINK(\"\"x\"\")\",\"\",\"\",\"\",\"cancel\","
                            "\"\",\"\",\"\",\"\"\"a \\\"\"b\\\"\"\"\"\",\"\",true\r\n"));
    }

private:
    void pause(const QString& reason)
    {
        auto actor = m_fixture->workspace.actor;
        actor.reason = reason;
        const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.pause(actor, QStringLiteral("orders"), std::nullopt, context, answer);
        });
        QVERIFY(paused);
    }

    void addEntries(const QString& actor, const QString& action, int count, const QString& ago)
    {
        m_fixture->database.exec(
            QStringLiteral("INSERT INTO punctual.audit (at, actor, login, origin, action, kind, object) "
                           "SELECT now() - interval '%4', '%1', 'somebody', 'sql', '%2', 'message', i::text "
                           "FROM generate_series(1, %3) i")
                .arg(actor, action)
                .arg(count)
                .arg(ago));
    }

    void choose(const QString& name, const QString& entry)
    {
        auto* combo = test::named<QComboBox>(*m_page, name);
        combo->setCurrentIndex(combo->findText(entry));
    }

    int rows() { return m_table->model()->rowCount(); }

    QString cell(int row, int column) { return m_table->model()->index(row, column).data().toString(); }

    bool labelSays(const QString& start)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&start](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(start);
        });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<AuditPage> m_page;
    QTableView* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::AuditPageTest;
QTEST_MAIN(AuditPageTest)

#include "audit_page_test.moc"
