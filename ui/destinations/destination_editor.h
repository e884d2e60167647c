// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of one destination: checked as one types, by the same rules that the database's clients share.
// Secrets are written and never shown.
#pragma once

#include "core/destination.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace punctual::ui
{

class FormField;
class SettingForm;
class ToneLabel;

class DestinationEditor : public QWidget
{
    Q_OBJECT

public:
    explicit DestinationEditor(const Workspace& workspace, QWidget* parent = nullptr);

    void create();
    void edit(const Destination& destination);

Q_SIGNALS:
    void saved(const QString& name);
    void left();

private:
    void layOut();
    QWidget* makeLeft();
    QWidget* makeRight();
    QFormLayout* addBox(QVBoxLayout& column, const QString& title, const QString& pointer = {});
    void addRequest(QVBoxLayout& column);
    void addSecrets(QVBoxLayout& column);
    void addRetries(QVBoxLayout& column);
    void addLimits(QVBoxLayout& column);
    void addBreaker(QVBoxLayout& column);
    void begin(const QJsonObject& values);
    /// What the core says to it; the destination that it would become is of no interest.
    [[nodiscard]] std::vector<FieldError> problems() const;
    [[nodiscard]] QJsonObject given() const;
    [[nodiscard]] QJsonObject change() const;
    void check();
    void save();
    void leave();
    void take(const Result<Destination>& answer);
    bool showErrors(const std::vector<FieldError>& errors, bool ofAll);

    const Workspace& m_workspace;
    std::optional<Destination> m_stored; // nothing: it is a new one
    QJsonObject m_before;
    SettingForm* m_form;
    QLabel* m_title;
    QLineEdit* m_name;
    FormField* m_nameField;
    ToneLabel* m_result;
    QPushButton* m_save;
    QPushButton* m_cancel;
};

} // namespace punctual::ui
