// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/compose_page.h"

#include "core/message_json.h"
#include "core/uuid_v7.h"
#include "ui/common/destination_combo.h"
#include "ui/common/detail_text.h"
#include "ui/common/dialogs.h"
#include "ui/common/form_field.h"
#include "ui/common/icon.h"
#include "ui/common/letter_width.h"
#include "ui/common/offer.h"
#include "ui/common/result_bar.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/compose/content_tabs.h"
#include "ui/compose/due_editor.h"
#include "ui/compose/forecast_advice.h"
#include "ui/compose/many_dialog.h"
#include "ui/compose/test_delivery.h"
#include "ui/messages/verdict_text.h"

#include <QAction>
#include <QCryptographicHash>
#include <QDragEnterEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

namespace punctual::ui
{

ComposePage::ComposePage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_destination(new DestinationCombo(workspace, QString()))
    , m_due(new DueEditor(workspace.clock, workspace.zone))
    , m_advice(new ForecastAdvice(workspace))
    , m_content(new ContentTabs(workspace))
    , m_priority(new QComboBox)
    , m_key(new QLineEdit)
    , m_tags(new QLineEdit)
    , m_schedule(new QPushButton(lineIcon(QStringLiteral("schedule")), tr("&Schedule")))
    , m_test(new QPushButton(lineIcon(QStringLiteral("resume")), tr("S&end a test now")))
    , m_many(new QPushButton(lineIcon(QStringLiteral("add")), tr("Many from &CSV…")))
    , m_refused(new ToneLabel(Tone::Warning))
    , m_result(new ResultBar)
    , m_open(new QPushButton(tr("Show i&n the list")))
    , m_destinationField(new FormField(m_destination, tr("Destination")))
    , m_dueField(new FormField(m_due, tr("Due")))
    , m_payloadField(new FormField(m_content, tr("Payload")))
    , m_priorityField(new FormField(m_priority, tr("Priority")))
    , m_keyField(new FormField(m_key, tr("Ordering key")))
    , m_tagsField(new FormField(m_tags, tr("Tags")))
    , m_testDelivery(new TestDelivery(workspace, this))
{
    for (const auto priority : allPriorities)
        m_priority->addItem(priorityName(priority), QString(toText(priority)));
    m_priority->setCurrentIndex(m_priority->findData(QString(toText(Priority::Normal))));
    m_destination->setMaximumWidth(letterWidth(fontMetrics()) * 60);
    m_key->setMaxLength(200);
    m_key->setPlaceholderText(tr("customer-12"));
    m_tags->setPlaceholderText(tr("promo, spring"));
    m_tags->setToolTip(tr("Words to find it by, separated by commas"));
    m_schedule->setDefault(true);
    m_schedule->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_schedule->setToolTip(tr("Schedule this message (Ctrl+Enter)"));
    m_test->setToolTip(tr("The third party gets this message at once, whatever its due time"));
    m_many->setToolTip(tr("Paste or drop a table of messages"));
    makeCommands();
    layOut();
    connectEdits();
    connect(&workspace.rights, &Rights::changed, this, &ComposePage::offerCommands);
    offerCommands();
}

void ComposePage::makeCommands()
{
    const auto add = [this](const QString& icon, const QString& text, void (ComposePage::*slot)()) {
        auto* action = new QAction(lineIcon(icon), text, this);
        connect(action, &QAction::triggered, this, slot);
        m_commands.append(action);
    };
    add(QStringLiteral("schedule"), tr("Sc&hedule the message in the form"), &ComposePage::schedule);
    add(QStringLiteral("resume"), tr("Send a &test of it now"), &ComposePage::sendTest);
    auto* many = new QAction(m_many->icon(), tr("Schedule &many from CSV…"), this);
    many->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    connect(many, &QAction::triggered, this, [this] { openMany(); });
    m_commands.append(many);
}

/// Said above the form before somebody fills it in; what holds for all pages the window says.
void ComposePage::offerCommands()
{
    const auto& rights = m_workspace.rights;
    for (auto* button : {m_test, m_many})
        offer(*button, rights, Right::Schedule);
    offer(*m_schedule, rights, Right::Schedule, !m_isStoring);
    for (auto* command : std::as_const(m_commands))
        offer(*command, rights, Right::Schedule);
    m_refused->setText(rights.notice().isEmpty() ? rights.whyNot(Right::Schedule) : QString());
    m_refused->setVisible(!m_refused->text().isEmpty());
    setAcceptDrops(rights.may(Right::Schedule));
}

void ComposePage::begin()
{
    m_destination->setFocus(Qt::ShortcutFocusReason);
}

void ComposePage::layOut()
{
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(makeResult(), 1);
    buttons->addWidget(m_many, 0, Qt::AlignTop);
    buttons->addWidget(m_test, 0, Qt::AlignTop);
    buttons->addWidget(m_schedule, 0, Qt::AlignTop);
    m_refused->setAccessibleName(tr("What one may do here"));
    auto* column = new QVBoxLayout;
    column->addWidget(m_refused);
    column->addWidget(makeForm(), 1);
    column->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->addLayout(column);
}

QWidget* ComposePage::makeForm()
{
    auto* details = new QHBoxLayout;
    const auto add = [details](const QString& name, FormField* field, int stretch) {
        auto* label = new QLabel(name);
        label->setBuddy(field);
        label->setMinimumHeight(field->sizeHint().height());
        details->addWidget(label, 0, Qt::AlignTop);
        details->addWidget(field, stretch, Qt::AlignTop);
    };
    details->addWidget(m_priorityField, 0, Qt::AlignTop);
    details->addSpacing(8);
    add(tr("&Key:"), m_keyField, 2);
    details->addSpacing(8);
    add(tr("Ta&gs:"), m_tagsField, 1);

    auto* form = new QWidget;
    auto* rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    rows->addRow(tr("Destinati&on:"), m_destinationField);
    auto* due = new QVBoxLayout;
    due->setSpacing(2);
    due->addWidget(m_dueField);
    due->addWidget(m_advice);
    rows->addRow(tr("Due:"), due);
    rows->addRow(tr("P&riority:"), details);
    rows->addRow(tr("&Payload:"), m_payloadField);
    static_cast<QLabel*>(rows->labelForField(details))->setBuddy(m_priorityField);
    m_payloadField->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    return form;
}

QWidget* ComposePage::makeResult()
{
    auto* result = new QWidget;
    auto* layout = new QHBoxLayout(result);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_result, 1);
    layout->addWidget(m_open, 0, Qt::AlignTop);
    m_open->hide();
    return result;
}

