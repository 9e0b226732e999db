using System.CommandLine;
using System.Globalization;
using System.Text;
using Isobar.Cli;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>The page of commands is written from their declarations: ISOBAR_ACCEPT=1 rewrites it after one has changed.</summary>
public sealed class CommandPageTests
{
    [Fact]
    public void The_page_of_commands_shows_every_option_as_it_is_declared()
    {
        var page = new StringBuilder();
        page.Append("# Commands\n\n<!-- Written from src/Isobar.Cli/Commands by CommandPageTests; change those, then run the tests with ISOBAR_ACCEPT=1. -->\n\n");
        page.Append("Every command takes `--help` and `--json`: the same facts as one JSON document on the standard output, with SI numbers and names that stay.\n");
        page.Append("Pressures, lengths, times are written with their unit; several as `5,25,74MPa`. A failure says on the error output what was found, what was expected,\n");
        page.Append("where, and what to do next.\n\n| exit code | meaning |\n|---|---|\n");
        foreach (ExitCode code in Enum.GetValues<ExitCode>()) page.Append(CultureInfo.InvariantCulture, $"| {(int)code} | {Meaning(code)} |\n");
        page.Append("\n| command | what it does |\n|---|---|\n");
        foreach (IsobarCommand command in All()) page.Append(CultureInfo.InvariantCulture, $"| [`{command.Name}`](#isobar-{command.Name}) | {Cell(command.Description)} |\n");
        foreach (IsobarCommand command in All()) Append(page, "isobar", command);
        Golden.Check(page.ToString(), "docs", "reference", "commands.md");
    }

    [Fact]
    public void Every_command_every_option_and_every_argument_is_described()
    {
        foreach (Command command in All().SelectMany(WithThoseBelow))
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{command.Name} {argument.Name}"));
        }
    }

    [Fact]
    public void Every_exit_code_has_a_meaning() => Assert.All(Enum.GetValues<ExitCode>(), code => Assert.False(string.IsNullOrEmpty(Meaning(code))));

    private static IEnumerable<IsobarCommand> All() => IsobarProgram.Root(new Surroundings(TextWriter.Null, TextWriter.Null)).Subcommands.OfType<IsobarCommand>();

    private static IEnumerable<Command> WithThoseBelow(Command command) => command.Subcommands.SelectMany(WithThoseBelow).Prepend(command);

    private static string Meaning(ExitCode code) => code switch
    {
        ExitCode.Done => "it did what was asked",
        ExitCode.BadInput => "the command line or a file is wrong; nothing was changed",
        ExitCode.LimitFailed => "it was done, and a limit was exceeded or a verdict failed",
        ExitCode.OutsideFailed => "a press, a database, a disk or another program failed",
        _ => "",
    };

    private static void Append(StringBuilder page, string above, IsobarCommand command)
    {
        string name = $"{above} {command.Name}";
        page.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n{command.Description}\n");
        if (command.Arguments.Count + command.Options.Count > 0)
        {
            page.Append("\n| | value | meaning |\n|---|---|---|\n");
            foreach (Argument argument in command.Arguments)
                page.Append(CultureInfo.InvariantCulture, $"| `{argument.HelpName ?? argument.Name}` | {Needed(argument.Arity.MinimumNumberOfValues > 0)} | {Cell(argument.Description)} |\n");
            foreach (Option option in command.Options)
                page.Append(CultureInfo.InvariantCulture, $"| `{option.Name}` | {Value(option)} | {Cell(option.Description)}{(option.Required ? " (needed)" : "")} |\n");
        }

        page.Append("\n```text\n");
        foreach ((string line, string does) in command.Examples) page.Append(CultureInfo.InvariantCulture, $"isobar {line}\n    {does}\n");
        page.Append("```\n");
        foreach (IsobarCommand below in command.Subcommands.OfType<IsobarCommand>()) Append(page, name, below);
    }

    private static string Needed(bool needed) => needed ? "needed" : "may be left out";

    private static string Value(Option option) => option.ValueType == typeof(bool) ? "" : $"`{Cell(option.HelpName ?? option.Name.TrimStart('-'))}`";

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
