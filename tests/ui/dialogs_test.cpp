// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of the window as message boxes.
#include "ui/common/dialogs.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTest>

namespace punctual::ui
{

class DialogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEnter_data()
    {
        QTest::addColumn<bool>("isHarmless");
        QTest::newRow("what harms is not done by Enter") << false;
        QTest::newRow("what can be taken back is done by Enter") << true;
    }

    void answersEnter()
    {
        QFETCH(const bool, isHarmless);
        int accepted = 0;
        auto* box = ask(isHarmless, accepted);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(accepted, isHarmless ? 1 : 0);
        QVERIFY(!box->isVisible());
    }

    void doesWhatTheButtonSays()
    {
        int accepted = 0;
        auto* box = ask(false, accepted);
        const auto buttons = box->buttons();
        for (auto* button : buttons)
            if (button->text() == u"Remove")
                button->click();
        QCOMPARE(accepted, 1);
    }

    void leavesEverythingOnEscape()
    {
        int accepted = 0;
        auto* box = ask(true, accepted);
        QTest::keyClick(box, Qt::Key_Escape);
        QCOMPARE(accepted, 0);
        QVERIFY(!box->isVisible());
    }

private:
    QMessageBox* ask(bool isHarmless, int& accepted)
    {
        m_window = std::make_unique<QWidget>();
        m_window->show();
        MessageBoxDialogs dialogs;
        dialogs.ask(m_window.get(),
                    {QStringLiteral("Remove destination"), QStringLiteral("Remove orders?"),
                     QStringLiteral("Remove"), QStringLiteral("Keep"), isHarmless},
                    [&accepted] { ++accepted; });
        auto* box = m_window->findChild<QMessageBox*>();
        if (!QTest::qWaitForWindowActive(box))
            qFatal("the question is not there");
        return box;
    }

    std::unique_ptr<QWidget> m_window;
};

} // namespace punctual::ui

using punctual::ui::DialogsTest;
QTEST_MAIN(DialogsTest)

#include "dialogs_test.moc"
