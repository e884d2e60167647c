// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/translators.h"

#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace punctual::app
{

namespace
{

void install(QCoreApplication& application, const QString& name, const QString& directory)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(QLocale(), name, QStringLiteral("_"), directory))
        QCoreApplication::installTranslator(translator);
    else
        delete translator; // English is in the program
}

} // namespace

void installTranslators(QCoreApplication& application)
{
    install(application, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, QStringLiteral("punctual"), QStringLiteral(":/i18n"));
}

} // namespace punctual::app
