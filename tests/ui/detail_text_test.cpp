// SPDX-License-Identifier: GPL-3.0-or-later
// What engine/core says of fields is known to the window, which translates it.
#include "ui/common/detail_text.h"
#include "ui/common/wording.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

namespace punctual::ui
{

namespace
{

/// Turns every text of this context into capital letters.
class Shouting : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* sourceText,
                                    const char* /*disambiguation*/, int /*n*/) const override
    {
        return qstrcmp(context, "Detail") == 0 ? QString::fromUtf8(sourceText).toUpper() : QString();
    }
};

/// The details in a source, as in QStringLiteral("is longer than %1 " "characters").
QStringList detailsIn(const QString& source)
{
    static const QRegularExpression literal(
        QStringLiteral(R"re(QStringLiteral\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\))re"));
    static const QRegularExpression seam(QStringLiteral(R"re((?<!\\)"\s*")re"));
    static const QRegularExpression detail(
        QStringLiteral("^(is|has|cannot|needs|does|may|must|belongs|goes|holds|lacks|stands) "));
    QStringList details;
    auto matches = literal.globalMatch(source);
    while (matches.hasNext()) {
        QString text = matches.next().captured(1).trimmed().remove(seam);
        text = text.mid(1, text.size() - 2).replace(QStringLiteral("\\\""), QStringLiteral("\""));
        if (detail.match(text).hasMatch())
            details << text;
    }
    return details;
}

} // namespace

class DetailTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_shouting); }
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_shouting); }

    void knowsWhatCoreSays_data()
    {
        QTest::addColumn<QString>("path");
        const QDir core(QStringLiteral(PUNCTUAL_SOURCES "/engine/core"));
        const auto names = core.entryList({QStringLiteral("*.cpp")});
        QVERIFY(!names.isEmpty());
        for (const auto& name : names)
            QTest::newRow(qPrintable(name)) << core.filePath(name);
    }

    void knowsWhatCoreSays()
    {
        QFETCH(const QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto details = detailsIn(QString::fromUtf8(file.readAll()));
        for (const auto& detail : details)
            QCOMPARE(detailText(detail), detail.toUpper());
    }

    void keepsTheValues()
    {
        QCOMPARE(detailText(QStringLiteral("is not a whole number from 1 to 100")),
                 QStringLiteral("IS NOT A WHOLE NUMBER FROM 1 TO 100"));
    }

    void leavesOthersAsTheyAre()
    {
        const QString other = QStringLiteral("It is the server of somebody else.");
        QCOMPARE(detailText(other), other);
    }

    void translatesErrors()
    {
        const Error error{ErrorCode::InvalidInput, QStringLiteral("is missing")};
        QVERIFY(errorText(error).endsWith(QStringLiteral("\nIS MISSING")));
    }

private:
    Shouting m_shouting;
};

} // namespace punctual::ui

using punctual::ui::DetailTextTest;
QTEST_MAIN(DetailTextTest)

#include "detail_text_test.moc"
