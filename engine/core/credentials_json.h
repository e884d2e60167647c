// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a destination's secrets and of what belongs to them: write-only, with the mark of a hidden
// value (core/header.h) where one is set.
#pragma once

#include "core/destination.h"
#include "core/field_reader.h"

#include <QJsonObject>

namespace punctual
{

/// Reads `signing_secret`, `previous_signing_secret`, `authentication` and `tls` over `destination`. No error
/// repeats a value.
void readCredentials(FieldReader& fields, Destination& destination, std::vector<FieldError>& errors);

/// Notes what does not go together in `destination` as a whole.
void checkCredentials(FieldReader& fields, const Destination& destination);

/// Puts those of these fields back to their defaults that `change` sets to null.
void resetCredentials(const QJsonObject& change, Destination& destination);

/// `change` with the stored parts of `authentication` and `tls` around the parts that it gives, as far as
/// they go together: another type of authentication begins anew.
[[nodiscard]] QJsonObject withStoredParts(QJsonObject change, const Destination& stored);

/// `given` with the stored values in place of their marks: what was shown may come back unchanged. A mark
/// without a stored value stays and is refused when it is read.
[[nodiscard]] QJsonObject withHiddenValues(QJsonObject given, const Destination& stored);

/// The fields that readCredentials() reads, with marks.
void showCredentials(const Destination& destination, QJsonObject& object);

/// What everybody who looks at the destination ought to know.
[[nodiscard]] QStringList warningsOf(const Destination& destination);

} // namespace punctual
