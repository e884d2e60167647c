// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies and parameters for every field that a schema describes.
#pragma once

#include "description.h"

#include <QStringList>

#include <vector>

namespace punctual::test
{

struct FieldCase
{
    enum Expected {
        Read,    // it is a field that is known
        Refused, // its value is not taken
        Unknown, // there is no such field
    };

    QString pointer;
    QByteArray body;
    Expected expected = Read;
};

/// Of each field one that is read, those of the values beyond its borders and of other types that the schema
/// does not allow, and beside the fields of each object one that is not described. The rest of a body is not
/// there: whatever else may be wrong with it, the field is named.
[[nodiscard]] std::vector<FieldCase> fieldCases(const Description& description, const QString& schema);

/// Texts that a parameter of this schema does not allow.
[[nodiscard]] QStringList wrongTexts(const Description& description, const QString& schema);

} // namespace punctual::test
