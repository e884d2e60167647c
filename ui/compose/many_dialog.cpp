// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/many_dialog.h"

#include "core/uuid_v7.h"
#include "ui/common/destination_combo.h"
#include "ui/common/detail_text.h"
#include "ui/common/dialogs.h"
#include "ui/common/icon.h"
#include "ui/common/letter_width.h"
#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"
#include "ui/common/verbatim_text.h"
#include "ui/common/wording.h"
#include "ui/compose/message_file_model.h"

#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr std::size_t atOnce = 1000; // in one transaction

} // namespace

ManyDialog::ManyDialog(const Workspace& workspace, QWidget* parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_form(new QWidget)
    , m_text(new QPlainTextEdit)
    , m_destination(new DestinationCombo(workspace, tr("None: every line names its own")))
    , m_model(new MessageFileModel(workspace.zone, this))
    , m_summary(new ToneLabel(Tone::Neutral))
    , m_open(new QPushButton(lineIcon(QStringLiteral("add")), tr("&Open a file…")))
{
    setWindowTitle(tr("Schedule many messages"));
    setAcceptDrops(true);
    m_text->setAcceptDrops(false); // the dialog takes files and texts
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Lines of CSV"));
    m_text->setPlaceholderText(
        QStringLiteral("destination,due_at,key,tags,body\n"
                       "orders,2026-12-01T09:00:00Z,customer-12,promo;spring,\"{\"\"order\"\": 7}\""));
    m_destination->setAccessibleName(tr("Destination of lines that name none"));
    m_summary->setAccessibleName(tr("Result of the check"));
    m_typing.setSingleShot(true);
    m_typing.setInterval(300ms);
    layOut();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_schedule->setEnabled(false); // until this text has been looked at
        m_typing.start();
    });
    connect(m_destination, &QComboBox::currentIndexChanged, this, &ManyDialog::check);
    connect(&m_typing, &QTimer::timeout, this, &ManyDialog::check);
    connect(m_open, &QPushButton::clicked, this, &ManyDialog::chooseFile);
    takeChecked({});
}

void ManyDialog::layOut()
{
    auto* table = new QTableView;
    table->setModel(m_model);
    table->setAccessibleName(tr("Checked lines"));
    makeDense(*table, {7, 38, 16, 30, 14});
    auto* line = new QHBoxLayout;
    auto* label = new QLabel(tr("&Destination of lines that name none:"));
    label->setBuddy(m_destination);
    line->addWidget(label);
    line->addWidget(m_destination);
    line->addStretch();
    line->addWidget(m_open);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_schedule = buttons->addButton(tr("&Schedule"), QDialogButtonBox::AcceptRole);
    auto* hint = new ToneLabel(Tone::Neutral);
    hint->setText(
        tr("Paste CSV or drop a file. The first line names the fields: destination, due_at or delay_ms, "
           "body, key, tags (between semicolons), priority, expires_after_ms, max_attempts, headers.NAME."));
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->addLayout(line);
    form->addWidget(m_text, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_form, 2);
    layout->addWidget(m_summary);
    layout->addWidget(table, 3);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 130, fontMetrics().height() * 36);
    connect(buttons, &QDialogButtonBox::accepted, this, &ManyDialog::schedule);
    connect(buttons, &QDialogButtonBox::rejected, this, &ManyDialog::reject);
}

void ManyDialog::setText(const QByteArray& text)
{
    m_text->setPlainText(QString::fromUtf8(text));
}

void ManyDialog::setDestination(const QString& name)
{
    if (!name.isEmpty())
        m_destination->setDestination(name);
}

void ManyDialog::openFile(const QString& path)
{
    m_summary->setText(tr("Reading the file…"));
    readTextFile(path, this, [this](const TextFile& file) {
        if (m_isStoring)
            return;
        if (file.problem.isEmpty()) {
            setText(file.text);
            return;
        }
        m_summary->setTone(Tone::Bad);
        m_summary->setText(tr("The file cannot be read. %1").arg(file.problem));
    });
}

