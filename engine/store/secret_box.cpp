// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secret_box.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

namespace punctual::store
{

namespace
{

constexpr char version = 1;
constexpr qsizetype idSize = 8;
constexpr qsizetype headSize = 1 + idSize;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* raw(QByteArrayView text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned long long sizeOf(QByteArrayView text)
{
    return static_cast<unsigned long long>(text.size());
}

/// The beginning of a keyed hash of a fixed text: it tells keys apart and nothing about them.
QByteArray idOf(const SecretKey& key)
{
    static constexpr QByteArrayView purpose("punctual secret key id");
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), raw(purpose), sizeOf(purpose), key.bytes().data(),
                       key.bytes().size());
    return QByteArray(reinterpret_cast<const char*>(hash.data()), idSize);
}

tl::unexpected<Error> missingKey(QByteArrayView context, QByteArrayView id)
{
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The secrets of %1 are sealed with the key %2, which is not at hand: add it to "
                       "PUNCTUAL_SECRET_KEY, to the systemd credential punctual.secret_key or, as a "
                       "line, to secret.key in the data directory.")
            .arg(QString::fromUtf8(context), QString::fromLatin1(id.toByteArray().toHex())));
}

} // namespace

SecretBox::SecretBox(SecretKeys keys)
{
    if (sodium_init() < 0)
        qFatal("libsodium cannot be used on this machine");
    for (const auto& key : keys)
        m_entries.push_back({idOf(key), key});
}

Result<QByteArray> SecretBox::seal(QByteArrayView plain, QByteArrayView context) const
{
    if (m_entries.empty())
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("There is no key to seal the secrets of %1 with: give PUNCTUAL_SECRET_KEY, "
                           "the systemd credential punctual.secret_key or secret.key in the data "
                           "directory.")
                .arg(QString::fromUtf8(context)));
    const auto& [id, key] = m_entries.front();
    QByteArray sealed = version + id;
    const QByteArray associated = sealed + context.toByteArray();
    sealed.resize(headSize + nonceSize + plain.size() + tagSize);
    auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
    unsigned char* nonce = bytes + headSize;
    randombytes_buf(nonce, static_cast<std::size_t>(nonceSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonceSize, nullptr, raw(plain), sizeOf(plain),
                                               raw(associated), sizeOf(associated), nullptr, nonce,
                                               key.bytes().data());
    return sealed;
}

Result<QByteArray> SecretBox::open(QByteArrayView sealed, QByteArrayView context) const
{
    if (sealed.size() < headSize + nonceSize + tagSize || sealed.front() != version)
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("The secrets of %1 are not sealed in a form that this version knows.")
                           .arg(QString::fromUtf8(context)));
    const QByteArrayView id = sealed.sliced(1, idSize);
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.id == id; });
    if (found == m_entries.end())
        return missingKey(context, id);
    const QByteArray associated = sealed.first(headSize).toByteArray() + context.toByteArray();
    const QByteArrayView nonce = sealed.sliced(headSize, nonceSize);
    const QByteArrayView ciphertext = sealed.sliced(headSize + nonceSize);
    QByteArray plain(ciphertext.size() - tagSize, Qt::Uninitialized);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, raw(ciphertext), sizeOf(ciphertext),
        raw(associated), sizeOf(associated), raw(nonce), found->key.bytes().data());
    if (opened == 0)
        return plain;
    wipe(plain);
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The secrets of %1, sealed with the key %2, were changed or belong to something "
                       "else.")
            .arg(QString::fromUtf8(context), QString::fromLatin1(id.toByteArray().toHex())));
}

bool SecretBox::isCurrent(QByteArrayView sealed) const
{
    return !m_entries.empty() && sealed.size() >= headSize && sealed.front() == version &&
           sealed.sliced(1, idSize) == m_entries.front().id;
}

QString keyIdOf(const SecretKey& key)
{
    return QString::fromLatin1(idOf(key).toHex());
}

Result<QByteArray> rotated(const SecretBox& box, const QByteArray& sealed, QByteArrayView context)
{
    auto plain = box.open(sealed, context);
    if (!plain)
        return plain;
    auto fresh = box.isCurrent(sealed) ? Result<QByteArray>(sealed) : box.seal(*plain, context);
    wipe(*plain);
    return fresh;
}

} // namespace punctual::store
