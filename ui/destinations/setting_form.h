// SPDX-License-Identifier: GPL-3.0-or-later
// Controls for the fields of a JSON object, each with the place for its error. Fields are named by JSON
// pointers (RFC 6901). Knows nothing of what is right: the core judges, and its errors are shown beside their
// fields.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>

class QFormLayout;
class QGroupBox;
class QWidget;

namespace punctual::ui
{

class FormField;

class SettingForm : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct Choice
    {
        QString word; // in the JSON
        QString name;
    };

    void addText(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint);
    /// A number; what is none goes into the JSON as a text, so that it is refused by name.
    void addNumber(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint);
    /// Milliseconds in the JSON, "1h30m" on screen.
    void addSpan(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint);
    void addChoice(QFormLayout& rows, const QString& pointer, const QString& name,
                   const std::vector<Choice>& choices);
    void addCheck(QFormLayout& rows, const QString& pointer, const QString& text);
    /// An object of texts, a line each: "Name: value".
    void addLines(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint);
    /// Never shows what is stored; what is typed replaces it.
    void addSecret(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint);
    /// A group that may be absent as a whole: null in the JSON.
    void addGroup(QGroupBox& box, const QString& pointer);

    void setValues(const QJsonObject& values);
    /// The values that were set, with what was edited.
    [[nodiscard]] QJsonObject values() const;

    /// Shows each beside its field: of those that were edited, or of all. Gives those that have no field.
    std::vector<FieldError> showErrors(const std::vector<FieldError>& errors, bool ofAll);
    /// The first field that has an error gets the focus.
    void focusError();

Q_SIGNALS:
    void edited();

private:
    struct Setting
    {
        FormField* field = nullptr;
        std::function<QJsonValue()> read; // undefined: not in the object
        std::function<void(const QJsonValue&)> write;
        bool wasEdited = false;
    };

    void add(QFormLayout& rows, const QString& pointer, const QString& name, QWidget* control,
             Setting setting);
    void edit(const QString& pointer);
    [[nodiscard]] Setting* settingOf(const QString& pointer);

    QJsonObject m_values;
    std::vector<std::pair<QString, Setting>> m_settings; // in their order on screen
    std::map<QString, QGroupBox*> m_groups;
    bool m_isFilling = false;
};

} // namespace punctual::ui
