// SPDX-License-Identifier: GPL-3.0-or-later
// What can fail returns Result<T>. An Error says what was wrong and where; the user interface words it.
#pragma once

#include <QString>

#include <tl/expected.hpp>

#include <utility>
#include <vector>

namespace punctual
{

enum class ErrorCode {
    InvalidInput,    // the caller's values are wrong; Error::fields says which
    NotFound,        // the named thing does not exist
    Conflict,        // the state of the thing does not allow it
    Unauthenticated, // no token, or one that is not known
    Forbidden,       // the role does not allow it
    TooLarge,        // over a size limit
    Unavailable,     // the database is away; try again later
    Unsupported,     // the installation cannot do it: missing program, wrong version, no rights
    Internal,        // a fault of this program
};

/// One wrong field. `pointer` is an RFC 6901 JSON pointer into what the caller sent.
struct FieldError
{
    QString pointer;
    QString detail;

    friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail;
    std::vector<FieldError> fields = {};
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, QString detail,
                                                   std::vector<FieldError> fields = {})
{
    return tl::unexpected(Error{code, std::move(detail), std::move(fields)});
}

} // namespace punctual
