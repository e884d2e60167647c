// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/view_frame.h"

#include "ui/common/tone_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedLayout>

namespace punctual::ui
{

ViewFrame::ViewFrame(QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_stale(new QWidget)
    , m_staleText(new ToneLabel(Tone::Warning))
    , m_pages(new QStackedLayout)
    , m_busy(new QProgressBar)
    , m_note(new QLabel)
    , m_retry(new QPushButton(tr("Try again")))
    , m_begin(new QPushButton)
{
    auto* staleLayout = new QHBoxLayout(m_stale);
    staleLayout->setContentsMargins(6, 2, 6, 2);
    staleLayout->addWidget(m_staleText, 1);
    m_stale->hide();

    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumWidth(200);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignCenter);
    auto* note = new QWidget;
    auto* noteLayout = new QVBoxLayout(note);
    noteLayout->addStretch();
    noteLayout->addWidget(m_note);
    noteLayout->addWidget(m_busy, 0, Qt::AlignHCenter);
    noteLayout->addWidget(m_retry, 0, Qt::AlignHCenter);
    noteLayout->addWidget(m_begin, 0, Qt::AlignHCenter);
    noteLayout->addStretch();
    connect(m_retry, &QPushButton::clicked, this, &ViewFrame::retryRequested);
    connect(m_begin, &QPushButton::clicked, this, &ViewFrame::beginningRequested);

    m_pages->addWidget(note);
    m_pages->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stale);
    layout->addLayout(m_pages, 1);
    showLoading();
}

void ViewFrame::showLoading()
{
    showNote(tr("Loading…"), true, false);
}

void ViewFrame::showContent()
{
    m_hasContent = true;
    m_stale->hide();
    m_pages->setCurrentIndex(1);
}

void ViewFrame::showEmpty(const QString& text)
{
    showNote(text, false, false);
}

void ViewFrame::showBeginning(const QString& text, const QString& action)
{
    if (m_note->text() == text && m_begin->isVisibleTo(this))
        return; // the button keeps the keyboard
    showNote(text, false, false);
    m_begin->setText(action);
    m_begin->show();
}

void ViewFrame::showError(const QString& text)
{
    if (!m_hasContent) {
        showNote(text, false, true);
        return;
    }
    m_staleText->setText(tr("Not up to date. %1").arg(text));
    m_stale->show();
}

void ViewFrame::showNote(const QString& text, bool busy, bool mayRetry)
{
    m_hasContent = false;
    m_stale->hide();
    m_note->setText(text);
    m_busy->setVisible(busy);
    m_retry->setVisible(mayRetry);
    m_begin->hide();
    m_pages->setCurrentIndex(0);
}

} // namespace punctual::ui
