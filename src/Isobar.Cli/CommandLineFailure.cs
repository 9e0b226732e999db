using System.CommandLine;

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
            string next = Nearest(token, known) is { } nearest ? $"did you mean '{nearest}'?" : $"see {help}";
            return new Failure($"'{token}' is not {what} of {owner}", expected, next);
        }

        string message = parse.Errors[0].Message;
        string where = parse.Errors[0].SymbolResult is System.CommandLine.Parsing.OptionResult optionResult
            ? $"option {optionResult.Option.Name}"
            : "";
        return new Failure(message.TrimEnd('.'), "", $"see {help}", where.Length > 0 ? where : null);
    }

    /// <summary>The known word that differs least, when it differs little enough to be a slip of the finger.</summary>
    internal static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = (word.Length / 3) + 2;
        foreach (string candidate in known)
        {
            int distance = candidate.StartsWith(word, StringComparison.Ordinal) ? 1 : EditDistance(word, candidate);
            if (distance >= least) continue;
            least = distance;
            nearest = candidate;
        }

        return nearest;
    }

    private static int EditDistance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
