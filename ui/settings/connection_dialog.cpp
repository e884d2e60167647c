// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/connection_dialog.h"

#include "ui/common/dialogs.h"
#include "ui/common/icon.h"
#include "ui/common/letter_width.h"
#include "ui/common/tone_label.h"
#include "ui/settings/password_moves.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace punctual::ui
{

ConnectionDialog::ConnectionDialog(QSettings& settings, PasswordStore& passwords, Dialogs& dialogs,
                                   QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_passwords(passwords)
    , m_dialogs(dialogs)
    , m_profiles(readProfiles(settings))
    , m_list(new QListWidget)
    , m_name(new QLineEdit)
    , m_host(new QLineEdit)
    , m_port(new QSpinBox)
    , m_database(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_tls(new QComboBox)
    , m_rootCertificate(new QLineEdit)
    , m_delivers(new QCheckBox(tr("This computer delivers for it &too")))
    , m_note(new ToneLabel(Tone::Neutral))
    , m_remove(new QPushButton(lineIcon(QStringLiteral("close")), tr("Re&move")))
{
    setWindowTitle(tr("Connection"));
    for (const auto& profile : m_profiles)
        m_storedNames.push_back(profile.name);
    m_form = makeForm();
    layOut();
    fillList();
    const QString chosen = chosenProfile(settings);
    for (std::size_t i = 0; i < m_profiles.size(); ++i)
        if (m_profiles[i].name == chosen)
            m_list->setCurrentRow(static_cast<int>(i) + 1);
    for (auto* edit : {m_name, m_host, m_database, m_user, m_rootCertificate})
        connect(edit, &QLineEdit::textEdited, this, &ConnectionDialog::takeEdit);
    connect(m_port, &QSpinBox::valueChanged, this, &ConnectionDialog::takeEdit);
    connect(m_tls, &QComboBox::activated, this, &ConnectionDialog::takeEdit);
    connect(m_delivers, &QCheckBox::clicked, this, &ConnectionDialog::takeEdit);
    connect(m_list, &QListWidget::currentRowChanged, this, &ConnectionDialog::showProfile);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionDialog::remove);
    showProfile();
}

void ConnectionDialog::setRuledByConfiguration()
{
    m_isRuled = true;
    check();
}

QWidget* ConnectionDialog::makeForm()
{
    auto* form = new QWidget;
    auto* rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    const auto row = [rows](const QString& text, QWidget* control) {
        control->setAccessibleName(QString(text).remove(u'&').remove(u':'));
        rows->addRow(text, control);
    };
    m_port->setRange(1, 65535);
    m_port->setValue(5432);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("As it is in the key ring"));
    m_tls->addItem(tr("Encrypted, certificate and name checked"), QString(toText(TlsMode::VerifyFull)));
    m_tls->addItem(tr("Encrypted, certificate checked"), QString(toText(TlsMode::VerifyCa)));
    m_tls->addItem(tr("Encrypted, certificate not checked"), QString(toText(TlsMode::Require)));
    m_tls->addItem(tr("Encrypted if the server can"), QString(toText(TlsMode::Prefer)));
    m_tls->addItem(tr("Not encrypted"), QString(toText(TlsMode::Disable)));
    m_rootCertificate->setPlaceholderText(tr("A file, if not that of your user"));
    row(tr("&Name:"), m_name);
    row(tr("&Host:"), m_host);
    row(tr("P&ort:"), m_port);
    row(tr("&Database:"), m_database);
    row(tr("&User:"), m_user);
    row(tr("&Password:"), m_password);
    row(tr("T&LS:"), m_tls);
    row(tr("&Authority:"), m_rootCertificate);
    rows->addRow(m_delivers);
    return form;
}

void ConnectionDialog::layOut()
{
    m_list->setAccessibleName(tr("Servers"));
    m_list->setMaximumWidth(letterWidth(fontMetrics()) * 32);
    auto* adding = new QPushButton(lineIcon(QStringLiteral("add")), tr("Ne&w"));
    connect(adding, &QPushButton::clicked, this, &ConnectionDialog::add);
    auto* left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    left->addWidget(adding);
    left->addWidget(m_remove);
    auto* right = new QVBoxLayout;
    right->addWidget(m_form);
    right->addWidget(m_note);
    right->addStretch();
    auto* both = new QHBoxLayout;
    both->addLayout(left);
    both->addLayout(right, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_connect = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(both, 1);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 24);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectionDialog::connectNow);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConnectionDialog::reject);
}

void ConnectionDialog::fillList()
{
    const QSignalBlocker quiet(m_list);
    const int row = std::max(0, m_list->currentRow());
    m_list->clear();
    m_list->addItem(tr("This computer"));
    for (const auto& profile : m_profiles)
        m_list->addItem(profile.name.isEmpty() ? tr("(no name yet)") : profile.name);
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
}

int ConnectionDialog::current() const
{
    return m_list->currentRow() - 1;
}

void ConnectionDialog::add()
{
    m_profiles.push_back({});
    m_storedNames.emplace_back();
    fillList();
    m_list->setCurrentRow(m_list->count() - 1);
    m_name->setFocus();
}

