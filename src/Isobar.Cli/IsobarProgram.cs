using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Isobar.Cli.Commands;

namespace Isobar.Cli;

/// <summary>The isobar command: parses, calls one command, turns every failure into a message and an exit code.</summary>
internal static class IsobarProgram
{
    /// <summary>Every command of the program, in the order of the help page.</summary>
    private static IEnumerable<IsobarCommand> Commands() =>
    [
        new ConvertCommand(),
        new CalibrateCommand(),
        new PelletCommand(),
        new ContactCommand(),
        new SpectraCommand(),
        new KkCommand(),
        new FitCommand(),
        new DrtCommand(),
        new CyclesCommand(),
        new PlanCommand(),
        new PredictCommand(),
        new SimulateCommand(),
        new RunCommand(),
        new PressCommand(),
        new PressesCommand(),
        .. VerbCommand.All(),
        new ResumeCommand(),
        new TareCommand(),
        new ClearCommand(),
        new WatchCommand(),
        new MonitorCommand(),
        new SheetCommand(),
        new ReportCommand(),
        new CheckCommand(),
        new BudgetCommand(),
        new CardCommand(),
        new ExportCommand(),
        new ImportCommand(),
        new RunsCommand(),
        new VerifyCommand(),
        new ReplayCommand(),
        new CalibrateForceCommand(),
        new DiesCommand(),
        new ServeCommand(),
        new CompletionsCommand(),
    ];

    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        RunAsync(args, new Surroundings(output, error), cancellation);

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellation = default)
    {
        RootCommand root = Root(surroundings);
        ParseResult parse = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        var output = new Output(surroundings, parse.GetValue(IsobarCommand.Json));
        try
        {
            if (parse.Action is ParseErrorAction) throw CommandLineFailure.Of(parse);
            var configuration = new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                // Ctrl-C is STOP: a press needs its time to take the pressure away, and the process must not end before it has.
                ProcessTerminationTimeout = Timeout.InfiniteTimeSpan,
            };
            return await parse.InvokeAsync(configuration, cancellation);
        }
        catch (Exception exception) when (Failures.Of(exception) is { } failure)
        {
            output.Fail(failure);
            return (int)failure.ExitCode;
        }
    }

    internal static RootCommand Root(Surroundings surroundings)
    {
        var root = new RootCommand("Isobar, the pressure bench for solid-state batteries: plans, presses and proves the pressures of a cell.") { HelpName = "isobar" };
        root.Options.Add(IsobarCommand.Json);
        foreach (IsobarCommand command in Commands())
        {
            command.Bind(surroundings);
            root.Subcommands.Add(command);
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var standard = (HelpAction)help.Action!;
        standard.MaxWidth = surroundings.Width;
        var page = new HelpPage(standard);
        help.Action = page;
        root.SetAction(parse => page.Invoke(parse));
        return root;
    }
}
