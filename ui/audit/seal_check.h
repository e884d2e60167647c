// SPDX-License-Identifier: GPL-3.0-or-later
// Works out the seals of the audit anew, some at a time, and says whether anybody has changed what they
// cover.
#pragma once

#include "core/audit.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPushButton;

namespace punctual::ui
{

class ToneLabel;

class SealCheck : public QWidget
{
    Q_OBJECT

public:
    explicit SealCheck(const Workspace& workspace, QWidget* parent = nullptr);

private:
    void start();
    void readOn();
    void take(const Result<std::vector<AuditSeal>>& answer);
    void showResult();
    void say(bool isGood, const QString& text);

    const Workspace& m_workspace;
    qint64 m_intact = 0;
    std::optional<AuditSeal> m_last;
    std::vector<AuditSeal> m_broken;
    ToneLabel* m_text;
    QPushButton* m_check;
};

} // namespace punctual::ui
