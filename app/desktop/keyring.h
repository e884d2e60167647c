// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords in the key ring of the person's session (Secret Service, KWallet). GUI thread.
#pragma once

#include "ui/settings/password_store.h"

namespace punctual::app
{

class Keyring : public ui::PasswordStore
{
public:
    void read(const QString& name, QObject* context, std::function<void(Result<QString>)> answer) override;
    void write(const QString& name, const QString& password, QObject* context,
               std::function<void(Result<void>)> answer) override;
    void remove(const QString& name) override;
};

} // namespace punctual::app
