using System.CommandLine;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>Turns what the parser found wrong with a command line into a <see cref="Failure"/>.</summary>
internal static class CommandLineFailure
{
    public static Failure Of(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string help = command is RootCommand ? "isobar --help" : $"isobar {command.Name} --help";
        if (parse.UnmatchedTokens.Count > 0)
        {
            string token = parse.UnmatchedTokens[0];
            bool option = token.StartsWith('-');
            string[] known = option
                ? [.. command.Options.Concat(parse.RootCommandResult.Command.Options).Select(each => each.Name).Distinct(StringComparer.Ordinal)]
                : [.. command.Subcommands.Select(each => each.Name)];
            string what = option ? "an option" : command is RootCommand ? "a command" : "an argument";
            string owner = command is RootCommand ? "isobar" : $"isobar {command.Name}";
            string expected = known.Length > 0 ? "one of " + string.Join(", ", known) : "nothing more after the arguments of the command; a value with spaces needs quotes";
            string next = Spelling.Nearest(token, known) is { } nearest ? $"did you mean '{nearest}'?" : $"see {help}";
            return new Failure($"'{token}' is not {what} of {owner}", expected, next);
        }

        string message = parse.Errors[0].Message;
        string where = parse.Errors[0].SymbolResult is System.CommandLine.Parsing.OptionResult optionResult
            ? $"option {optionResult.Option.Name}"
            : "";
        return new Failure(message.TrimEnd('.'), "", $"see {help}", where.Length > 0 ? where : null);
    }
}
