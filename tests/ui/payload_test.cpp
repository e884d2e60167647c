// SPDX-License-Identifier: GPL-3.0-or-later
// What is not edited in a payload stays byte by byte.
#include "support/factories.h"
#include "ui/common/database_clock.h"
#include "ui/compose/payload_editor.h"
#include "ui/messages/edit_dialog.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace punctual::ui
{

using namespace std::chrono_literals;

class PayloadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesABodyThatNobodyTouched_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("spaces that do not break stay") << QByteArray("\"10\xC2\xA0km\"");
        QTest::newRow("ends of lines of Windows stay") << QByteArray("{\r\n  \"order\": 7\r\n}");
        QTest::newRow("ends of lines of two kinds stay") << QByteArray("{\r\n  \"order\": 7\n}");
        QTest::newRow("separators of lines and paragraphs stay")
            << QStringLiteral("\"one\u2028two\u2029three\"").toUtf8();
    }

    void leavesABodyThatNobodyTouched()
    {
        QFETCH(const QByteArray, body);
        PayloadEditor editor;
        editor.setContent({body});
        QCOMPARE(editor.content().body, body);
        QCOMPARE(editor.problem(), QString());
    }

    void changesTheTagsAndNotTheBody_data() { leavesABodyThatNobodyTouched_data(); }

    void changesTheTagsAndNotTheBody()
    {
        QFETCH(const QByteArray, body);
        Message message;
        message.dueAt = test::at();
        message.content = Content{body};
        const DatabaseClock clock;
        EditDialog dialog(message, clock, QTimeZone::utc());
        QSignalSpy changed(&dialog, &EditDialog::changed);
        const auto fields = dialog.findChildren<QLineEdit*>();
        for (auto* field : fields)
            if (field->accessibleName() == u"Tags")
                field->setText(QStringLiteral("promo"));
        const auto buttons = dialog.findChildren<QPushButton*>();
        for (auto* button : buttons)
            if (button->text() == u"&Save")
                button->click();
        QCOMPARE(changed.count(), 1);
        const auto change = changed.at(0).at(0).value<MessageChange>();
        QCOMPARE(change.tags, std::optional(QStringList{QStringLiteral("promo")}));
        QVERIFY(!change.body);
    }

    void keepsWhatAnEditDidNotTouch()
    {
        PayloadEditor editor;
        editor.setContent({"{\r\n  \"way\": \"10\xC2\xA0km\"\r\n}"});
        auto* text = editor.findChild<QPlainTextEdit*>();
        QTest::keyClick(text, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Space);
        QCOMPARE(editor.content().body, QByteArray(" {\r\n  \"way\": \"10\xC2\xA0km\"\r\n}"));
        text->undo();
        QCOMPARE(editor.content().body, QByteArray("{\r\n  \"way\": \"10\xC2\xA0km\"\r\n}"));
    }

    void forgetsTheBodyBefore()
    {
        PayloadEditor editor;
        editor.setContent({"1\r\n"});
        editor.setContent({"1\n"});
        QCOMPARE(editor.content().body, QByteArray("1\n"));
    }
};

} // namespace punctual::ui

using punctual::ui::PayloadTest;
QTEST_MAIN(PayloadTest)

#include "payload_test.moc"