void ComposePage::connectEdits()
{
    connect(m_destination, &QComboBox::currentIndexChanged, this, &ComposePage::takeEdit);
    connect(m_due, &DueEditor::changed, this, &ComposePage::takeEdit);
    connect(m_content, &ContentTabs::changed, this, &ComposePage::takeEdit);
    connect(m_destination, &QComboBox::currentIndexChanged, this, &ComposePage::takeTarget);
    connect(m_due, &DueEditor::changed, this, &ComposePage::takeTarget);
    connect(m_test, &QPushButton::clicked, this, &ComposePage::sendTest);
    connect(m_many, &QPushButton::clicked, this, [this] { openMany(); });
    connect(m_testDelivery, &TestDelivery::progressed, this, [this](const QString& text, Tone tone) {
        m_open->hide();
        m_result->show(text, tone);
    });
    connect(m_priority, &QComboBox::currentIndexChanged, this, &ComposePage::takeEdit);
    connect(m_key, &QLineEdit::textChanged, this, &ComposePage::takeEdit);
    connect(m_tags, &QLineEdit::textChanged, this, &ComposePage::takeEdit);
    connect(m_schedule, &QPushButton::clicked, this, &ComposePage::schedule);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT showRequested(m_scheduled); });
}

/// It is another message now.
void ComposePage::takeEdit()
{
    m_next = {};
    clearErrors();
    m_dueField->setError(m_due->problem());
}

void ComposePage::takeTarget()
{
    const auto due = m_due->expected();
    m_advice->show(m_destination->destination(), due);
    m_content->setTarget(m_destination->destination(), due.value_or(m_workspace.clock.now()));
}

bool ComposePage::showOwnProblems()
{
    clearErrors();
    m_destinationField->setError(m_destination->destination().isEmpty() ? tr("Choose a destination.")
                                                                        : QString());
    m_dueField->setError(m_due->problem());
    const auto limits = MessageLimits{};
    if (tagsIn(m_tags->text()).size() > limits.tags)
        m_tagsField->setError(tr("At most %n tag(s).", nullptr, static_cast<int>(limits.tags)));
    for (auto* field : {m_destinationField, m_dueField, m_tagsField})
        if (!field->error().isEmpty()) {
            field->setFocus();
            return true;
        }
    if (!m_content->problem().isEmpty()) // it says so itself
        m_content->showProblem();
    return !m_content->problem().isEmpty();
}

