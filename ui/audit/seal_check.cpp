// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/seal_check.h"

#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace punctual::ui
{

namespace
{

constexpr int together = 20; // seals a question: each covers many rows

} // namespace

SealCheck::SealCheck(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_text(new ToneLabel(Tone::Neutral))
    , m_check(new QPushButton(tr("Chec&k the seals")))
{
    m_text->setAccessibleName(tr("Seals"));
    m_text->setText(tr("Seals show whether anybody has changed the audit. They are not checked yet."));
    m_check->setToolTip(tr("Reads the whole audit and works the seals out anew"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_check);
    connect(m_check, &QPushButton::clicked, this, &SealCheck::start);
}

void SealCheck::start()
{
    m_check->setEnabled(false);
    m_intact = 0;
    m_last.reset();
    m_broken.clear();
    readOn();
}

void SealCheck::readOn()
{
    m_workspace.client.checkSeals(m_workspace.actor, m_last ? m_last->number : 0, together, this,
                                  [this](const Result<std::vector<AuditSeal>>& answer) { take(answer); });
}

void SealCheck::take(const Result<std::vector<AuditSeal>>& answer)
{
    if (!answer) {
        say(false, errorText(answer.error()));
        return;
    }
    for (const auto& seal : *answer) {
        if (seal.intact)
            ++m_intact;
        else
            m_broken.push_back(seal);
        m_last = seal;
    }
    if (answer->size() < together) {
        showResult();
        return;
    }
    m_text->setTone(Tone::Neutral);
    m_text->setText(tr("Checking: %1 seals so far…").arg(QLocale().toString(m_last->number)));
    readOn();
}

void SealCheck::showResult()
{
    if (!m_last) {
        say(true, tr("Nothing is sealed yet. A node seals the audit as it runs."));
        return;
    }
    const QLocale locale;
    const auto sealedAt =
        timeText(std::chrono::floor<std::chrono::seconds>(m_last->sealedAt), m_workspace.zone);
    if (m_broken.empty()) {
        say(true, tr("%n seal(s) are intact. The last one is of %1.", nullptr, static_cast<int>(m_intact))
                      .arg(sealedAt));
        return;
    }
    const auto& first = m_broken.front();
    say(false,
        tr("%n seal(s) do not hold what they were made for: the audit was changed. The first is seal %1, of "
           "rows %2 to %3: %4 were sealed, %5 are there.",
           nullptr, static_cast<int>(m_broken.size()))
            .arg(locale.toString(first.number), locale.toString(first.firstId), locale.toString(first.lastId),
                 locale.toString(first.rows), locale.toString(first.found)));
}

void SealCheck::say(bool isGood, const QString& text)
{
    m_text->setTone(isGood ? Tone::Good : Tone::Bad);
    m_text->setText(text);
    m_check->setEnabled(true);
}

} // namespace punctual::ui