void ManyDialog::chooseFile()
{
    auto* dialog =
        new QFileDialog(this, tr("Open a file of messages"), QString(), tr("CSV (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ManyDialog::openFile);
    dialog->open();
}

void ManyDialog::check()
{
    if (m_isStoring)
        return;
    m_schedule->setEnabled(false);
    readMessagesOfText(verbatimText(*m_text).toUtf8(), m_destination->destination(), this,
                       [this, number = ++m_check](const MessageFile& file) {
                           if (number == m_check && !m_isStoring)
                               takeChecked(file);
                       });
}

void ManyDialog::takeChecked(const MessageFile& file)
{
    m_model->show(file);
    m_waiting.clear(); // they are of another text
    const auto right = static_cast<int>(file.lines.size() - file.wrong);
    const auto wrong = static_cast<int>(file.wrong);
    m_schedule->setEnabled(right > 0);
    m_schedule->setText(right > 0 ? tr("&Schedule %n message(s)", nullptr, right) : tr("&Schedule"));
    QString text =
        file.lines.empty() ? tr("There is no line yet.") : tr("%n line(s) are right.", nullptr, right);
    if (wrong > 0)
        text += u' ' + tr("%n line(s) are wrong and are left out.", nullptr, wrong);
    if (file.isCut)
        text += u' ' + tr("Only the first %n line(s) are read; punctualctl takes files of any size.", nullptr,
                          static_cast<int>(MessageFile::mostLines));
    m_summary->setTone(wrong > 0 || file.isCut ? Tone::Warning : right > 0 ? Tone::Good : Tone::Neutral);
    m_summary->setText(text);
}

void ManyDialog::schedule()
{
    if (m_waiting.empty()) { // else the last try was cut off: with the same ids none is stored twice
        m_waiting = m_model->file().right();
        for (auto& message : m_waiting)
            message.id = makeUuidV7(m_workspace.clock.now());
        std::reverse(m_waiting.begin(), m_waiting.end());
        m_stored = 0;
    }
    setStoring(true);
    scheduleNext();
}

/// What is stored is what was checked: nothing can be changed meanwhile.
void ManyDialog::setStoring(bool storing)
{
    m_isStoring = storing;
    m_form->setEnabled(!storing);
    m_schedule->setEnabled(!storing);
    setAcceptDrops(!storing);
}

void ManyDialog::reject()
{
    if (!m_isStoring)
        return QDialog::reject();
    m_workspace.dialogs.ask(this,
                            {tr("Messages are being stored"),
                             tr("Stop now? What is stored already stays scheduled, the rest is not."),
                             tr("Stop storing"), tr("Go on")},
                            [this] {
                                m_isStoring = false;
                                QDialog::reject();
                            });
}

void ManyDialog::scheduleNext()
{
    const auto count = std::min(atOnce, m_waiting.size());
    std::vector<NewMessage> batch(m_waiting.rbegin(),
                                  m_waiting.rbegin() + static_cast<std::ptrdiff_t>(count));
    m_summary->setTone(Tone::Busy);
    m_summary->setText(
        tr("Storing: %1 of %2…").arg(m_stored).arg(static_cast<qsizetype>(m_waiting.size()) + m_stored));
    m_workspace.client.schedule(
        m_workspace.actor, std::move(batch), std::nullopt, this,
        [this, count](const Result<client::Scheduled>& answer) { takeScheduled(count, answer); });
}

void ManyDialog::takeScheduled(std::size_t count, const Result<client::Scheduled>& answer)
{
    if (!m_isStoring)
        return; // it was stopped
    if (!answer) {
        QString text = tr("%n message(s) are stored, the others are not.", nullptr, m_stored) + u' ' +
                       errorText(answer.error());
        if (!answer.error().fields.empty())
            text += u'\n' + answer.error().fields.front().pointer + u' ' +
                    detailText(answer.error().fields.front().detail);
        m_summary->setTone(Tone::Bad);
        m_summary->setText(text);
        setStoring(false);
        m_schedule->setText(tr("&Try again"));
        return;
    }
    m_waiting.resize(m_waiting.size() - count);
    m_stored += static_cast<int>(count);
    if (!m_waiting.empty()) {
        scheduleNext();
        return;
    }
    m_isStoring = false;
    Q_EMIT scheduled(m_stored);
    accept();
}

void ManyDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void ManyDialog::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.front().isLocalFile())
        openFile(urls.front().toLocalFile());
    else
        setText(event->mimeData()->text().toUtf8());
    event->acceptProposedAction();
}

} // namespace punctual::ui
