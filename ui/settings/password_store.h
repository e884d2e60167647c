// SPDX-License-Identifier: GPL-3.0-or-later
// Where passwords of servers are kept: the key ring of the person's session, behind an interface so that
// tests need none. GUI thread; answers come later, and not after the context is gone.
#pragma once

#include "core/result.h"

#include <QString>

#include <functional>

class QObject;

namespace punctual::ui
{

class PasswordStore
{
public:
    PasswordStore() = default;
    PasswordStore(const PasswordStore&) = delete;
    PasswordStore& operator=(const PasswordStore&) = delete;
    virtual ~PasswordStore() = default;

    /// NotFound: there is none of this name. Unavailable: there is no key ring, or it stays locked.
    virtual void read(const QString& name, QObject* context, std::function<void(Result<QString>)> answer) = 0;
    virtual void write(const QString& name, const QString& password, QObject* context,
                       std::function<void(Result<void>)> answer) = 0;
    virtual void remove(const QString& name) = 0;
};

} // namespace punctual::ui
