// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/secret_keys.h"

#include "app/common/private_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <cstring>
#include <utility>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SecretKeys)
};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// All keys of a text, which is wiped.
Result<SecretKeys> parseKeys(QByteArray& text, const QString& place)
{
    SecretKeys keys;
    bool fine = true;
    int line = 1;
    for (qsizetype at = 0; fine && at < text.size();) {
        qsizetype end = at;
        while (end < text.size() && !isSpace(text.at(end)))
            ++end;
        if (end > at) {
            const auto key = SecretKey::parse(QByteArrayView(text).sliced(at, end - at));
            fine = key.has_value();
            if (key)
                keys.push_back(*key);
        } else {
            line += text.at(at) == '\n' ? 1 : 0;
            ++end;
        }
        at = end;
    }
    wipe(text);
    if (!fine)
        return failure(ErrorCode::InvalidInput,
                       Words::tr("%1, line %2, is not a key: 32 bytes as base64 or as 64 hexadecimal digits.")
                           .arg(place)
                           .arg(line));
    if (keys.empty())
        return failure(ErrorCode::InvalidInput, Words::tr("%1 holds no key.").arg(place));
    return keys;
}

SecretKey makeKey()
{
    SecretKey::Bytes bytes{};
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    SecretKey key(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    return key;
}

QByteArray lineOf(const SecretKey& key)
{
    auto bytes = QByteArray(reinterpret_cast<const char*>(key.bytes().data()), qsizetype(SecretKey::size));
    QByteArray line = bytes.toBase64() + '\n';
    wipe(bytes);
    return line;
}

/// The credential that systemd gives, or nothing. Its mode is systemd's matter.
Result<SecretKeys> loadCredential(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unsupported,
                       Words::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    QByteArray text = file.readAll();
    return parseKeys(text, path);
}

Result<SecretKeys> loadFile(const QString& path)
{
    return readPrivateFile(path).and_then([&](QByteArray text) { return parseKeys(text, path); });
}

} // namespace

QString secretKeyFile(const QString& dataDir)
{
    return QDir(dataDir).filePath(QStringLiteral("secret.key"));
}

Result<SecretKeys> loadSecretKeys(const QString& dataDir, const QProcessEnvironment& environment,
                                  WhenNoKey whenNoKey)
{
    const QString variable = QStringLiteral("PUNCTUAL_SECRET_KEY");
    if (QByteArray given = environment.value(variable).toUtf8(); !given.isEmpty())
        return parseKeys(given, variable);
    const QString credentials = environment.value(QStringLiteral("CREDENTIALS_DIRECTORY"));
    const QString credential = QDir(credentials).filePath(QStringLiteral("punctual.secret_key"));
    if (!credentials.isEmpty() && QFile::exists(credential))
        return loadCredential(credential);
    const QString file = secretKeyFile(dataDir);
    if (!QFile::exists(file)) {
        if (whenNoKey == WhenNoKey::Empty)
            return SecretKeys{};
        QByteArray line = lineOf(makeKey());
        const auto created = createPrivateFile(file, line);
        wipe(line);
        if (!created)
            return tl::unexpected(created.error());
    }
    return loadFile(file); // ours, or that of a program which was faster
}

Result<SecretKey> addKey(const QString& file)
{
    const SecretKey key = makeKey();
    const auto changed = changePrivateFile(file, [&](QByteArray& text) -> Result<void> {
        if (!text.isEmpty()) {
            QByteArray copy(text.constData(), text.size());
            if (const auto old = parseKeys(copy, file); !old)
                return tl::unexpected(old.error());
        }
        QByteArray all = lineOf(key);
        all.append(text);
        wipe(text);
        text = std::move(all);
        return {};
    });
    return changed.map([&] { return key; });
}

} // namespace punctual::app
