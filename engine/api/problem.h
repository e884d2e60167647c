// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that say what went wrong: RFC 9457, application/problem+json. The types are stable; scripts
// may branch on them.
#pragma once

#include "api/response.h"
#include "core/result.h"

#include <QLatin1StringView>

namespace punctual::api
{

struct ProblemKind
{
    QLatin1StringView name; // the end of its type, "urn:punctual:problem:<name>"
    int status;
    QLatin1StringView title;
};

namespace problem_kind
{

using Text = QLatin1StringView;

inline constexpr ProblemKind malformedJson{Text("malformed-json"), 400, Text("The body is not JSON")};
inline constexpr ProblemKind unauthenticated{Text("unauthenticated"), 401, Text("A valid token is needed")};
inline constexpr ProblemKind forbidden{Text("forbidden"), 403, Text("The token's role does not allow this")};
inline constexpr ProblemKind notFound{Text("not-found"), 404, Text("There is no such thing")};
inline constexpr ProblemKind unknownPath{Text("unknown-path"), 404, Text("There is no such path")};
inline constexpr ProblemKind methodNotAllowed{Text("method-not-allowed"), 405,
                                              Text("The path does not take this method")};
inline constexpr ProblemKind conflict{Text("conflict"), 409, Text("The present state does not allow this")};
inline constexpr ProblemKind notCancelled{Text("not-cancelled"), 409, Text("The message was not cancelled")};
inline constexpr ProblemKind notChanged{Text("not-changed"), 409, Text("The message was not changed")};
inline constexpr ProblemKind notReplayed{Text("not-replayed"), 409, Text("The message was not replayed")};
inline constexpr ProblemKind notResolved{Text("not-resolved"), 409, Text("The message was not resolved")};
inline constexpr ProblemKind notRestored{Text("not-restored"), 409, Text("The message was not restored")};
inline constexpr ProblemKind preconditionFailed{Text("precondition-failed"), 412,
                                                Text("It was changed meanwhile")};
inline constexpr ProblemKind tooLarge{Text("too-large"), 413, Text("The request is too large")};
inline constexpr ProblemKind unsupportedMediaType{Text("unsupported-media-type"), 415,
                                                  Text("The body has another media type than JSON")};
inline constexpr ProblemKind invalidInput{Text("invalid-input"), 422, Text("Some values are not valid")};
inline constexpr ProblemKind keyReused{Text("idempotency-key-reused"), 422,
                                       Text("The idempotency key was used for another request")};
inline constexpr ProblemKind tooManyRequests{Text("too-many-requests"), 429,
                                             Text("The token makes more calls than it may")};
inline constexpr ProblemKind internal{Text("internal"), 500, Text("A fault of this program")};
inline constexpr ProblemKind unsupported{Text("unsupported"), 501, Text("This installation cannot do it")};
inline constexpr ProblemKind unavailable{Text("unavailable"), 503, Text("The service is not available now")};
inline constexpr ProblemKind notReady{Text("not-ready"), 503, Text("The service is not ready")};

} // namespace problem_kind

/// `members` are extension members (RFC 9457, section 3.2). A 429 and a 503 tell to come back in a second.
[[nodiscard]] Response problem(const ProblemKind& kind, const QString& detail,
                               const std::vector<FieldError>& errors = {}, QJsonObject members = {});

/// The database names a field as that of an item, /messages/0/due_at; a call that takes a single thing
/// names it as /due_at.
[[nodiscard]] Error ofSingle(Error error);

/// The problem that an error of the engine is. Details of an internal fault go to the log alone.
[[nodiscard]] Response problem(const Error& error);

} // namespace punctual::api
