// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/password_moves.h"

#include <algorithm>

namespace punctual::ui
{

PasswordMoves::PasswordMoves(PasswordStore& passwords, std::vector<Move> moves, QObject* parent)
    : QObject(parent)
    , m_passwords(passwords)
    , m_moves(std::move(moves))
{
}

void PasswordMoves::start()
{
    read(0);
}

void PasswordMoves::read(std::size_t index)
{
    if (index == m_moves.size())
        return write(0);
    m_passwords.read(m_moves[index].from, this, [this, index](const Result<QString>& password) {
        if (!password && password.error().code != ErrorCode::NotFound)
            return fail(password.error());
        m_moves[index].password = password.value_or(QString());
        m_moves[index].isThere = password.has_value();
        read(index + 1);
    });
}

void PasswordMoves::write(std::size_t index)
{
    if (index == m_moves.size())
        return removeOld();
    if (!m_moves[index].isThere)
        return write(index + 1);
    m_passwords.write(m_moves[index].to, m_moves[index].password, this,
                      [this, index](const Result<void>& written) {
                          if (written)
                              write(index + 1);
                          else
                              fail(written.error());
                      });
}

/// A name that another server has taken over stays.
void PasswordMoves::removeOld()
{
    for (const auto& old : m_moves)
        if (std::none_of(m_moves.begin(), m_moves.end(),
                         [&old](const Move& move) { return move.isThere && move.to == old.from; }))
            m_passwords.remove(old.from);
    deleteLater();
    Q_EMIT done();
}

void PasswordMoves::fail(const Error& error)
{
    deleteLater();
    Q_EMIT failed(error.detail);
}

} // namespace punctual::ui
