// SPDX-License-Identifier: GPL-3.0-or-later
// Every page with words that are 40 % longer: nothing is cut off.
#include "fixture.h"
#include "sample_data.h"
#include "ui/main_window.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTranslator>

namespace punctual::ui
{

namespace
{

/// A language for tests: letters have accents, and every text is 40 % longer.
class PseudoTranslator : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] QString translate(const char* /*context*/, const char* sourceText,
                                    const char* /*disambiguation*/, int /*n*/) const override
    {
        static const QString plain = QStringLiteral("aceinouyACEINOUY");
        static const QString accented = QStringLiteral("áçéíñóúýÁÇÉÍÑÓÚÝ");
        const QString source = QString::fromUtf8(sourceText);
        QString text;
        for (qsizetype i = 0; i < source.size(); ++i) {
            const auto found = plain.indexOf(source[i]);
            text += found < 0 ? source[i] : accented.at(found);
            if (source[i] != u'%')
                continue;
            do // %1, %n and %Ln stay as they are
                text += source.mid(++i, 1);
            while (i < source.size() && source[i] == u'L');
        }
        return text + QString(static_cast<qsizetype>(static_cast<double>(source.size()) * 0.4), u'~');
    }
};

} // namespace

class PseudoLocaleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture = std::make_unique<test::Fixture>();
        test::addDestinations(*m_fixture, QStringLiteral("http://127.0.0.1:9/"));
        test::addMessages(*m_fixture);
        test::addDeadLetters(*m_fixture);
        test::addOperations(*m_fixture);
        m_settings = std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
        QCoreApplication::installTranslator(&m_translator);
        m_window = std::make_unique<MainWindow>(m_fixture->workspace, m_fixture->clock, *m_settings);
        m_window->show();
    }

    void cleanupTestCase()
    {
        m_window.reset();
        QCoreApplication::removeTranslator(&m_translator);
        m_fixture.reset();
    }

    void keepsPlaceholders()
    {
        QCOMPARE(m_translator.translate("", "Due %1 in %n of %Ln", nullptr, -1),
                 QStringLiteral("Dúé %1 íñ %n óf %Ln~~~~~~~"));
    }

    void cutsNothingOff_data()
    {
        QTest::addColumn<int>("page");
        const auto* pages = navigation();
        for (int row = 0; row < pages->count(); ++row)
            QTest::newRow(qPrintable(QStringLiteral("page %1").arg(row + 1))) << row;
    }

    void cutsNothingOff()
    {
        QFETCH(const int, page);
        navigation()->setCurrentRow(page);
        QVERIFY(!m_window->grab().isNull());
        QVERIFY2(QTest::qWaitFor([this] { return !isLoading(); }, 30'000), "it loads for ever");
        QVERIFY(!m_window->grab().isNull());
        // What a text needs is known before the layouts have made room for it.
        QVERIFY2(QTest::qWaitFor([this] { return cutTexts().isEmpty(); }, 5'000),
                 qPrintable(cutTexts().join(u'\n')));
    }

private:
    [[nodiscard]] QListWidget* navigation()
    {
        return m_window->findChild<QListWidget*>(QString(), Qt::FindChildrenRecursively);
    }

    [[nodiscard]] bool isLoading()
    {
        const auto labels = m_window->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("Lóádíñg"));
        });
    }

    [[nodiscard]] QStringList cutTexts()
    {
        QStringList cut;
        const auto widgets = m_window->findChildren<QWidget*>();
        for (const auto* widget : widgets)
            if (widget->isVisible() && isCut(*widget))
                cut << describe(*widget);
        return cut;
    }

    static bool isCut(const QWidget& widget)
    {
        if (qobject_cast<const QLineEdit*>(widget.parentWidget()) != nullptr)
            return false; // an icon in a field
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
            if (label->text().isEmpty() || !label->pixmap().isNull())
                return false;
            return label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 1
                                     : label->sizeHint().width() > label->width() + 1;
        }
        const bool isButton = qobject_cast<const QPushButton*>(&widget) != nullptr ||
                              qobject_cast<const QCheckBox*>(&widget) != nullptr ||
                              qobject_cast<const QRadioButton*>(&widget) != nullptr ||
                              qobject_cast<const QToolButton*>(&widget) != nullptr;
        return isButton && widget.sizeHint().width() > widget.width() + 1;
    }

    static QString describe(const QWidget& widget)
    {
        const auto* label = qobject_cast<const QLabel*>(&widget);
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        return QStringLiteral("%1 “%2”: %3×%4 of %5×%6")
            .arg(QString::fromLatin1(widget.metaObject()->className()), label != nullptr    ? label->text()
                                                                        : button != nullptr ? button->text()
                                                                                            : QString())
            .arg(widget.width())
            .arg(widget.height())
            .arg(widget.sizeHint().width())
            .arg(widget.sizeHint().height());
    }

    QTemporaryDir m_directory;
    PseudoTranslator m_translator;
    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace punctual::ui

using punctual::ui::PseudoLocaleTest;
QTEST_MAIN(PseudoLocaleTest)

#include "pseudo_locale_test.moc"
