// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/tone_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>

namespace punctual::ui
{

PreferencesDialog::PreferencesDialog(const Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , m_theme(new QComboBox)
    , m_language(new QComboBox)
    , m_notifies(new QCheckBox(tr("&Notifications for dead letters, quotas and a lost connection")))
    , m_closesToTray(new QCheckBox(tr("Keep running in the &tray while messages wait")))
    , m_note(new ToneLabel(Tone::Neutral))
{
    setWindowTitle(tr("Settings"));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->addItem(tr("As the system"), QString(wordOf(Theme::System)));
    m_theme->addItem(tr("Light"), QString(wordOf(Theme::Light)));
    m_theme->addItem(tr("Dark"), QString(wordOf(Theme::Dark)));
    m_theme->addItem(tr("High contrast"), QString(wordOf(Theme::HighContrast)));
    m_theme->setCurrentIndex(m_theme->findData(QString(wordOf(preferences.theme))));
    m_language->setAccessibleName(tr("Language"));
    m_language->addItem(tr("As the system"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    m_language->setCurrentIndex(std::max(0, m_language->findData(preferences.language)));
    m_notifies->setChecked(preferences.notifies);
    m_closesToTray->setChecked(preferences.closesToTray);
    auto* form = new QFormLayout;
    form->addRow(tr("T&heme:"), m_theme);
    form->addRow(tr("&Language:"), m_language);
    form->addRow(m_notifies);
    form->addRow(m_closesToTray);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    setMinimumWidth(letterWidth(fontMetrics()) * 60);
    connect(buttons, &QDialogButtonBox::rejected, this, &PreferencesDialog::reject);
    for (auto* combo : {m_theme, m_language})
        connect(combo, &QComboBox::currentIndexChanged, this, &PreferencesDialog::take);
    for (auto* box : {m_notifies, m_closesToTray})
        connect(box, &QCheckBox::toggled, this, &PreferencesDialog::take);
    connect(m_language, &QComboBox::currentIndexChanged, this,
            [this] { m_note->setText(tr("The language changes when Punctual is started again.")); });
}

void PreferencesDialog::take()
{
    Q_EMIT changed({parseTheme(m_theme->currentData().toString()), m_language->currentData().toString(),
                    m_notifies->isChecked(), m_closesToTray->isChecked()});
}

} // namespace punctual::ui
