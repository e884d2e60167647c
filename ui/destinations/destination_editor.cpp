// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/destination_editor.h"

#include "core/destination_json.h"
#include "core/field_reader.h"
#include "ui/common/dialogs.h"
#include "ui/common/form_field.h"
#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/destinations/setting_form.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>

namespace punctual::ui
{

DestinationEditor::DestinationEditor(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new SettingForm(this))
    , m_title(new QLabel)
    , m_name(new QLineEdit)
    , m_nameField(new FormField(m_name, tr("Name")))
    , m_result(new ToneLabel(Tone::Neutral))
    , m_save(new QPushButton(lineIcon(QStringLiteral("save")), tr("&Save")))
    , m_cancel(new QPushButton(tr("&Cancel")))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_title->setFont(large);
    m_name->setPlaceholderText(tr("orders"));
    m_result->setAccessibleName(tr("Result"));
    m_save->setShortcut(QKeySequence::Save);
    m_save->setToolTip(tr("Save (Ctrl+S)"));
    layOut();
    connect(m_form, &SettingForm::edited, this, &DestinationEditor::check);
    connect(m_name, &QLineEdit::textChanged, this, &DestinationEditor::check);
    connect(m_save, &QPushButton::clicked, this, &DestinationEditor::save);
    connect(m_cancel, &QPushButton::clicked, this, &DestinationEditor::leave);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &DestinationEditor::leave);
}

