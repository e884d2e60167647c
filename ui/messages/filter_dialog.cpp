// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/filter_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/wording.h"
#include "ui/messages/time_range_edit.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace punctual::ui
{

FilterDialog::FilterDialog(const MessageFilter& filter, const Clock& clock, const QTimeZone& zone,
                           QWidget* parent)
    : QDialog(parent)
    , m_filter(filter)
    , m_tag(new QLineEdit(filter.tag))
    , m_key(new QLineEdit(filter.key))
    , m_due(new TimeRangeEdit(
          {tr("Due"), tr("Due from"), tr("Due before")},
          {TimeRangeEdit::PastHour, TimeRangeEdit::Today, TimeRangeEdit::NextHour, TimeRangeEdit::Tomorrow},
          clock, zone))
    , m_attempted(new TimeRangeEdit({tr("Attempt"), tr("Attempt from"), tr("Attempt before")},
                                    {TimeRangeEdit::PastHour, TimeRangeEdit::Today}, clock, zone))
    , m_results(new QComboBox)
{
    setWindowTitle(tr("Filter messages"));
    m_due->setEnds({filter.dueAfter, filter.dueBefore});
    m_attempted->setEnds({filter.attemptedAfter, filter.attemptedBefore});
    fillResults();
    layOut();
}

/// Anything, each by itself, all failures, and what the filter has if that is something else.
void FilterDialog::fillResults()
{
    const auto add = [this](const QString& text, const std::vector<AttemptResult>& results) {
        m_results->addItem(text);
        m_choices.push_back(results);
    };
    add(tr("Anything"), {});
    add(resultsText(repeatedResults()), repeatedResults());
    for (const auto result : allAttemptResults)
        add(resultsText({result}), {result});
    if (std::find(m_choices.begin(), m_choices.end(), m_filter.results) == m_choices.end())
        add(resultsText(m_filter.results), m_filter.results);
    const auto chosen = std::find(m_choices.begin(), m_choices.end(), m_filter.results);
    m_results->setCurrentIndex(static_cast<int>(chosen - m_choices.begin()));
}

void FilterDialog::layOut()
{
    m_tag->setAccessibleName(tr("Tag"));
    m_key->setAccessibleName(tr("Key"));
    m_results->setAccessibleName(tr("Result of the attempt"));
    m_tag->setPlaceholderText(tr("Exactly this tag"));
    m_key->setPlaceholderText(tr("Exactly this key"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Tag:"), m_tag);
    form->addRow(tr("&Key:"), m_key);
    form->addRow(tr("&Due:"), m_due);
    form->addRow(tr("An &attempt ended:"), m_attempted);
    form->addRow(tr("&Result:"), m_results);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(tr("&Filter"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    setMinimumWidth(letterWidth(fontMetrics()) * 60);
    connect(buttons, &QDialogButtonBox::accepted, this, &FilterDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &FilterDialog::reject);
}

void FilterDialog::choose()
{
    m_filter.tag = m_tag->text().trimmed();
    m_filter.key = m_key->text().trimmed();
    const auto due = m_due->ends();
    m_filter.dueAfter = due.after;
    m_filter.dueBefore = due.before;
    const auto attempted = m_attempted->ends();
    m_filter.attemptedAfter = attempted.after;
    m_filter.attemptedBefore = attempted.before;
    m_filter.results = m_choices.at(static_cast<std::size_t>(m_results->currentIndex()));
    Q_EMIT chosen(m_filter);
    accept();
}

} // namespace punctual::ui
