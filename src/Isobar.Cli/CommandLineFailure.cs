using System.CommandLine;
using System.CommandLine.Parsing;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>Turns what the parser found wrong with a command line into a <see cref="Failure"/>.</summary>
internal static class CommandLineFailure
{
    public static Failure Of(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string called = command is RootCommand ? "isobar" : "isobar " + PathOf(command);
        string help = called + " --help";
        if (parse.UnmatchedTokens.Count > 0)
        {
            string token = parse.UnmatchedTokens[0];
            bool option = token.StartsWith('-');
            string[] names = option
                ? [.. command.Options.Concat(parse.RootCommandResult.Command.Options).Select(each => each.Name).Distinct(StringComparer.Ordinal)]
                : [.. command.Subcommands.Select(each => each.Name)];
            string what = option ? "an option" : command is RootCommand ? "a command" : "an argument";
            string expected = names.Length > 0 ? "one of " + string.Join(", ", names) : "nothing more after the arguments of the command; a value with spaces needs quotes";
            string next = Spelling.Nearest(token, names) is { } nearest ? $"did you mean '{nearest}'?" : $"see {help}";
            return new Failure($"'{token}' is not {what} of {called}", expected, next);
        }

        string message = parse.Errors[0].Message;
        if (command is IsobarCommand known && parse.Errors[0].SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult })
        {
            string missing = string.Join(' ', command.Arguments.Select(argument => $"<{argument.Name}>"));
            return new Failure($"{called} needs {missing}", string.Join("; ", command.Arguments.Select(argument => argument.Description)), $"write for example: isobar {known.Examples[0].CommandLine}");
        }

        // The library lists permitted values one per line.
        int choices = message.IndexOf("Must be one of:", StringComparison.Ordinal);
        if (choices >= 0 && parse.Errors[0].SymbolResult is { Tokens: [{ } given, ..] })
        {
            return new Failure($"'{given.Value}' is not known to {called}", "one of " + string.Join(", ", message[choices..].Split('\'').Where((_, i) => i % 2 == 1)), $"see {help}");
        }

        string where = parse.Errors[0].SymbolResult is OptionResult optionResult
            ? $"option {optionResult.Option.Name}"
            : "";
        return new Failure(message.TrimEnd('.'), "", $"see {help}", where.Length > 0 ? where : null);
    }

    // "check interlab" for a command below another.
    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } above and not RootCommand ? PathOf(above) + " " + command.Name : command.Name;
}
