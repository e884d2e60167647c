// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/keyring.h"

#include <QCoreApplication>
#include <qt6keychain/keychain.h>

namespace punctual::app
{

namespace
{

QString service()
{
    return QStringLiteral("punctual");
}

Error errorOf(const QKeychain::Job& job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {ErrorCode::NotFound,
                QCoreApplication::translate("Keyring", "The key ring has no such password.")};
    return {ErrorCode::Unavailable,
            QCoreApplication::translate("Keyring", "The key ring of your session cannot be used: %1")
                .arg(job.errorString())};
}

} // namespace

void Keyring::read(const QString& name, QObject* context, std::function<void(Result<QString>)> answer)
{
    auto* job = new QKeychain::ReadPasswordJob(service());
    job->setKey(name);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, answer = std::move(answer)] {
        if (job->error() == QKeychain::NoError)
            answer(job->textData());
        else
            answer(tl::unexpected(errorOf(*job)));
    });
    job->start(); // it deletes itself
}

void Keyring::write(const QString& name, const QString& password, QObject* context,
                    std::function<void(Result<void>)> answer)
{
    auto* job = new QKeychain::WritePasswordJob(service());
    job->setKey(name);
    job->setTextData(password);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, answer = std::move(answer)] {
        if (job->error() == QKeychain::NoError)
            answer({});
        else
            answer(tl::unexpected(errorOf(*job)));
    });
    job->start();
}

void Keyring::remove(const QString& name)
{
    auto* job = new QKeychain::DeletePasswordJob(service());
    job->setKey(name);
    job->start();
}

} // namespace punctual::app
