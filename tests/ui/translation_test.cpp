// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"

#include <QDir>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>

class TranslationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isComplete_data()
    {
        QTest::addColumn<QString>("path");
        const QDir directory(QStringLiteral(PUNCTUAL_TRANSLATIONS));
        const auto names = directory.entryList({QStringLiteral("*.ts")});
        QVERIFY(names.size() >= 2);
        for (const auto& name : names)
            QTest::newRow(qPrintable(name)) << directory.filePath(name);
    }

    void isComplete()
    {
        QFETCH(const QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int count = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == u"source") {
                source = xml.readElementText();
            } else if (xml.isStartElement() && xml.name() == u"translation") {
                QVERIFY2(!xml.attributes().hasAttribute(QStringLiteral("type")), qPrintable(source));
                const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                QVERIFY2(!text.isEmpty(), qPrintable(source));
                QCOMPARE(placesIn(text), placesIn(source));
                ++count;
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(count > 0);
    }

    void isInTheProgram()
    {
        QTranslator chinese;
        QVERIFY(chinese.load(QLocale(QLocale::Chinese, QLocale::China), QStringLiteral("punctual"),
                             QStringLiteral("_"), QStringLiteral(":/i18n")));
        QCOMPARE(chinese.translate("MessageState", "Scheduled"), QStringLiteral("已计划"));
        QTranslator english;
        QVERIFY(english.load(QLocale(QLocale::English), QStringLiteral("punctual"), QStringLiteral("_"),
                             QStringLiteral(":/i18n")));
        QCOMPARE(english.translate("Times", "%n day(s)", nullptr, 1), QStringLiteral("%n day"));
    }

private:
    /// Which of %1, %2 … a text has.
    static QSet<QString> placesIn(const QString& text)
    {
        static const QRegularExpression place(QStringLiteral("%[1-9]"));
        QSet<QString> places;
        auto found = place.globalMatch(text);
        while (found.hasNext())
            places << found.next().captured();
        return places;
    }
};

PUNCTUAL_TEST(TranslationTest)

#include "translation_test.moc"
