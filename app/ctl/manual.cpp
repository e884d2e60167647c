// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/manual.h"

#include "app/common/setting_keys.h"

#include <QByteArrayList>

#include <CLI/CLI.hpp>

namespace punctual::ctl
{

namespace
{

std::vector<const CLI::App*> commandsOf(const CLI::App& app)
{
    return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> optionsOf(const CLI::App& app)
{
    return app.get_options([](const CLI::Option*) { return true; });
}

bool isPositional(const CLI::Option& option)
{
    return option.get_lnames().empty() && option.get_snames().empty();
}

/// Text as man(7) takes it: its own signs are no letters.
QByteArray escaped(const std::string& text)
{
    QByteArray safe = QByteArray::fromStdString(text);
    safe.replace('\\', "\\e").replace('-', "\\-");
    QByteArrayList lines = safe.split('\n');
    for (auto& line : lines)
        if (line.startsWith('.') || line.startsWith('\''))
            line.prepend("\\&");
    return lines.join('\n');
}

QByteArray namesOf(const CLI::Option& option)
{
    QByteArrayList names;
    for (const auto& name : option.get_snames())
        names.append("\\fB\\-" + escaped(name) + "\\fR");
    for (const auto& name : option.get_lnames())
        names.append("\\fB\\-\\-" + escaped(name) + "\\fR");
    QByteArray text = names.join(", ");
    if (isPositional(option))
        text = "\\fI" + escaped(option.get_type_name()) + "\\fR";
    else if (option.get_items_expected_max() > 0)
        text += " \\fI" + escaped(option.get_type_name()) + "\\fR";
    return text;
}

/// The options of a command but for --help, each with what it is for.
QByteArray describeOptions(const CLI::App& app)
{
    QByteArray text;
    for (const auto* option : optionsOf(app))
        if (option != app.get_help_ptr())
            text += ".TP\n" + namesOf(*option) + '\n' + escaped(option->get_description()) + '\n';
    return text;
}

/// Of a command and those below it. One that only holds others has no part of its own.
QByteArray describeCommands(const CLI::App& app, const QByteArray& path)
{
    QByteArray text;
    for (const auto* command : commandsOf(app)) {
        const QByteArray name = path + QByteArray::fromStdString(command->get_name());
        if (!commandsOf(*command).empty()) {
            text += describeCommands(*command, name + ' ');
            continue;
        }
        QByteArray heading = name;
        for (const auto* option : optionsOf(*command))
            if (isPositional(*option))
                heading += ' ' + QByteArray::fromStdString(option->get_type_name());
        text += ".SS \"" + escaped(heading.toStdString()) + "\"\n" + escaped(command->get_description()) +
                ".\n" + describeOptions(*command);
    }
    return text;
}

QByteArrayList wordsAfter(const CLI::App& app)
{
    QByteArrayList words;
    for (const auto* command : commandsOf(app))
        words.append(QByteArray::fromStdString(command->get_name()));
    for (const auto* option : optionsOf(app))
        for (const auto& name : option->get_lnames())
            words.append("--" + QByteArray::fromStdString(name));
    return words;
}

/// A line for each command: what may follow it.
void addCases(const CLI::App& app, const QByteArray& path, const QByteArrayList& everywhere,
              QByteArrayList& paths, QByteArray& cases)
{
    auto words = wordsAfter(app);
    for (const auto& word : everywhere)
        if (!words.contains(word))
            words.append(word);
    cases += "        '" + path + "') words='" + words.join(' ') + "' ;;\n";
    for (const auto* command : commandsOf(app)) {
        const QByteArray below = path + ' ' + QByteArray::fromStdString(command->get_name());
        paths.append(below);
        addCases(*command, below, everywhere, paths, cases);
    }
}

/// Every key by its three names.
QByteArray describeSettings()
{
    QByteArray text;
    for (const auto& key : app::settingKeys())
        text += ".TP\n\\fB" + app::variableOf(key).toUtf8() + "\\fR\n" + key.name.toUtf8() + " of the file" +
                (key.flag.isEmpty() ? QByteArray() : ", " + escaped(key.flag.toStdString())) + "\n";
    return text;
}

} // namespace

QByteArray manualPage(const app::CommandParser& program, int section)
{
    const CLI::App& app = program.syntax();
    const QByteArray name = QByteArray::fromStdString(app.get_name());
    const bool hasCommands = !commandsOf(app).empty();
    QByteArray text = ".TH " + name.toUpper() + ' ' + QByteArray::number(section) +
                      " \"\" \"Punctual " PUNCTUAL_VERSION "\"\n" //
                      ".SH NAME\n" +
                      name + " \\- " + escaped(app.get_description()) + '\n' + //
                      ".SH SYNOPSIS\n.B " + name + "\n[\\fIOPTIONS\\fR]" +
                      (hasCommands ? " \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n" : "\n") + ".SH OPTIONS\n" +
                      (hasCommands ? "These may stand before or behind the command.\n" : "") +
                      describeOptions(app);
    if (hasCommands)
        text += ".SH COMMANDS\n" + describeCommands(app, {});
    if (!app.get_footer().empty())
        text += ".SH NOTES\n.nf\n" + escaped(app.get_footer()) + "\n.fi\n";
    return text + ".SH ENVIRONMENT\nA flag goes before a variable, and a variable before the file.\n" +
           describeSettings() +
           ".SH FILES\n.TP\n\\fI~/.config/punctual/punctual.toml\\fR, \\fI/etc/punctual/punctual.toml\\fR\n"
           "Settings: the first of the two that exists.\n"
           ".SH SEE ALSO\n\\fBpunctuald\\fR(8), \\fBpunctualctl\\fR(1), \\fBpsql\\fR(1)\n";
}

QByteArray bashCompletion(const app::CommandParser& program)
{
    const CLI::App& app = program.syntax();
    QByteArrayList everywhere; // options of the whole program
    for (const auto& word : wordsAfter(app))
        if (word.startsWith("--"))
            everywhere.append(word);
    QByteArrayList paths;
    QByteArray cases;
    addCases(app, {}, everywhere, paths, cases);
    for (auto& path : paths)
        path = '\'' + path + '\'';
    const QByteArray name = QByteArray::fromStdString(app.get_name());
    return "# Completes " + name +
           " in bash: source it, or put it into /usr/share/bash-completion/completions.\n" + '_' + name +
           "() {\n" +
           "    local words path='' i\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case \"$path ${COMP_WORDS[i]}\" in\n"
           "        " +
           paths.join('|') +
           ") path+=\" ${COMP_WORDS[i]}\" ;;\n"
           "        esac\n"
           "    done\n"
           "    case $path in\n" +
           cases +
           "    esac\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "}\n"
           "complete -o default -F _" +
           name + ' ' + name + '\n';
}

} // namespace punctual::ctl
