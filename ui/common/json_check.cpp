// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/json_check.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace punctual::ui
{

namespace
{

/// Walks over a text by the grammar of RFC 8259 and stops at the first mistake.
class JsonChecker
{
    Q_DECLARE_TR_FUNCTIONS(Json)

public:
    explicit JsonChecker(const QString& text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::optional<JsonProblem> check()
    {
        if (value(0) && m_position < m_text.size())
            fail(tr("something follows the end of the value"));
        if (m_reason.isEmpty())
            return std::nullopt;
        const QString before = m_text.left(m_position);
        const QString line = before.mid(before.lastIndexOf(u'\n') + 1);
        return JsonProblem{static_cast<int>(before.count(u'\n')) + 1,
                           static_cast<int>(line.toUcs4().size()) + 1, m_reason};
    }

private:
    static constexpr int deepest = 500;

    bool fail(const QString& reason)
    {
        m_reason = reason;
        return false;
    }

    void skipSpace()
    {
        while (at(u' ') || at(u'\n') || at(u'\t') || at(u'\r'))
            ++m_position;
    }

    [[nodiscard]] bool at(QChar c) const { return m_position < m_text.size() && m_text[m_position] == c; }

    bool step(QChar c)
    {
        if (!at(c))
            return false;
        ++m_position;
        skipSpace();
        return true;
    }

    /// A value and the space around it.
    bool value(int depth)
    {
        skipSpace();
        if (depth > deepest)
            return fail(tr("it is nested too deeply"));
        const bool good = at(u'{') ? object(depth) : at(u'[') ? array(depth) : at(u'"') ? string() : scalar();
        if (good)
            skipSpace();
        return good;
    }

    bool object(int depth)
    {
        step(u'{');
        if (step(u'}'))
            return true;
        do {
            if (!at(u'"'))
                return fail(tr("a name in quotation marks is expected here"));
            if (!string())
                return false;
            skipSpace();
            if (!step(u':'))
                return fail(tr("the : between name and value is missing"));
            if (!value(depth + 1))
                return false;
        } while (step(u','));
        return step(u'}') || fail(tr("a comma or the closing } is missing"));
    }

    bool array(int depth)
    {
        step(u'[');
        if (step(u']'))
            return true;
        do {
            if (!value(depth + 1))
                return false;
        } while (step(u','));
        return step(u']') || fail(tr("a comma or the closing ] is missing"));
    }

    bool string()
    {
        static const QRegularExpression escape(QStringLiteral(R"(\\(["\\/bfnrt]|u[0-9A-Fa-f]{4}))"));
        for (++m_position; !at(u'"');) {
            if (m_position == m_text.size() || at(u'\n'))
                return fail(tr("the closing quotation mark is missing"));
            if (m_text[m_position] < u' ')
                return fail(tr("this character has to be escaped"));
            const auto length = at(u'\\') ? matchLength(escape) : 1;
            if (length == 0)
                return fail(tr("there is no such escape sequence"));
            m_position += length;
        }
        ++m_position;
        return true;
    }

    bool scalar()
    {
        static const QRegularExpression form(
            QStringLiteral(R"((?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-]))"));
        const auto length = matchLength(form);
        m_position += length;
        return length > 0 || fail(tr("a value is expected here"));
    }

    [[nodiscard]] qsizetype matchLength(const QRegularExpression& form) const
    {
        return form
            .match(m_text, m_position, QRegularExpression::NormalMatch,
                   QRegularExpression::AnchorAtOffsetMatchOption)
            .capturedLength();
    }

    const QString& m_text;
    qsizetype m_position = 0;
    QString m_reason;
};

} // namespace

std::optional<JsonProblem> problemOfJson(const QString& text)
{
    return JsonChecker(text).check();
}

} // namespace punctual::ui