void DestinationEditor::layOut()
{
    auto* columns = new QWidget;
    auto* both = new QHBoxLayout(columns);
    both->setContentsMargins(0, 0, 6, 0);
    both->setSpacing(12);
    both->addWidget(makeLeft(), 1);
    both->addWidget(makeRight(), 1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(columns);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_result, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
}

QWidget* DestinationEditor::makeLeft()
{
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    addRequest(*column);
    addSecrets(*column);
    column->addStretch();
    return left;
}

QWidget* DestinationEditor::makeRight()
{
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    addRetries(*column);
    addLimits(*column);
    addBreaker(*column);
    column->addStretch();
    return right;
}

QFormLayout* DestinationEditor::addBox(QVBoxLayout& column, const QString& title, const QString& pointer)
{
    auto* box = new QGroupBox(title);
    auto* rows = new QFormLayout(box);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (!pointer.isEmpty())
        m_form->addGroup(*box, pointer);
    column.addWidget(box);
    return rows;
}

void DestinationEditor::addRequest(QVBoxLayout& column)
{
    auto* rows = addBox(column, tr("Request"));
    rows->addRow(tr("&Name:"), m_nameField);
    m_form->addText(*rows, QStringLiteral("/url"), tr("&URL:"),
                    QStringLiteral("https://api.example.com/hook"));
    std::vector<SettingForm::Choice> methods;
    for (const auto& method : {QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                               QStringLiteral("GET"), QStringLiteral("DELETE")})
        methods.push_back({method, method});
    m_form->addChoice(*rows, QStringLiteral("/method"), tr("Meth&od:"), methods);
    m_form->addLines(*rows, QStringLiteral("/headers"), tr("H&eaders:"),
                     QStringLiteral("X-Campaign: spring"));
    m_form->addSpan(*rows, QStringLiteral("/timeout_ms"), tr("&Time limit:"), QStringLiteral("10s"));
    m_form->addNumber(*rows, QStringLiteral("/max_concurrency"), tr("At the same t&ime:"),
                      QStringLiteral("64"));
    m_form->addChoice(*rows, QStringLiteral("/on_unknown"), tr("&Without an answer:"),
                      {{QStringLiteral("retry"), tr("Send it again, with the same idempotency key")},
                       {QStringLiteral("hold"), tr("Hold it until a person decides")}});
    m_form->addCheck(*rows, QStringLiteral("/http2"), tr("HTTP/&2"));
    m_form->addCheck(*rows, QStringLiteral("/allow_private_addresses"), tr("&Private addresses are allowed"));
}

void DestinationEditor::addSecrets(QVBoxLayout& column)
{
    auto* rows = addBox(column, tr("Signature"));
    m_form->addSecret(*rows, QStringLiteral("/signing_secret"), tr("Si&gning secret:"),
                      QStringLiteral("whsec_…"));
    m_form->addSecret(*rows, QStringLiteral("/previous_signing_secret"), tr("P&revious secret:"),
                      QStringLiteral("whsec_…"));
}

void DestinationEditor::addRetries(QVBoxLayout& column)
{
    auto* rows = addBox(column, tr("Retries"));
    m_form->addNumber(*rows, QStringLiteral("/retry/max_attempts"), tr("Attempts:"), QStringLiteral("5"));
    m_form->addChoice(*rows, QStringLiteral("/retry/backoff"), tr("Waits:"),
                      {{QStringLiteral("exponential"), tr("Longer each time")},
                       {QStringLiteral("fixed"), tr("Always the same")},
                       {QStringLiteral("list"), tr("By a list (set through the API)")}});
    m_form->addSpan(*rows, QStringLiteral("/retry/initial_delay_ms"), tr("First wait:"),
                    QStringLiteral("1s"));
    m_form->addNumber(*rows, QStringLiteral("/retry/factor"), tr("Factor:"), QStringLiteral("2"));
    m_form->addSpan(*rows, QStringLiteral("/retry/max_delay_ms"), tr("Longest wait:"), QStringLiteral("1h"));
    m_form->addNumber(*rows, QStringLiteral("/retry/jitter"), tr("Jitter:"), tr("0.1 for ±10 %, or full"));
}

void DestinationEditor::addLimits(QVBoxLayout& column)
{
    auto* rate = addBox(column, tr("Rate limit"), QStringLiteral("/rate_limit"));
    m_form->addChoice(*rate, QStringLiteral("/rate_limit/algorithm"), tr("Rule:"),
                      {{QStringLiteral("token_bucket"), tr("Token bucket")},
                       {QStringLiteral("leaky_bucket"), tr("Leaky bucket: evenly spaced")},
                       {QStringLiteral("fixed_window"), tr("Fixed window")},
                       {QStringLiteral("sliding_window"), tr("Sliding window")},
                       {QStringLiteral("sliding_log"), tr("Sliding log: exact")}});
    m_form->addNumber(*rate, QStringLiteral("/rate_limit/limit"), tr("Calls:"), QStringLiteral("100"));
    m_form->addSpan(*rate, QStringLiteral("/rate_limit/per_ms"), tr("Each:"), QStringLiteral("1s"));
    m_form->addNumber(*rate, QStringLiteral("/rate_limit/burst"), tr("At once:"),
                      tr("as many as the calls; token bucket only"));
    auto* quota = addBox(column, tr("Quota"), QStringLiteral("/quota"));
    m_form->addNumber(*quota, QStringLiteral("/quota/limit"), tr("Calls:"), QStringLiteral("100000"));
    m_form->addChoice(*quota, QStringLiteral("/quota/per"), tr("Each:"),
                      {{QStringLiteral("day"), tr("Day")},
                       {QStringLiteral("minute"), tr("Minute")},
                       {QStringLiteral("hour"), tr("Hour")},
                       {QStringLiteral("month"), tr("Month")}});
    m_form->addText(*quota, QStringLiteral("/quota/time_zone"), tr("Time zone:"), QStringLiteral("UTC"));
}

void DestinationEditor::addBreaker(QVBoxLayout& column)
{
    auto* rows = addBox(column, tr("Circuit breaker"), QStringLiteral("/circuit_breaker"));
    m_form->addNumber(*rows, QStringLiteral("/circuit_breaker/failure_ratio"), tr("Share of failures:"),
                      QStringLiteral("0.5"));
    m_form->addNumber(*rows, QStringLiteral("/circuit_breaker/min_calls"), tr("Of at least calls:"),
                      QStringLiteral("20"));
    m_form->addSpan(*rows, QStringLiteral("/circuit_breaker/window_ms"), tr("Within:"), QStringLiteral("1m"));
    m_form->addSpan(*rows, QStringLiteral("/circuit_breaker/open_ms"), tr("Stays open:"),
                    QStringLiteral("30s"));
}

void DestinationEditor::create()
{
    m_stored.reset();
    m_title->setText(tr("New destination"));
    m_name->setEnabled(true);
    m_name->clear();
    QJsonObject values = settingsOf(Destination{});
    values.remove(QStringLiteral("url"));
    begin(values);
    m_name->setFocus();
}

void DestinationEditor::edit(const Destination& destination)
{
    m_stored = destination;
    m_title->setText(tr("Settings of %1").arg(destination.name));
    m_name->setText(destination.name);
    m_name->setEnabled(false);
    begin(toJson(destination));
    m_form->focusError();
}

void DestinationEditor::begin(const QJsonObject& values)
{
    m_form->setValues(values);
    m_before = given();
    m_nameField->setError({});
    m_result->clear();
    m_save->setEnabled(!m_stored);
}

/// What is in the form, without what goes with other choices only.
QJsonObject DestinationEditor::given() const
{
    QJsonObject values = m_form->values();
    QJsonObject rate = values.value(QStringLiteral("rate_limit")).toObject();
    if (!rate.isEmpty() && rate.value(QStringLiteral("algorithm")) != QStringLiteral("token_bucket")) {
        rate.remove(QStringLiteral("burst"));
        values.insert(QStringLiteral("rate_limit"), rate);
    }
    QJsonObject retry = values.value(QStringLiteral("retry")).toObject();
    if (retry.value(QStringLiteral("backoff")) != QStringLiteral("list")) {
        retry.remove(QStringLiteral("delays_ms"));
        values.insert(QStringLiteral("retry"), retry);
    }
    QJsonObject quota = values.value(QStringLiteral("quota")).toObject();
    if (quota.value(QStringLiteral("time_zone")) == QString()) {
        quota.remove(QStringLiteral("time_zone"));
        values.insert(QStringLiteral("quota"), quota);
    }
    if (!m_form->values().value(QStringLiteral("quota")).isObject())
        values.insert(QStringLiteral("quota"), QJsonValue::Null);
    return values;
}

/// Only what was changed: what others change meanwhile stays.
QJsonObject DestinationEditor::change() const
{
    const QJsonObject after = given();
    QJsonObject change;
    for (auto field = after.begin(); field != after.end(); ++field)
        if (field.value() != m_before.value(field.key()))
            change.insert(field.key(), field.value());
    QJsonObject headers = change.value(QStringLiteral("headers")).toObject();
    const QJsonObject before = m_before.value(QStringLiteral("headers")).toObject();
    if (change.contains(QStringLiteral("headers"))) {
        for (auto header = before.begin(); header != before.end(); ++header)
            if (!headers.contains(header.key()))
                headers.insert(header.key(), QJsonValue::Null);
        change.insert(QStringLiteral("headers"), headers);
    }
    return change;
}

std::vector<FieldError> DestinationEditor::problems() const
{
    const auto read =
        m_stored ? patchDestination(*m_stored, change()) : readDestination(m_name->text().trimmed(), given());
    return read ? std::vector<FieldError>{} : read.error().fields;
}

void DestinationEditor::check()
{
    const auto errors = problems();
    const bool isChanged = !m_stored || !change().isEmpty();
    showErrors(errors, false);
    m_result->clear();
    offer(*m_save, m_workspace.rights, Right::ChangeDestinations, isChanged);
}

bool DestinationEditor::showErrors(const std::vector<FieldError>& errors, bool ofAll)
{
    const auto others = m_form->showErrors(errors, ofAll);
    QStringList texts;
    m_nameField->setError({});
    for (const auto& error : others) {
        if (error.pointer != u"/name")
            texts << error.pointer + u' ' + error.detail;
        else if (ofAll || !m_name->text().isEmpty())
            m_nameField->setError(error.detail);
    }
    if (!errors.empty() && ofAll) {
        m_result->setTone(Tone::Bad);
        m_result->setText(texts.isEmpty() ? tr("Not saved: see the fields above.")
                                          : tr("Not saved. %1").arg(texts.join(u'\n')));
        m_form->focusError();
        if (!m_nameField->error().isEmpty())
            m_name->setFocus();
    }
    return errors.empty();
}

void DestinationEditor::save()
{
    if (!showErrors(problems(), true))
        return;
    m_save->setEnabled(false);
    m_result->setTone(Tone::Neutral);
    m_result->setText(tr("Saving…"));
    const QString name = m_name->text().trimmed();
    if (m_stored)
        m_workspace.client.patch(m_workspace.actor, name, change(), this,
                                 [this](const Result<Destination>& answer) { take(answer); });
    else
        m_workspace.client.put(m_workspace.actor, name, given(), this,
                               [this](const Result<client::PutDestination>& answer) {
                                   take(answer.map([](const auto& put) { return put.destination; }));
                               });
}

void DestinationEditor::take(const Result<Destination>& answer)
{
    m_save->setEnabled(true);
    if (answer) {
        m_before = given(); // nothing is unsaved any more
        Q_EMIT saved(answer->name);
        return;
    }
    m_result->setTone(Tone::Bad);
    m_result->setText(tr("Not saved. %1").arg(errorText(answer.error())));
    if (!answer.error().fields.empty())
        showErrors(answer.error().fields, true);
}

void DestinationEditor::leave()
{
    if (given() == m_before) {
        Q_EMIT left();
        return;
    }
    m_workspace.dialogs.ask(window(),
                            {tr("Unsaved changes"), tr("Leave without saving?"), tr("Leave"), tr("Go on")},
                            [this] { Q_EMIT left(); });
}

} // namespace punctual::ui
