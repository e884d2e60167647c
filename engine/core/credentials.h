// SPDX-License-Identifier: GPL-3.0-or-later
// What is secret of a destination. People and programs may write these values and never read them; the
// database keeps them sealed, apart from the rest.
#pragma once

#include "core/header.h"
#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace punctual
{

struct Destination;

/// How a destination wants to know who is calling.
struct Authentication
{
    enum class Type {
        Bearer, // Authorization: Bearer VALUE (RFC 6750)
        Basic,  // Authorization: Basic, of NAME:VALUE (RFC 7617)
        Header, // NAME: VALUE
    };

    Type type = Type::Bearer;
    QByteArray name;  // the user, in UTF-8, or the header; not secret
    QByteArray value; // the token, the password in UTF-8, or the header's value

    friend bool operator==(const Authentication&, const Authentication&) = default;
};

struct Credentials
{
    QByteArray signingSecret;         // as written, "whsec_…"; empty for none
    QByteArray previousSigningSecret; // a second one while receivers change over
    std::optional<Authentication> authentication;
    QByteArray clientKey;        // PEM, of the client certificate in the destination's TLS settings
    std::vector<Header> headers; // only while they are apart from their destination, see takeCredentials()
    /// Why these could not be opened, for people; empty if they could. Nothing may be sent without them.
    QString unreadable;

    [[nodiscard]] bool isEmpty() const;

    friend bool operator==(const Credentials&, const Credentials&) = default;
};

/// The bytes to seal; none when there is nothing secret. They are in clear: wipe() them after use.
[[nodiscard]] QByteArray toBytes(const Credentials& credentials);

/// Internal: these bytes were not made by toBytes(). The error does not repeat them.
[[nodiscard]] Result<Credentials> credentialsFromBytes(const QByteArray& bytes);

/// Takes everything secret out of `destination`, so that the rest may be stored and listed. The names of
/// secret headers stay, with the mark of a hidden value.
[[nodiscard]] Credentials takeCredentials(Destination& destination);

/// The reverse. A header that still has its mark afterwards makes the credentials unreadable.
void giveCredentials(Destination& destination, Credentials credentials);

/// The key of a signing secret: `whsec_` and the base64 of 24 to 64 bytes (Standard Webhooks). Nothing when
/// it is not one.
[[nodiscard]] std::optional<QByteArray> signingKey(const QByteArray& secret);

/// The header that carries it.
[[nodiscard]] Header headerOf(const Authentication& authentication);

/// Every text that gives a secret of `destination`, or of secret ones of these headers, away where it
/// appears, in text or in JSON, the longest first.
[[nodiscard]] std::vector<QByteArray> secretTexts(const Destination& destination);
[[nodiscard]] std::vector<QByteArray> secretTexts(const std::vector<Header>& headers);

/// Puts the mark of a hidden value in the place of each of the texts. Very short ones are left: they would
/// tear holes into every answer.
void hideSecrets(QByteArray& text, const std::vector<QByteArray>& secrets);

} // namespace punctual
