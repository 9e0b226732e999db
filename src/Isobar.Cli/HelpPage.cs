using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Isobar.Cli;

/// <summary>The help of a command, with its examples below the options.</summary>
internal sealed class HelpPage(HelpAction standard) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        standard.Invoke(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IEnumerable<(string CommandLine, string Does)> examples = command is IsobarCommand one
            ? one.Examples
            : command.Subcommands.OfType<IsobarCommand>().Select(each => each.Examples[0]);
        var rows = examples.ToList();
        writer.WriteLine("Examples:");
        int width = rows.Max(row => row.CommandLine.Length);
        bool beside = rows.All(row => width + row.Does.Length + 11 <= standard.MaxWidth);
        foreach ((string line, string does) in rows)
        {
            writer.WriteLine(beside ? $"  isobar {line.PadRight(width)}  {does}" : $"  isobar {line}");
            if (!beside) writer.WriteLine($"      {does}");
        }

        writer.WriteLine();
        if (command is not IsobarCommand) writer.WriteLine("Exit codes: 0 done, 1 bad input, 2 a limit or verdict failed, 3 the outside world failed.");
        return 0;
    }
}
