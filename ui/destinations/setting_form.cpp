// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/setting_form.h"

#include "core/header.h"
#include "core/time.h"
#include "ui/common/detail_text.h"
#include "ui/common/form_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace punctual::ui
{

namespace
{

QJsonValue valueAt(const QJsonObject& object, const QString& pointer)
{
    const QStringList path = pointer.split(u'/', Qt::SkipEmptyParts);
    QJsonValue value = object;
    for (const auto& name : path)
        value = value.toObject().value(name);
    return value;
}

/// `pointer` has one or two names.
void setAt(QJsonObject& object, const QString& pointer, const QJsonValue& value)
{
    const QString first = pointer.section(u'/', 1, 1);
    const QString second = pointer.section(u'/', 2, 2);
    if (second.isEmpty()) {
        object.insert(first, value); // undefined removes it
        return;
    }
    QJsonObject inner = object.value(first).toObject();
    inner.insert(second, value);
    object.insert(first, inner);
}

QJsonValue numberOrText(const QString& text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (text.isEmpty())
        return QJsonValue::Undefined;
    return isNumber ? QJsonValue(number) : QJsonValue(text);
}

QString plainName(const QString& name)
{
    return QString(name).remove(u'&').remove(u':');
}

} // namespace

void SettingForm::add(QFormLayout& rows, const QString& pointer, const QString& name, QWidget* control,
                      Setting setting)
{
    setting.field = new FormField(control, plainName(name));
    if (name.isEmpty())
        rows.addRow(setting.field);
    else
        rows.addRow(name, setting.field);
    m_settings.emplace_back(pointer, std::move(setting));
}

void SettingForm::addText(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint)
{
    auto* line = new QLineEdit;
    line->setPlaceholderText(hint);
    connect(line, &QLineEdit::textChanged, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, name, line,
        {.read = [line] { return QJsonValue(line->text().trimmed()); },
         .write = [line](const QJsonValue& value) { line->setText(value.toString()); }});
}

void SettingForm::addNumber(QFormLayout& rows, const QString& pointer, const QString& name,
                            const QString& hint)
{
    auto* line = new QLineEdit;
    line->setPlaceholderText(hint);
    connect(line, &QLineEdit::textChanged, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, name, line,
        {.read = [line] { return numberOrText(line->text().trimmed()); },
         .write =
             [line](const QJsonValue& value) {
                 line->setText(value.isDouble() ? QString::number(value.toDouble(), 'g', 12)
                                                : value.toString());
             }});
}

void SettingForm::addSpan(QFormLayout& rows, const QString& pointer, const QString& name, const QString& hint)
{
    auto* line = new QLineEdit;
    line->setPlaceholderText(hint);
    line->setToolTip(tr("Days, hours, minutes, seconds and milliseconds: 10d, 1h30m, 5s, 250ms"));
    connect(line, &QLineEdit::textChanged, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, name, line,
        {.read = [line]() -> QJsonValue {
             const QString text = line->text().remove(u' ').toLower();
             if (text.isEmpty())
                 return QJsonValue::Undefined;
             const auto span = parseDuration(text);
             return span ? QJsonValue(toMilliseconds(*span)) : QJsonValue(text);
         },
         .write =
             [line](const QJsonValue& value) {
                 line->setText(value.isDouble() ? toText(Duration(value.toInteger() * 1000))
                                                : value.toString());
             }});
}

void SettingForm::addChoice(QFormLayout& rows, const QString& pointer, const QString& name,
                            const std::vector<Choice>& choices)
{
    auto* combo = new QComboBox;
    for (const auto& choice : choices)
        combo->addItem(choice.name, choice.word);
    connect(combo, &QComboBox::currentIndexChanged, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, name, combo,
        {.read = [combo] { return QJsonValue(combo->currentData().toString()); },
         .write =
             [combo](const QJsonValue& value) {
                 combo->setCurrentIndex(std::max(0, combo->findData(value.toString())));
             }});
}

void SettingForm::addCheck(QFormLayout& rows, const QString& pointer, const QString& text)
{
    auto* box = new QCheckBox(text);
    connect(box, &QCheckBox::toggled, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, QString(), box,
        {.read = [box] { return QJsonValue(box->isChecked()); },
         .write = [box](const QJsonValue& value) { box->setChecked(value.toBool()); }});
    box->setAccessibleName(plainName(text));
}

void SettingForm::addLines(QFormLayout& rows, const QString& pointer, const QString& name,
                           const QString& hint)
{
    auto* lines = new QPlainTextEdit;
    lines->setPlaceholderText(hint);
    lines->setTabChangesFocus(true);
    lines->setFixedHeight(lines->fontMetrics().height() * 4 + 8);
    connect(lines, &QPlainTextEdit::textChanged, this, [this, pointer] { edit(pointer); });
    add(rows, pointer, name, lines,
        {.read = [lines]() -> QJsonValue {
             QJsonObject object;
             const auto texts = lines->toPlainText().split(u'\n', Qt::SkipEmptyParts);
             for (const auto& text : texts)
                 object.insert(text.section(u':', 0, 0).trimmed(), text.section(u':', 1).trimmed());
             return object;
         },
         .write =
             [lines](const QJsonValue& value) {
                 QStringList texts;
                 const QJsonObject object = value.toObject();
                 for (auto field = object.begin(); field != object.end(); ++field)
                     texts << QStringLiteral("%1: %2").arg(field.key(), field->toString());
                 lines->setPlainText(texts.join(u'\n'));
             }});
}

void SettingForm::addSecret(QFormLayout& rows, const QString& pointer, const QString& name,
                            const QString& hint)
{
    auto* line = new QLineEdit;
    line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    auto* remove = new QCheckBox(tr("Remove the one that is stored"));
    connect(line, &QLineEdit::textChanged, this, [this, pointer] { edit(pointer); });
    connect(remove, &QCheckBox::toggled, this, [this, pointer, line](bool checked) {
        line->setEnabled(!checked);
        edit(pointer);
    });
    add(rows, pointer, name, line,
        {.read = [line, remove]() -> QJsonValue {
             if (remove->isChecked())
                 return QJsonValue::Null;
             if (!line->text().isEmpty())
                 return line->text();
             return line->property("isStored").toBool() ? QJsonValue(QString(hiddenValue))
                                                        : QJsonValue(QJsonValue::Undefined);
         },
         .write =
             [line, remove, hint](const QJsonValue& value) {
                 const bool isStored = value.isString();
                 line->setProperty("isStored", isStored);
                 line->clear();
                 line->setPlaceholderText(isStored ? tr("One is stored; type to replace it") : hint);
                 remove->setChecked(false);
                 remove->setVisible(isStored);
             }});
    remove->setAccessibleName(tr("Remove: %1").arg(plainName(name)));
    rows.addRow(remove);
}

void SettingForm::addGroup(QGroupBox& box, const QString& pointer)
{
    box.setCheckable(true);
    box.setAccessibleName(box.title());
    m_groups.emplace(pointer, &box);
    connect(&box, &QGroupBox::toggled, this, [this, pointer] { edit(pointer); });
}

void SettingForm::setValues(const QJsonObject& values)
{
    m_isFilling = true;
    m_values = values;
    for (auto& [pointer, group] : m_groups)
        group->setChecked(valueAt(values, pointer).isObject());
    for (auto& [pointer, setting] : m_settings) {
        setting.write(valueAt(values, pointer));
        setting.wasEdited = false;
        setting.field->setError({});
    }
    m_isFilling = false;
}

QJsonObject SettingForm::values() const
{
    QJsonObject values = m_values;
    for (const auto& [pointer, setting] : m_settings)
        setAt(values, pointer, setting.read());
    for (const auto& [pointer, group] : m_groups)
        if (!group->isChecked())
            setAt(values, pointer, QJsonValue::Null);
    return values;
}

void SettingForm::edit(const QString& pointer)
{
    if (m_isFilling)
        return;
    if (auto* setting = settingOf(pointer))
        setting->wasEdited = true;
    Q_EMIT edited();
}

/// The field itself, or the one that holds it.
SettingForm::Setting* SettingForm::settingOf(const QString& pointer)
{
    for (auto& [name, setting] : m_settings)
        if (pointer == name || pointer.startsWith(name + u'/'))
            return &setting;
    return nullptr;
}

std::vector<FieldError> SettingForm::showErrors(const std::vector<FieldError>& errors, bool ofAll)
{
    std::map<Setting*, QStringList> texts;
    std::vector<FieldError> others;
    for (const auto& error : errors) {
        if (auto* setting = settingOf(error.pointer))
            texts[setting] << detailText(error.detail);
        else
            others.push_back(error);
    }
    for (auto& [pointer, setting] : m_settings) {
        const bool isShown = ofAll || setting.wasEdited;
        setting.field->setError(isShown ? texts[&setting].join(u'\n') : QString());
    }
    return others;
}

void SettingForm::focusError()
{
    for (const auto& [pointer, setting] : m_settings)
        if (!setting.field->error().isEmpty()) {
            setting.field->setFocus();
            return;
        }
}

} // namespace punctual::ui
