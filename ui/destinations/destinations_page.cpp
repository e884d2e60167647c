// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/destinations_page.h"

#include "ui/common/dialogs.h"
#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/destinations/destination_editor.h"
#include "ui/destinations/destination_state.h"
#include "ui/destinations/quota_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

DestinationsPage::DestinationsPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.clock)
    , m_create(new QAction(lineIcon(QStringLiteral("add")), tr("&New destination"), this))
    , m_edit(new QAction(lineIcon(QStringLiteral("edit")), tr("&Edit settings"), this))
    , m_remove(new QAction(lineIcon(QStringLiteral("cancel")), tr("&Remove destination"), this))
    , m_messages(new QAction(lineIcon(QStringLiteral("messages")), tr("Show its &messages"), this))
    , m_test(new QAction(lineIcon(QStringLiteral("schedule")), tr("Send a &test…"), this))
    , m_testDelivery(workspace)
    , m_result(new ToneLabel(Tone::Neutral))
    , m_table(new QTableView)
    , m_state(new DestinationState(workspace))
    , m_frame(new ViewFrame(m_table))
    , m_editor(new DestinationEditor(workspace))
    , m_looks(new QStackedLayout(this))
    , m_refresher(new Refresher(*this, 2s, [this] { ask(); }))
{
    makeActions();
    layOut();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DestinationsPage::takeSelection);
    connect(m_table, &QTableView::doubleClicked, this, &DestinationsPage::edit);
    connect(m_state, &DestinationState::finished, this, &DestinationsPage::showResult);
    connect(&m_testDelivery, &TestDelivery::progressed, this, &DestinationsPage::tell);
    connect(m_frame, &ViewFrame::retryRequested, this, &DestinationsPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
    connect(m_editor, &DestinationEditor::left, this, [this] { showList({}); });
    connect(m_editor, &DestinationEditor::saved, this, [this](const QString& name) {
        showList(name);
        showResult(tr("The settings of %1 are saved.").arg(name), true);
    });
    connect(&workspace.rights, &Rights::changed, this, &DestinationsPage::takeSelection);
    takeSelection();
}

void DestinationsPage::makeActions()
{
    m_edit->setShortcut(Qt::Key_F2);
    m_edit->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_create, &QAction::triggered, this, &DestinationsPage::create);
    connect(m_edit, &QAction::triggered, this, &DestinationsPage::edit);
    connect(m_remove, &QAction::triggered, this, &DestinationsPage::remove);
    connect(m_messages, &QAction::triggered, this, &DestinationsPage::showMessages);
    connect(m_test, &QAction::triggered, this, &DestinationsPage::sendTest);
    m_table->addActions({m_edit, m_test, m_messages, m_remove});
    m_table->addActions(m_state->commands());
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

QList<QAction*> DestinationsPage::actionsOfDestination() const
{
    return QList<QAction*>{m_create, m_edit, m_test, m_messages, m_remove} + m_state->commands();
}

void DestinationsPage::layOut()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(DestinationModel::Quota, new QuotaDelegate(m_table));
    m_table->setAccessibleName(tr("Destinations"));
    makeDense(*m_table, {22, 24, 12, 12, 10, 10, 14, 24});
    m_looks->addWidget(makeList());
    m_looks->addWidget(m_editor);
}

QWidget* DestinationsPage::makeList()
{
    auto* bar = new QHBoxLayout;
    for (auto* action : {m_create, m_edit, m_test, m_messages, m_remove}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text().remove(u'&'));
        bar->addWidget(button);
    }
    bar->addStretch();
    m_result->setAccessibleName(tr("Result"));
    m_result->hide();
    auto* list = new QWidget;
    auto* layout = new QVBoxLayout(list);
    layout->addLayout(bar);
    layout->addWidget(m_result);
    layout->addWidget(m_frame, 1);
    layout->addWidget(m_state);
    return list;
}

