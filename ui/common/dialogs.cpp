// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/dialogs.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace punctual::ui
{

void MessageBoxDialogs::ask(QWidget* parent, const Question& question, std::function<void()> accepted)
{
    auto* box =
        new QMessageBox(QMessageBox::Question, question.title, question.text, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* accept = box->addButton(question.accept, QMessageBox::AcceptRole);
    auto* reject = box->addButton(question.reject, QMessageBox::RejectRole);
    box->setDefaultButton(question.isHarmless ? accept : reject);
    box->setEscapeButton(reject);
    QObject::connect(accept, &QPushButton::clicked, box, std::move(accepted));
    box->open();
}

void MessageBoxDialogs::askForFile(QWidget* parent, const FileQuestion& question,
                                   std::function<void(const QString&)> chosen)
{
    auto* dialog = new QFileDialog(parent, question.title, question.name, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, std::move(chosen));
    dialog->open();
}

} // namespace punctual::ui
