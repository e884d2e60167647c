// SPDX-License-Identifier: GPL-3.0-or-later
// Several test classes in one program: PUNCTUAL_TEST(Class) in each file, and main() is in the support
// library. Arguments are those of Qt Test, behind the name of a class to run only that one:
//
//   test_core TimeTest parsesOffsets
#pragma once

#include <QTest>

#include <memory>

namespace punctual::test
{

class TestClass
{
public:
    TestClass(const char* name, std::unique_ptr<QObject> (*make)());
};

} // namespace punctual::test

#define PUNCTUAL_TEST(Class)                                                                                 \
    static const punctual::test::TestClass registered##Class{                                                \
        #Class, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); }};
