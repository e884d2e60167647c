// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/command_parser.h"

#include "app/common/exit_code.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>

namespace punctual::app
{

void refuse(const char* argument, const QString& problem)
{
    throw CLI::ValidationError(argument, problem.toStdString());
}

void refuse(const QString& sentence)
{
    throw CLI::ValidationError(sentence.toStdString());
}

CommandParser::CommandParser(const char* name, const QString& description, const QString& footer)
    : m_app(std::make_shared<CLI::App>(description.toStdString(), name))
{
    m_app->fallthrough();
    m_app->footer(footer.toStdString());
    m_app->set_help_flag(
        "-h,--help", QCoreApplication::translate("CommandLine", "Print this help and exit").toStdString());
    m_app->set_version_flag(
        "--version", "Punctual " PUNCTUAL_VERSION,
        QCoreApplication::translate("CommandLine", "Print the version and exit").toStdString());
}

CommandParser::CommandParser(std::shared_ptr<CLI::App> app)
    : m_app(std::move(app))
{
}

CommandParser CommandParser::addCommand(const char* name, const QString& description)
{
    m_app->require_subcommand(1);
    auto* command = m_app->add_subcommand(name, description.toStdString());
    return CommandParser(std::shared_ptr<CLI::App>(m_app, command));
}

void CommandParser::whenGiven(std::function<void()> act)
{
    m_app->callback(std::move(act));
}

Option CommandParser::bytes(const char* name, std::optional<QByteArray>& target, const QString& description)
{
    const auto assign = [&target](const std::string& text) { target = QByteArray::fromStdString(text); };
    return Option(*m_app->add_option_function<std::string>(name, assign, description.toStdString()));
}

Option CommandParser::number(const char* name, int& target, int least, int most, const QString& description)
{
    return Option(
        *m_app->add_option(name, target, description.toStdString())->check(CLI::Range(least, most)));
}

Option CommandParser::flag(const char* name, bool& target, const QString& description)
{
    return Option(*m_app->add_flag(name, target, description.toStdString()));
}

Option CommandParser::take(const char* name, Take<QString> use, const QString& description, const char* type)
{
    const auto takeText = [use = std::move(use)](const std::string& text) {
        use(QString::fromStdString(text));
    };
    return Option(
        *m_app->add_option_function<std::string>(name, takeText, description.toStdString())->type_name(type));
}

Option CommandParser::takeAll(const char* name, Take<QStringList> use, const QString& description,
                              const char* type)
{
    using Texts = std::vector<std::string>;
    const auto takeTexts = [use = std::move(use)](const Texts& texts) {
        QStringList values;
        for (const auto& text : texts)
            values.append(QString::fromStdString(text));
        use(values);
    };
    return Option(
        *m_app->add_option_function<Texts>(name, takeTexts, description.toStdString())->type_name(type));
}

Option CommandParser::takeInteger(const char* name, const Take<qint64>& use, const QString& description,
                                  const char* type)
{
    return Option(*m_app->add_option_function<qint64>(name, use, description.toStdString())->type_name(type));
}

Option CommandParser::takeNumber(const char* name, const Take<double>& use, const QString& description,
                                 const char* type)
{
    return Option(*m_app->add_option_function<double>(name, use, description.toStdString())->type_name(type));
}

Option CommandParser::takeFlag(const char* name, std::function<void()> use, const QString& description)
{
    return Option(*m_app->add_flag_callback(name, std::move(use), description.toStdString()));
}

std::optional<int> CommandParser::parse(int argc, const char* const* argv)
{
    try {
        m_app->parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& ending) {
        return static_cast<int>(m_app->exit(ending) == 0 ? ExitCode::Done : ExitCode::Usage);
    }
}

} // namespace punctual::app
