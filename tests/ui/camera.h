// SPDX-License-Identifier: GPL-3.0-or-later
// Takes pictures of a window, for the programs that save them, and their words.
#pragma once

#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QTableView>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <functional>

namespace punctual::test
{

/// The words of LANG; those of English are its plurals.
inline void installWords(QApplication& application)
{
    auto* words = new QTranslator(&application);
    if (words->load(QLocale(), QStringLiteral("punctual"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        words->load(QStringLiteral(":/i18n/punctual_en")))
        QApplication::installTranslator(words);
}

/// What the window says for a text of one of its classes, mnemonics aside.
inline QString said(const char* className, const char* text)
{
    return QCoreApplication::translate(QByteArray("punctual::ui::").append(className).constData(), text)
        .remove(u'&');
}

/// Ends the program if the window does not come to this.
inline void waitUntil(const std::function<bool()>& isSo, const QString& what)
{
    if (!QTest::qWaitFor(isSo, 60'000))
        qFatal("In vain: %s", qPrintable(what));
}

/// As soon as it can be done.
inline void trigger(QAction& action)
{
    waitUntil([&action] { return action.isEnabled(); }, action.text());
    action.trigger();
}

/// The action that says this.
inline void trigger(const QList<QAction*>& actions, const QString& text)
{
    const auto found = std::find_if(actions.begin(), actions.end(), [&text](const QAction* action) {
        return action->text().remove(u'&') == text;
    });
    if (found == actions.end())
        qFatal("There is no action \"%s\"", qPrintable(text));
    trigger(**found);
}

/// Once there are that many; the last one for -1.
inline void selectRow(QTableView& table, int row)
{
    waitUntil([&] { return table.model()->rowCount() > std::max(row, 0); }, table.accessibleName());
    table.selectRow(row < 0 ? table.model()->rowCount() - 1 : row);
}

class Camera
{
public:
    Camera(ui::MainWindow& window, const QString& directory)
        : m_window(window)
        , m_directory(directory)
    {
        QDir().mkpath(directory);
    }

protected:
    void take(const QString& name, int milliseconds)
    {
        QTest::qWait(milliseconds); // for the answers of the database
        save(m_window.grab(), name);
    }

    void save(const QPixmap& picture, const QString& name)
    {
        const QString path = QDir(m_directory).filePath(name + QStringLiteral(".png"));
        if (!picture.save(path))
            qFatal("%s cannot be written", qPrintable(path));
    }

    ui::MainWindow& m_window;

private:
    QString m_directory;
};

} // namespace punctual::test
