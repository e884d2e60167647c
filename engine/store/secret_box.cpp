// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secret_box.h"

#include <sodium.h>

#include <algorithm>

namespace punctual::store
{

namespace
{

constexpr char version = 1;
constexpr qsizetype idSize = 8;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype headSize = 1 + idSize + nonceSize;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytesOf(const QByteArray& array)
{
    return reinterpret_cast<const unsigned char*>(array.constData());
}

unsigned char* writable(QByteArray& array)
{
    return reinterpret_cast<unsigned char*>(array.data());
}

QByteArray idOf(const SecretKey& key)
{
    QByteArray hash(crypto_generichash_BYTES_MIN, Qt::Uninitialized);
    crypto_generichash(writable(hash), static_cast<std::size_t>(hash.size()), key.bytes().data(),
                       key.bytes().size(), nullptr, 0);
    return hash.left(idSize);
}

QString whereKeysAre()
{
    return QStringLiteral(
        "Keys come from PUNCTUAL_SECRET_KEY, the systemd credential punctual.secret_key or the "
        "file secret.key in the data directory.");
}

} // namespace

SecretBox::SecretBox(const SecretKeys& keys)
{
    if (sodium_init() < 0)
        qFatal("libsodium cannot be used on this machine");
    for (const auto& key : keys)
        m_keys.push_back({idOf(key), key});
}

Result<QByteArray> SecretBox::seal(const QByteArray& plain, const QByteArray& context) const
{
    if (m_keys.empty())
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("There is no key to seal secrets with. %1").arg(whereKeysAre()));
    const auto& current = m_keys.front();
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    randombytes_buf(nonce.data(), nonceSize);
    QByteArray sealed(plain.size() + tagSize, Qt::Uninitialized);
    unsigned long long size = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        writable(sealed), &size, bytesOf(plain), static_cast<unsigned long long>(plain.size()),
        bytesOf(context), static_cast<unsigned long long>(context.size()), nullptr, bytesOf(nonce),
        current.key.bytes().data());
    return QByteArray(1, version) + current.id + nonce + sealed;
}

Result<QByteArray> SecretBox::open(const QByteArray& sealed, const QByteArray& context) const
{
    if (sealed.size() < headSize + tagSize || sealed[0] != version)
        return failure(ErrorCode::Internal, QStringLiteral("The sealed secrets are damaged."));
    const QByteArray id = sealed.mid(1, idSize);
    for (const auto& key : m_keys) {
        if (key.id != id)
            continue;
        const QByteArray nonce = sealed.mid(1 + idSize, nonceSize);
        const QByteArray body = sealed.mid(headSize);
        QByteArray plain(body.size() - tagSize, Qt::Uninitialized);
        unsigned long long size = 0;
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                writable(plain), &size, nullptr, bytesOf(body), static_cast<unsigned long long>(body.size()),
                bytesOf(context), static_cast<unsigned long long>(context.size()), bytesOf(nonce),
                key.key.bytes().data()) != 0)
            return failure(ErrorCode::Internal,
                           QStringLiteral("The sealed secrets were changed or belong to something else."));
        return plain;
    }
    return failure(ErrorCode::Unsupported,
                   QStringLiteral("The secrets are sealed with the key %1, which is not here. %2")
                       .arg(QString::fromLatin1(id.toHex()), whereKeysAre()));
}

bool SecretBox::isKnown(const QByteArray& sealed) const
{
    const QByteArray id = sealed.mid(1, idSize);
    return std::any_of(m_keys.begin(), m_keys.end(), [&id](const Key& key) { return key.id == id; });
}

bool SecretBox::isCurrent(const QByteArray& sealed) const
{
    return !m_keys.empty() && sealed.mid(1, idSize) == m_keys.front().id;
}

} // namespace punctual::store
