// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/postgres_failure.h"

#include <QTest>

using namespace punctual;
using namespace punctual::store;

class PostgresFailureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void becomesOneSentence_data();
    void becomesOneSentence();
};

void PostgresFailureTest::becomesOneSentence_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* said, const char* sentence) {
        QTest::newRow(name) << QString::fromLatin1(said) << QString::fromLatin1(sentence);
    };
    row("a full disk", "FATAL:  could not write lock file \"postmaster.pid\": No space left on device",
        "There is no room left");
    row("a spent quota", "initdb: error: could not write file: Disk quota exceeded", "There is no room left");
    row("a full disk, said by initdb",
        "selecting dynamic shared memory implementation ... posix\nwriting: No space left on device",
        "There is no room left");
    row("shared memory that is full, not the disk",
        "FATAL:  could not create shared memory segment: No space left on device",
        "This machine does not give");
    row("too little memory", "FATAL:  could not map anonymous shared memory: Cannot allocate memory",
        "This machine does not give");
    row("a read-only disk", "tee: punctual.conf: Read-only file system",
        "/data is on a disk that is mounted");
    row("another version", "FATAL:  database files are incompatible with server",
        "The data in /data was made by another version");
    row("another owner", "FATAL:  data directory \"/data/cluster\" has wrong ownership",
        "PostgreSQL may not");
    row("a closed directory", "could not open \"PG_VERSION\": Permission denied", "PostgreSQL may not");
    row("a server that hangs", "FATAL:  lock file \"postmaster.pid\" already exists",
        "Another process seems");
    row("something new: its last words",
        "LOG:  well\nFATAL:  the moon is full\npg_ctl: could not start server",
        "PostgreSQL could not be started (the moon is full): see /log.");
    row("silence", "", "PostgreSQL could not be started (it gave no reason): see /log.");
}

void PostgresFailureTest::becomesOneSentence()
{
    QFETCH(const QString, said);
    QFETCH(const QString, sentence);
    const auto error = explainPostgresFailure(said, QStringLiteral("/data"), QStringLiteral("/log"));
    QCOMPARE(error.code, ErrorCode::Unsupported);
    QVERIFY2(error.detail.startsWith(sentence), qPrintable(error.detail));
    QVERIFY(error.detail.endsWith(u'.'));
    QVERIFY(!error.detail.contains(u'\n'));
}

QTEST_GUILESS_MAIN(PostgresFailureTest)
#include "postgres_failure_test.moc"