void ComposePage::schedule()
{
    m_open->hide();
    m_result->clear();
    if (showOwnProblems() || !m_schedule->isEnabled())
        return;
    if (m_next.isNull())
        m_next = makeUuidV7(m_workspace.clock.now());
    m_isStoring = true;
    offerCommands();
    showResult(tr("Storing…"), true);
    // Asked again after an answer that got lost, it is not stored a second time.
    const auto hash = QCryptographicHash::hash(message().content.body, QCryptographicHash::Sha256);
    const client::Idempotency once{toText(m_next), hash};
    m_workspace.client.schedule(m_workspace.actor, {message()}, once, this,
                                [this](const Result<client::Scheduled>& answer) { take(answer); });
}

NewMessage ComposePage::message() const
{
    NewMessage message;
    message.id = m_next;
    message.destination = m_destination->destination();
    message.due = *m_due->due();
    message.content = m_content->content();
    message.priority = parsePriority(m_priority->currentData().toString()).value_or(Priority::Normal);
    message.key = m_key->text().trimmed();
    message.tags = tagsIn(m_tags->text());
    return message;
}

void ComposePage::take(const Result<client::Scheduled>& answer)
{
    m_isStoring = false;
    offerCommands();
    if (answer)
        showScheduled(*answer);
    else
        showError(answer.error());
}

void ComposePage::showScheduled(const client::Scheduled& scheduled)
{
    const auto& item = scheduled.items.front();
    m_next = {};
    m_scheduled = item.id;
    showResult(tr("Scheduled for %1 (%2), id %3.")
                   .arg(timeText(item.dueAt, m_workspace.zone), relativeText(item.dueAt, scheduled.createdAt),
                        toText(item.id)),
               true);
    m_open->show();
    m_result->offerUndo([this, id = item.id] { cancelScheduled(id); });
}

/// The verdict says whether it was in time.
void ComposePage::cancelScheduled(const MessageId& id)
{
    m_workspace.client.cancel(m_workspace.actor, id, this, [this](const Result<CancelVerdict>& answer) {
        if (answer)
            showResult(verdictText(*answer, m_workspace.zone), answer->isCancelled());
        else
            showResult(tr("Not taken back. %1").arg(errorText(answer.error())), false);
    });
}

void ComposePage::sendTest()
{
    m_open->hide();
    m_result->clear();
    if (showOwnProblems())
        return;
    const QString destination = m_destination->destination();
    m_workspace.dialogs.ask(
        window(),
        {tr("Send a test"),
         tr("Send this message to %1 now? The third party takes it for a real one.").arg(destination),
         tr("Send it now"), tr("Do not send")},
        // What is agreed to, although the form may be another one by then.
        [this, destination, content = m_content->content()] { m_testDelivery->send(destination, content); });
}

void ComposePage::openMany(const QString& path)
{
    auto* dialog = new ManyDialog(m_workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDestination(m_destination->destination());
    if (!path.isEmpty())
        dialog->openFile(path);
    connect(dialog, &ManyDialog::scheduled, this, [this](int count) {
        m_open->hide();
        showResult(tr("%n message(s) scheduled.", nullptr, count), true);
    });
    dialog->open();
}

void ComposePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void ComposePage::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.front().isLocalFile())
        return;
    event->acceptProposedAction();
    openMany(urls.front().toLocalFile());
}

void ComposePage::showError(const Error& error)
{
    bool isPlaced = !error.fields.empty();
    for (const auto& wrong : error.fields) {
        auto* field = fieldOf(wrong.pointer);
        isPlaced = isPlaced && field != nullptr;
        if (field != nullptr)
            field->setError(detailText(wrong.detail));
    }
    showResult(isPlaced ? tr("Not scheduled: see the fields above.")
                        : tr("Not scheduled. %1").arg(errorText(error)),
               false);
}

FormField* ComposePage::fieldOf(const QString& pointer) const
{
    const QString name = pointer.section(u'/', 3, 3); // /messages/0/<name>
    if (name == u"destination")
        return m_destinationField;
    if (name == u"due_at" || name == u"delay_ms")
        return m_dueField;
    if (name == u"payload" || name == u"body" || name == u"content_type" || name == u"headers")
        return m_payloadField;
    if (name == u"priority")
        return m_priorityField;
    if (name == u"key")
        return m_keyField;
    return name == u"tags" ? m_tagsField : nullptr;
}

void ComposePage::clearErrors()
{
    for (auto* field :
         {m_destinationField, m_dueField, m_payloadField, m_priorityField, m_keyField, m_tagsField})
        field->setError({});
}

void ComposePage::showResult(const QString& text, bool worked)
{
    m_result->show(text, worked ? Tone::Good : Tone::Bad);
}

} // namespace punctual::ui
