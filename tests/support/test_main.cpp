// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace
{

using Make = std::unique_ptr<QObject> (*)();

std::vector<std::pair<QString, Make>>& classes()
{
    static std::vector<std::pair<QString, Make>> all;
    return all;
}

} // namespace

punctual::test::TestClass::TestClass(const char* name, Make make)
{
    classes().emplace_back(QString::fromLatin1(name), make);
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    const auto named = std::find_if(classes().begin(), classes().end(), [&](const auto& entry) {
        return arguments.size() > 1 && entry.first == arguments.at(1);
    });
    if (named != classes().end()) {
        arguments.removeAt(1);
        return QTest::qExec(named->second().get(), arguments);
    }
    int failed = classes().empty() ? 1 : 0;
    for (const auto& [name, make] : classes())
        failed += QTest::qExec(make().get(), arguments);
    return std::min(failed, 127);
}
