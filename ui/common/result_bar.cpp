// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/result_bar.h"

#include "ui/common/icon.h"
#include "ui/common/tone_label.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace punctual::ui
{

ResultBar::ResultBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new ToneLabel(Tone::Neutral))
    , m_button(new QPushButton(lineIcon(QStringLiteral("restore")), tr("&Undo")))
{
    m_text->setAccessibleName(tr("Result"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setShortcut(QKeySequence::Undo);
    m_button->setToolTip(
        tr("Take it back (%1)").arg(m_button->shortcut().toString(QKeySequence::NativeText)));
    m_button->hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    connect(m_button, &QPushButton::clicked, this, &ResultBar::undo);
    connect(&m_patience, &QTimer::timeout, this, &ResultBar::withdraw);
    hide();
}

void ResultBar::show(const QString& text, Tone tone)
{
    withdraw();
    m_text->setTone(tone);
    m_text->setText(text);
    setVisible(!text.isEmpty());
}

void ResultBar::clear()
{
    show({}, Tone::Neutral);
}

void ResultBar::offerUndo(std::function<void()> undo)
{
    m_undo = std::move(undo);
    m_button->show();
    m_patience.start();
    Q_EMIT undoOffered(true);
}

QString ResultBar::text() const
{
    return m_text->text();
}

void ResultBar::undo()
{
    const auto undo = std::exchange(m_undo, {});
    withdraw();
    if (undo)
        undo();
}

void ResultBar::withdraw()
{
    m_patience.stop();
    m_undo = {};
    m_button->hide();
    Q_EMIT undoOffered(false);
}

} // namespace punctual::ui
