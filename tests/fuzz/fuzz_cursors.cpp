// SPDX-License-Identifier: GPL-3.0-or-later
// Cursors and places come back from callers. What is taken for one is written in one way only, and means the
// same when it is read again.
#include "client/lane_json.h"
#include "core/change_set.h"
#include "core/dead_letters.h"
#include "core/message_list.h"
#include "expect.h"

using namespace punctual;
using fuzz::expect;

namespace
{

void tryMessages(const QString& text)
{
    const auto cursor = parseMessageCursor(text);
    if (!cursor)
        return;
    const auto again = parseMessageCursor(toText(*cursor));
    expect(again && again->dueAt == cursor->dueAt && again->id == cursor->id, "a message cursor comes back");
}

void tryDeadLetters(const QString& text)
{
    const auto cursor = parseDeadLetterCursor(text);
    if (!cursor)
        return;
    const auto again = parseDeadLetterCursor(toText(*cursor));
    expect(again && again->lastAt == cursor->lastAt && again->fingerprint == cursor->fingerprint,
           "a cursor of dead letters comes back");
}

void tryKeys(const QString& text)
{
    const auto key = parseKeyCursor(text);
    if (key)
        expect(parseKeyCursor(keyCursor(*key)) == key, "a cursor of keys comes back");
    if (text.isValidUtf16() && !text.contains(QChar::Null)) // a key has none: the database takes none
        expect(parseKeyCursor(keyCursor(text)) == text, "a key comes back");
}

void tryPlaces(const QString& text)
{
    const auto place = parseChangePlace(text);
    if (place)
        expect(toText(*place) == text, "a place is written in one way");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    tryMessages(text);
    tryDeadLetters(text);
    tryKeys(text);
    tryPlaces(text);
    return 0;
}
