// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/start_window.h"

#include "ui/common/icon.h"
#include "ui/common/wording.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace punctual::ui
{

StartWindow::StartWindow(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_detail(new QLabel)
    , m_busy(new QProgressBar)
    , m_retry(new QPushButton(tr("&Try again")))
    , m_connection(new QPushButton(tr("Another &server…")))
    , m_quit(new QPushButton(tr("&Quit")))
{
    setWindowTitle(QStringLiteral("Punctual"));
    setMinimumWidth(440);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_text->setFont(large);
    m_text->setWordWrap(true);
    m_detail->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Progress"));

    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(QSize(64, 64), devicePixelRatio()));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_connection);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_quit);
    auto* column = new QVBoxLayout;
    column->addWidget(m_text);
    column->addWidget(m_detail, 1);
    column->addWidget(m_busy);
    column->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 18, 18, 14);
    layout->setSpacing(16);
    layout->addWidget(picture, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    connect(m_retry, &QPushButton::clicked, this, &StartWindow::retryRequested);
    connect(m_connection, &QPushButton::clicked, this, &StartWindow::connectionRequested);
    connect(m_quit, &QPushButton::clicked, this, &StartWindow::close);
    showStarting();
}

void StartWindow::showStarting()
{
    m_text->setText(tr("Starting the database…"));
    m_detail->setText(tr("The first start on a machine takes a few seconds."));
    m_busy->show();
    m_retry->hide();
    m_connection->hide();
}

void StartWindow::showError(const Error& error)
{
    m_text->setText(tr("Punctual could not start"));
    m_detail->setText(errorText(error));
    m_busy->hide();
    m_retry->show();
    m_connection->show();
    m_retry->setFocus();
}

void StartWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace punctual::ui
