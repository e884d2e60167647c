// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/await.h"
#include "ui/common/refresher.h"

#include <QTest>
#include <QWidget>

namespace punctual::ui
{

using namespace std::chrono_literals;

class RefresherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_asked = 0;
        m_page = std::make_unique<QWidget>();
        m_refresher = new Refresher(*m_page, 1ms, [this] { ++m_asked; });
    }

    void asksNothingWhileHidden()
    {
        m_refresher->refresh();
        QCOMPARE(m_asked, 0);
        m_page->show();
        QTRY_COMPARE(m_asked, 1);
        m_page->hide();
        m_refresher->answered();
        m_refresher->refresh();
        QCoreApplication::processEvents();
        QCOMPARE(m_asked, 1);
        m_page->show();
        QTRY_COMPARE(m_asked, 2);
    }

    void asksOneQuestionAtATime()
    {
        m_page->show();
        QTRY_COMPARE(m_asked, 1);
        m_refresher->refresh();
        m_refresher->refresh();
        QCOMPARE(m_asked, 1);
        m_refresher->answered();
        QCOMPARE(m_asked, 2); // what was asked for meanwhile, once
    }

    void asksAgainAndAgain()
    {
        m_page->show();
        for (int i = 1; i <= 5; ++i) {
            QTRY_COMPARE(m_asked, i);
            m_refresher->answered();
        }
    }

    void restsWhilePaused()
    {
        m_page->show();
        QTRY_COMPARE(m_asked, 1);
        m_refresher->setPaused(true);
        m_refresher->answered();
        m_refresher->refresh();
        QCOMPARE(m_asked, 1);
        m_refresher->setPaused(false);
        QCOMPARE(m_asked, 2);
    }

private:
    int m_asked = 0;
    std::unique_ptr<QWidget> m_page;
    Refresher* m_refresher = nullptr;
};

} // namespace punctual::ui

using punctual::ui::RefresherTest;
QTEST_MAIN(RefresherTest)

#include "refresher_test.moc"