void ConnectionDialog::remove()
{
    if (current() < 0)
        return;
    const QString name = m_storedNames[static_cast<std::size_t>(current())];
    if (name.isEmpty())
        return removeNow(current());
    m_dialogs.ask(this,
                  {tr("Remove the server"), tr("Remove %1 and its password from this computer?").arg(name),
                   tr("Remove"), tr("Keep")},
                  [this, index = current()] { removeNow(index); });
}

/// What was edited meanwhile is kept by connecting only.
void ConnectionDialog::removeNow(int index)
{
    const QString name = m_storedNames[static_cast<std::size_t>(index)];
    if (!name.isEmpty()) {
        auto kept = readProfiles(m_settings);
        std::erase_if(kept, [&name](const ServerProfile& each) { return each.name == name; });
        writeProfiles(m_settings, kept);
        m_passwords.remove(name);
    }
    m_profiles.erase(m_profiles.begin() + index);
    m_storedNames.erase(m_storedNames.begin() + index);
    fillList();
    showProfile();
}

void ConnectionDialog::showProfile()
{
    const bool isServer = current() >= 0;
    const auto profile = isServer ? m_profiles[static_cast<std::size_t>(current())] : ServerProfile{};
    const QSignalBlocker quiet(m_port);
    m_name->setText(profile.name);
    m_host->setText(profile.host);
    m_port->setValue(profile.port);
    m_database->setText(profile.database);
    m_user->setText(profile.user);
    m_password->clear();
    m_tls->setCurrentIndex(m_tls->findData(QString(toText(profile.tls))));
    m_rootCertificate->setText(profile.rootCertificate);
    m_delivers->setChecked(!profile.attachOnly);
    m_form->setVisible(isServer);
    m_remove->setEnabled(isServer);
    check();
}

void ConnectionDialog::takeEdit()
{
    if (current() < 0)
        return;
    auto& profile = m_profiles[static_cast<std::size_t>(current())];
    profile.name = m_name->text().trimmed();
    profile.host = m_host->text().trimmed();
    profile.port = m_port->value();
    profile.database = m_database->text().trimmed();
    profile.user = m_user->text().trimmed();
    profile.tls = allTlsModes.at(static_cast<std::size_t>(m_tls->currentIndex()));
    profile.rootCertificate = m_rootCertificate->text().trimmed();
    profile.attachOnly = !m_delivers->isChecked();
    fillList();
    check();
}

void ConnectionDialog::check()
{
    QString problem;
    if (current() >= 0) {
        const auto& profile = m_profiles[static_cast<std::size_t>(current())];
        problem = problemOf(profile);
        const auto same =
            std::count_if(m_profiles.begin(), m_profiles.end(),
                          [&](const ServerProfile& other) { return other.name == profile.name; });
        if (problem.isEmpty() && same > 1)
            problem = tr("There is another one of this name.");
    }
    if (m_isRuled)
        problem =
            tr("The configuration names a database (database.url), which goes before what is chosen here. "
               "Take it out of the configuration first.");
    m_connect->setEnabled(problem.isEmpty());
    m_note->setTone(problem.isEmpty() ? Tone::Neutral : Tone::Warning);
    m_note->setText(!problem.isEmpty() ? problem
                    : current() < 0
                        ? tr("The database of the configuration, or a private one that Punctual runs itself "
                             "on this computer.")
                        : tr("The password is kept in the key ring of your session. Punctual starts anew to "
                             "connect."));
}

void ConnectionDialog::connectNow()
{
    std::vector<PasswordMoves::Move> moves;
    for (std::size_t i = 0; i < m_profiles.size(); ++i)
        if (!m_storedNames[i].isEmpty() && m_storedNames[i] != m_profiles[i].name)
            moves.push_back({m_storedNames[i], m_profiles[i].name});
    auto* moving = new PasswordMoves(m_passwords, std::move(moves), this);
    connect(moving, &PasswordMoves::failed, this, &ConnectionDialog::tellThatItCannotBeKept);
    connect(moving, &PasswordMoves::done, this, &ConnectionDialog::keepPassword);
    moving->start();
}

/// The names in the settings are those of the key ring from now on.
void ConnectionDialog::keepPassword()
{
    for (std::size_t i = 0; i < m_profiles.size(); ++i)
        m_storedNames[i] = m_profiles[i].name;
    writeProfiles(m_settings, m_profiles);
    const QString name = current() < 0 ? QString() : m_profiles[static_cast<std::size_t>(current())].name;
    if (name.isEmpty() || m_password->text().isEmpty()) {
        connectTo(name);
        return;
    }
    m_passwords.write(name, m_password->text(), this, [this, name](const Result<void>& written) {
        if (written)
            connectTo(name);
        else
            tellThatItCannotBeKept(written.error().detail);
    });
}

void ConnectionDialog::tellThatItCannotBeKept(const QString& detail)
{
    m_note->setTone(Tone::Bad);
    m_note->setText(tr("The password cannot be kept. %1").arg(detail));
}

void ConnectionDialog::connectTo(const QString& name)
{
    chooseProfile(m_settings, name);
    m_settings.sync();
    Q_EMIT connectRequested();
    accept();
}

} // namespace punctual::ui
