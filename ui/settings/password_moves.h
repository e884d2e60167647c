// SPDX-License-Identifier: GPL-3.0-or-later
// Gives passwords the new names of their servers. All are read before one is written, so that two servers may
// change names with each other. GUI thread; deletes itself.
#pragma once

#include "ui/settings/password_store.h"

#include <QObject>
#include <QString>

#include <vector>

namespace punctual::ui
{

class PasswordMoves : public QObject
{
    Q_OBJECT

public:
    struct Move
    {
        QString from;
        QString to;
        QString password = {}; // that is read
        bool isThere = false;
    };

    /// `passwords` outlive it; belongs to `parent`.
    PasswordMoves(PasswordStore& passwords, std::vector<Move> moves, QObject* parent);

    void start();

Q_SIGNALS:
    /// Every password that there was has its new name.
    void done();
    /// What was not moved has its old name; `detail` is a sentence that says why.
    void failed(const QString& detail);

private:
    void read(std::size_t index);
    void write(std::size_t index);
    void removeOld();
    void fail(const Error& error);

    PasswordStore& m_passwords;
    std::vector<Move> m_moves;
};

} // namespace punctual::ui
