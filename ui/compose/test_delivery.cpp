// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/test_delivery.h"

#include "ui/common/time_text.h"
#include "ui/common/wording.h"
#include "ui/messages/why_text.h"

namespace punctual::ui
{

TestDelivery::TestDelivery(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void TestDelivery::send(const QString& destination, const Content& content)
{
    m_sentAt = m_workspace.clock.now();
    m_destination = destination;
    Q_EMIT progressed(tr("Sending a test to %1…").arg(m_destination), Tone::Busy);
    m_workspace.client.testDestination(m_workspace.actor, destination, content, this,
                                       [this, number = ++m_number](const Result<DestinationTest>& answer) {
                                           if (number == m_number)
                                               take(answer);
                                       });
}

void TestDelivery::take(const Result<DestinationTest>& answer)
{
    if (!answer) {
        Q_EMIT progressed(tr("The test could not be sent. %1").arg(errorText(answer.error())), Tone::Bad);
        return;
    }
    if (answer->attempt) {
        tell(*answer->attempt);
        return;
    }
    QString text = answer->state == MessageState::Delivering
                       ? tr("The test to %1 has left and no answer has come yet.").arg(m_destination)
                       : tr("The test to %1 did not leave and will not.").arg(m_destination);
    if (answer->why) {
        Why why = *answer->why;
        why.expectedAt.reset(); // it has been taken back
        text += u' ' + whyText(why, m_workspace.clock.now(), m_workspace.zone);
    }
    Q_EMIT progressed(text, Tone::Warning);
}

void TestDelivery::tell(const Attempt& attempt)
{
    const QString status = attempt.status != 0 ? tr("HTTP %1").arg(attempt.status) : attempt.error;
    if (attempt.outcome == Outcome::Delivered)
        Q_EMIT progressed(tr("Test delivered to %1: %2, %3 after the click.")
                              .arg(m_destination, status, spanText(m_workspace.clock.now() - m_sentAt)),
                          Tone::Good);
    else
        Q_EMIT progressed(tr("The test to %1 failed (%2). %3")
                              .arg(m_destination, outcomeName(attempt.outcome),
                                   attempt.error.isEmpty() ? status : attempt.error),
                          Tone::Bad);
}

} // namespace punctual::ui
