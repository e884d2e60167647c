// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules many messages from CSV that is pasted, dropped or chosen: every line is checked and shown before
// anything is stored.
#pragma once

#include "ui/common/workspace.h"

#include <QDialog>
#include <QTimer>

class QPlainTextEdit;
class QPushButton;

namespace punctual::ui
{

class DestinationCombo;
class MessageFileModel;
class ToneLabel;
struct MessageFile;

class ManyDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ManyDialog(const Workspace& workspace, QWidget* parent = nullptr);

    void setText(const QByteArray& text);
    void openFile(const QString& path);
    /// Of lines that name none.
    void setDestination(const QString& name);
    /// Asks first while messages are being stored.
    void reject() override;

Q_SIGNALS:
    void scheduled(int count);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void layOut();
    void chooseFile();
    void check();
    void takeChecked(const MessageFile& file);
    void schedule();
    void setStoring(bool storing);
    void scheduleNext();
    void takeScheduled(std::size_t count, const Result<client::Scheduled>& answer);

    const Workspace& m_workspace;
    QWidget* m_form; // all but what it says and the buttons
    QPlainTextEdit* m_text;
    DestinationCombo* m_destination;
    MessageFileModel* m_model;
    ToneLabel* m_summary;
    QPushButton* m_open;
    QPushButton* m_schedule;
    QTimer m_typing;
    quint64 m_check = 0;               // results of older ones are dropped
    std::vector<NewMessage> m_waiting; // that are still to be stored, the last one first
    int m_stored = 0;
    bool m_isStoring = false;
};

} // namespace punctual::ui
