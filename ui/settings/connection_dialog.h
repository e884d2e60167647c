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

class Dialogs;
class ToneLabel;

class ConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    /// All three outlive the dialog.
    ConnectionDialog(QSettings& settings, PasswordStore& passwords, Dialogs& dialogs,
                     QWidget* parent = nullptr);

    /// The configuration names a database, which goes before every choice: it says so and connects to
    /// nothing.
    void setRuledByConfiguration();

Q_SIGNALS:
    /// The choice is in the settings, and the password in the key ring.
    void connectRequested();

private:
    QWidget* makeForm();
    void layOut();
    void fillList();
    void add();
    void remove();
    void removeNow(int index);
    void showProfile();
    void takeEdit();
    void check();
    void connectNow();
    void keepPassword();
    void tellThatItCannotBeKept(const QString& detail);
    void connectTo(const QString& name);
    [[nodiscard]] int current() const; // -1: this computer's own database

    QSettings& m_settings;
    PasswordStore& m_passwords;
    Dialogs& m_dialogs;
    std::vector<ServerProfile> m_profiles;
    std::vector<QString>
        m_storedNames; // of the profiles, as settings and key ring have them; empty: in neither
    bool m_isRuled = false;
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
