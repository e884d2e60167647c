// SPDX-License-Identifier: GPL-3.0-or-later
// What may be typed behind the name of a program, or of a command of it, and where the values go. A thin
// layer over CLI11, which takes seconds to compile in every source that sees its header.
//
// Options are read and checked while parse() runs: what they are bound to has to outlive that.
#pragma once

#include "app/common/option.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace CLI
{
class App;
}

namespace punctual::app
{

/// Ends the parsing with "argument: problem", or with a sentence; exit code 2. For use while parse() runs.
[[noreturn]] void refuse(const char* argument, const QString& problem);
[[noreturn]] void refuse(const QString& sentence);

/// A handle: a copy means the same program or command. Names are literals: "--name" of an option, just "name"
/// of an argument, which is known by its place.
class CommandParser
{
public:
    /// Of a whole program, with --help and --version. Its options may stand behind a command too.
    CommandParser(const char* name, const QString& description, const QString& footer = {});

    /// A command below this one, of which one has to be given then.
    CommandParser addCommand(const char* name, const QString& description);

    /// Called when the command was given and all its options are read. May refuse.
    void whenGiven(std::function<void()> act);

    /// Whatever can be assigned a QString.
    template <class Target>
    Option text(const char* name, Target& target, const QString& description, const char* type = "TEXT")
    {
        return take(
            name, [&target](const QString& text) { target = text; }, description, type);
    }

    /// As it was typed, in whatever encoding.
    Option bytes(const char* name, std::optional<QByteArray>& target, const QString& description);

    Option number(const char* name, int& target, int least, int most, const QString& description);

    Option flag(const char* name, bool& target, const QString& description);

    /// A text that `reader` turns into a Result, whose error refuses it.
    template <class Target, class Read>
    Option read(const char* name, Target& target, Read reader, const QString& description, const char* type)
    {
        const auto assign = [&target, reader, name](const QString& text) {
            auto value = reader(text);
            if (!value)
                refuse(name, value.error().detail);
            target = std::move(*value);
        };
        return take(name, assign, description, type);
    }

    /// Called with the value, if there is one. May refuse it.
    template <class Value>
    using Take = std::function<void(const Value&)>;
    Option take(const char* name, Take<QString> use, const QString& description, const char* type);
    Option takeAll(const char* name, Take<QStringList> use, const QString& description, const char* type);
    Option takeInteger(const char* name, const Take<qint64>& use, const QString& description,
                       const char* type);
    Option takeNumber(const char* name, const Take<double>& use, const QString& description,
                      const char* type);
    Option takeFlag(const char* name, std::function<void()> use, const QString& description);

    /// The exit code if the program ends here, after help, a version or a mistake, which are printed;
    /// nothing if it goes on.
    [[nodiscard]] std::optional<int> parse(int argc, const char* const* argv);

    /// For what describes all of it (ctl/manual.h).
    [[nodiscard]] const CLI::App& syntax() const { return *m_app; }

private:
    explicit CommandParser(std::shared_ptr<CLI::App> app);

    std::shared_ptr<CLI::App> m_app; // of a command: shares the whole program
};

} // namespace punctual::app