void DestinationsPage::refresh()
{
    m_refresher->refresh();
}

void DestinationsPage::ask()
{
    m_workspace.client.destinationFigures(
        m_workspace.actor, this,
        [this](const Result<std::vector<DestinationFigures>>& answer) { take(answer); });
}

void DestinationsPage::take(const Result<std::vector<DestinationFigures>>& answer)
{
    m_refresher->answered();
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_model.show(*answer);
    if (m_model.rowCount() == 0)
        m_frame->showEmpty(tr("There are no destinations yet. Make the first one with New destination."));
    else
        m_frame->showContent();
    if (const int row = m_model.rowOf(m_wanted); row >= 0) {
        m_table->selectRow(row);
        m_wanted.clear();
    } else if (selected() == nullptr && m_model.rowCount() > 0) {
        m_table->selectRow(0);
    }
    takeSelection();
}

const DestinationFigures* DestinationsPage::selected() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_model.at(rows.front().row());
}

void DestinationsPage::takeSelection()
{
    const auto* figures = selected();
    const bool isOwn = figures != nullptr && !figures->destination.builtIn;
    const auto& rights = m_workspace.rights;
    const QString why = figures == nullptr ? tr("Select a destination first.")
                                           : tr("This one is built in and stays as it is.");
    offer(*m_create, rights, Right::ChangeDestinations);
    offer(*m_edit, rights, Right::ChangeDestinations, isOwn, why);
    offer(*m_remove, rights, Right::ChangeDestinations, isOwn, why);
    offer(*m_messages, figures != nullptr, why);
    offer(*m_test, rights, Right::Schedule, figures != nullptr, why);
    if (figures != nullptr)
        m_state->show(*figures);
    else
        m_state->clear();
}

void DestinationsPage::create()
{
    m_result->hide();
    m_editor->create();
    m_looks->setCurrentWidget(m_editor);
}

void DestinationsPage::edit()
{
    const auto* figures = selected();
    if (figures == nullptr || !m_edit->isEnabled())
        return; // a double click asks nobody
    m_result->hide();
    m_editor->edit(figures->destination);
    m_looks->setCurrentWidget(m_editor);
}

void DestinationsPage::remove()
{
    const auto* figures = selected();
    if (figures == nullptr)
        return;
    const QString name = figures->destination.name;
    m_workspace.dialogs.ask(
        window(),
        {tr("Remove destination"), tr("Remove %1 with its settings and secrets?").arg(name), tr("Remove"),
         tr("Keep")},
        [this, name] {
            m_workspace.client.remove(
                m_workspace.actor, name, this, [this, name](const Result<void>& answer) {
                    showResult(answer ? tr("%1 is removed.").arg(name) : errorText(answer.error()),
                               answer.has_value());
                });
        });
}

void DestinationsPage::sendTest()
{
    const auto* figures = selected();
    if (figures == nullptr)
        return;
    const QString name = figures->destination.name;
    m_workspace.dialogs.ask(
        window(),
        {tr("Send a test"),
         tr("Send a test message to %1 now? The third party takes it for a real one.").arg(name),
         tr("Send it now"), tr("Do not send")},
        [this, name] { m_testDelivery.send(name, testContent()); });
}

void DestinationsPage::showMessages()
{
    if (const auto* figures = selected())
        Q_EMIT messagesRequested({.destination = figures->destination.name});
}

void DestinationsPage::showList(const QString& selected)
{
    m_wanted = selected;
    m_looks->setCurrentIndex(0);
    m_table->setFocus();
    refresh();
}

void DestinationsPage::showResult(const QString& text, bool worked)
{
    tell(text, worked ? Tone::Good : Tone::Warning);
    refresh();
}

void DestinationsPage::tell(const QString& text, Tone tone)
{
    m_result->setTone(tone);
    m_result->setText(text);
    m_result->show();
}

} // namespace punctual::ui
