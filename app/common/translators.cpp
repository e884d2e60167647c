// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/translators.h"

#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace punctual::app
{

namespace
{

void install(QCoreApplication& application, const QLocale& locale, const QString& name,
             const QString& directory)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), directory))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslators(QCoreApplication& application)
{
    const QString own = QStringLiteral(":/i18n");
    install(application, QLocale(), QStringLiteral("qtbase"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // The texts in the program are English, but for their plurals: those are needed in every locale that has
    // no translation of its own, such as C. What is installed last is asked first.
    install(application, QLocale(QLocale::English), QStringLiteral("punctual"), own);
    install(application, QLocale(), QStringLiteral("punctual"), own);
}

} // namespace punctual::app
