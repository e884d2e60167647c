// SPDX-License-Identifier: GPL-3.0-or-later
// Where the keys come from that secrets in the database are sealed with. The first place that has any
// counts:
//
// 1. the variable PUNCTUAL_SECRET_KEY,
// 2. the systemd credential punctual.secret_key (LoadCredential=, systemd.exec(5)),
// 3. the file secret.key in the data directory, mode 0600.
//
// A key is 32 bytes, as base64 or in hexadecimal digits. Several stand on a line each (or behind spaces): the
// current one first, then older ones, which only open. All nodes of a database need the same keys.
#pragma once

#include "core/result.h"
#include "core/secret_key.h"

#include <QProcessEnvironment>
#include <QString>

namespace punctual::app
{

/// What happens where there is no key at all.
enum class WhenNoKey {
    Create, // a random one in the file
    Empty,  // there is none
};

/// The keys, the current one first. InvalidInput: one is malformed, the detail names the place and the line.
/// Unsupported: the file can be read by others, or cannot be read or made. No error repeats a key.
[[nodiscard]] Result<SecretKeys> loadSecretKeys(const QString& dataDir,
                                                const QProcessEnvironment& environment,
                                                WhenNoKey whenNoKey = WhenNoKey::Create);

/// The file of the third place.
[[nodiscard]] QString secretKeyFile(const QString& dataDir);

/// Puts a random key in front of those in `file`, which may be missing, and gives it. Readers see the old
/// file or the new one, and calls at the same time take turns. Errors as above.
[[nodiscard]] Result<SecretKey> addKey(const QString& file);

} // namespace punctual::app
