// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of filters with names: some that everybody needs, and those that the person keeps.
#pragma once

#include "core/message_list.h"

#include <QToolButton>

#include <functional>
#include <vector>

class QMenu;

namespace punctual::ui
{

class SavedViews : public QToolButton
{
    Q_OBJECT

public:
    /// `current` gives what the list shows now.
    explicit SavedViews(std::function<MessageFilter()> current, QWidget* parent = nullptr);

    /// Those of the person, as a text for the settings, and back. What cannot be read is left out.
    [[nodiscard]] QString save() const;
    void restore(const QString& text);

    /// Another one of this name is replaced.
    void keep(const QString& name, const MessageFilter& filter);

Q_SIGNALS:
    void chosen(const punctual::MessageFilter& filter);

private:
    struct View
    {
        QString name;
        MessageFilter filter;
    };

    void fillMenu();
    void addView(const View& view);
    void askForName();
    void remove(const QString& name);

    std::function<MessageFilter()> m_current;
    std::vector<View> m_views;
    QMenu* m_menu;
};

} // namespace punctual::ui
