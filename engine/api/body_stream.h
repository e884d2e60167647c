// SPDX-License-Identifier: GPL-3.0-or-later
// An answer's body that goes on for as long as its caller stays.
//
// Lives in the server's thread. The server reads when the connection takes more; when there is nothing, it
// waits for filled().
#pragma once

#include <QObject>

namespace punctual::api
{

class BodyStream : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Open,
        Ended,  // ends when all of it is read
        CutOff, // the connection is ended at once
    };

    /// Fills in up to `size` bytes and gives how many; 0 if there are none now.
    [[nodiscard]] virtual qsizetype read(char* bytes, qsizetype size) = 0;

    [[nodiscard]] State state() const { return m_state; }

    void end() { setState(State::Ended); }
    void cutOff() { setState(State::CutOff); }

Q_SIGNALS:
    /// There may be something to read, or the state is another one.
    void filled();

private:
    void setState(State state)
    {
        if (m_state != State::Open)
            return;
        m_state = state;
        Q_EMIT filled();
    }

    State m_state = State::Open;
};

} // namespace punctual::api
