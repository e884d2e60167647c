// SPDX-License-Identifier: GPL-3.0-or-later
// A database of a test's own, with the program's schema, dropped at the end.
//
// It is a copy of a template that is migrated once for each cluster. The cluster is the one that
// PUNCTUAL_TEST_DATABASE names (a libpq connection string of keywords without dbname), which ctest sets;
// a test program that is started by hand has none and runs its own until it ends.
//
// Lives in the main thread. What cannot be done ends the test program with a message.
#pragma once

#include "core/database_address.h"

#include <QSqlDatabase>
#include <QString>
#include <QVariant>

namespace punctual::test
{

class TestDatabase
{
public:
    TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    /// One without the schema.
    [[nodiscard]] static TestDatabase emptyDatabase();

    [[nodiscard]] DatabaseAddress address() const;

    // As a superuser, on a connection of the test's own:
    void exec(const QString& sql);
    [[nodiscard]] QVariant value(const QString& sql); // of the first column of the first row

private:
    explicit TestDatabase(const QString& templateName);
    [[nodiscard]] QSqlDatabase& connection();

    QString m_name;
    QSqlDatabase m_connection; // opened when it is first asked for
};

} // namespace punctual::test
