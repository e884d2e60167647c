// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/saved_views.h"

#include "core/operation_json.h"
#include "ui/common/icon.h"

#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>

namespace punctual::ui
{

namespace
{

constexpr std::size_t mostViews = 50;

/// The reader of bulk operations knows filters.
std::optional<MessageFilter> parseFilter(const QJsonValue& value)
{
    std::vector<FieldError> errors;
    const QJsonObject object{{QStringLiteral("action"), QStringLiteral("cancel")},
                             {QStringLiteral("filter"), value}};
    auto request = readOperationRequest(object, MessageLimits{}, errors);
    return errors.empty() ? std::optional(std::move(request.operation.filter)) : std::nullopt;
}

} // namespace

SavedViews::SavedViews(std::function<MessageFilter()> current, QWidget* parent)
    : QToolButton(parent)
    , m_current(std::move(current))
    , m_menu(new QMenu(this))
{
    setIcon(lineIcon(QStringLiteral("view")));
    setText(tr("Vie&ws"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Filters with a name"));
    setMenu(m_menu);
    fillMenu();
}

QString SavedViews::save() const
{
    QJsonArray views;
    for (const auto& view : m_views)
        views.append(QJsonObject{{QStringLiteral("name"), view.name},
                                 {QStringLiteral("filter"), toJson(view.filter)}});
    return QString::fromUtf8(QJsonDocument(views).toJson(QJsonDocument::Compact));
}

void SavedViews::restore(const QString& text)
{
    m_views.clear();
    const auto views = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const auto& view : views) {
        const QString name = view.toObject().value(QStringLiteral("name")).toString();
        const auto filter = parseFilter(view.toObject().value(QStringLiteral("filter")));
        if (!name.isEmpty() && filter && m_views.size() < mostViews)
            m_views.push_back({name, *filter});
    }
    fillMenu();
}

void SavedViews::keep(const QString& name, const MessageFilter& filter)
{
    std::erase_if(m_views, [&name](const View& view) { return view.name == name; });
    if (m_views.size() >= mostViews)
        m_views.erase(m_views.begin());
    m_views.push_back({name, filter});
    fillMenu();
}

void SavedViews::fillMenu()
{
    m_menu->clear();
    addView({tr("All messages"), {}});
    addView({tr("Waiting or on their way"),
             {.states = {MessageState::Scheduled, MessageState::Retrying, MessageState::Delivering}}});
    addView({tr("A person has to look"), {.states = {MessageState::Dead, MessageState::Unknown}}});
    addView({tr("Will not be sent"), {.states = {MessageState::Cancelled, MessageState::Expired}}});
    if (!m_views.empty())
        m_menu->addSeparator();
    for (const auto& view : m_views)
        addView(view);
    m_menu->addSeparator();
    auto* save = m_menu->addAction(lineIcon(QStringLiteral("save")), tr("&Keep this view…"));
    connect(save, &QAction::triggered, this, &SavedViews::askForName);
    auto* remove = m_menu->addMenu(tr("&Remove a view"));
    remove->setEnabled(!m_views.empty());
    for (const auto& view : m_views)
        connect(remove->addAction(view.name), &QAction::triggered, this,
                [this, name = view.name] { this->remove(name); });
}

void SavedViews::addView(const View& view)
{
    auto* action = m_menu->addAction(QString(view.name).replace(u'&', QStringLiteral("&&")));
    connect(action, &QAction::triggered, this, [this, filter = view.filter] { Q_EMIT chosen(filter); });
}

void SavedViews::askForName()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep this view"));
    dialog->setLabelText(tr("Name of the view:"));
    dialog->setInputMode(QInputDialog::TextInput);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (!name.trimmed().isEmpty())
            keep(name.trimmed(), m_current());
    });
    dialog->open();
}

/// Not at once: the menu that is filled anew is the one that has just been clicked.
void SavedViews::remove(const QString& name)
{
    std::erase_if(m_views, [&name](const View& view) { return view.name == name; });
    QMetaObject::invokeMethod(this, &SavedViews::fillMenu, Qt::QueuedConnection);
}

} // namespace punctual::ui
