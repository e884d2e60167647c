// SPDX-License-Identifier: GPL-3.0-or-later
// Takes pictures of a window, for the programs that save them, and their words.
#pragma once

#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QTest>
#include <QTranslator>

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

/// The action that says this.
inline void trigger(const QList<QAction*>& actions, const QString& text)
{
    for (auto* action : actions)
        if (action->text().remove(u'&') == text && action->isEnabled())
            return action->trigger();
    qFatal("There is no action \"%s\" now", qPrintable(text));
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
