// SPDX-License-Identifier: GPL-3.0-or-later
// The servers that this window can be attached to. Connecting starts Punctual anew.
#pragma once

#include "ui/settings/password_store.h"
#include "ui/settings/server_profile.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace punctual::ui
{

class ToneLabel;

class ConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    /// Both outlive the dialog.
    ConnectionDialog(QSettings& settings, PasswordStore& passwords, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The choice is in the settings, and the password in the key ring.
    void connectRequested();

private:
    QWidget* makeForm();
    void layOut();
    void fillList();
    void add();
    void remove();
    void showProfile();
    void takeEdit();
    void check();
    void connectNow();
    void connectTo(const QString& name);
    [[nodiscard]] int current() const; // -1: this computer's own database

    QSettings& m_settings;
    PasswordStore& m_passwords;
    std::vector<ServerProfile> m_profiles;
    QListWidget* m_list;
    QWidget* m_form = nullptr;
    QLineEdit* m_name;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_database;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QComboBox* m_tls;
    QLineEdit* m_rootCertificate;
    QCheckBox* m_delivers;
    ToneLabel* m_note;
    QPushButton* m_remove;
    QPushButton* m_connect = nullptr;
};

} // namespace punctual::ui
