using System.CommandLine;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Asks something of a run that another process makes: stop, abort, hold, pause, or the answer to its prompt.</summary>
internal sealed class VerbCommand : IsobarCommand
{
    // The run looks ten times a second; a real press may be waiting for its line meanwhile.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    private readonly PressVerb? _verb;
    private readonly string _example;
    private readonly Argument<string?> _run = new("run") { Description = "Beginning of the run's id, or the name of its press (default: the only run in progress)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; it stays in the record with your name", HelpName = "text" };
    private readonly Option<string?> _lab = LabPlace.Option();

    private VerbCommand(string name, PressVerb? verb, string description, string example)
        : base(name, description)
    {
        _verb = verb;
        _example = example;
        Arguments.Add(_run);
        Options.Add(_reason);
        Options.Add(_lab);
    }

    public static VerbCommand[] All() =>
    [
        new("stop", PressVerb.Stop, "Stop a run in progress: its pressure is taken away by the release policy. Not an emergency stop; that one is on the press.", "stop"),
        new("abort", PressVerb.Abort, "Abort a run in progress: the press takes its pressure away by its own means.", "abort"),
        new("hold", PressVerb.Hold, "Hold a run in progress at the pressure it has, until a person resumes it.", "hold --reason 'look at the die'"),
        new("pause", PressVerb.Pause, "Hold a run in progress when its present step is done.", "pause"),
        new("answer", null, "Answer the prompt that a run in progress waits for, from another terminal than its own.", "answer --reason 'cathode is in, die closed'"),
    ];

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        (_example, "the only run in progress"),
        ($"{Name} 01K", "the one whose id begins with 01K"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        RunSummary run = RunPlace.Running(database, parse.GetValue(_run));
        return await AskAsync(database, run, _verb, Name, parse.GetValue(_reason) ?? (_verb is null ? "confirmed" : $"{Name} asked for"), output, surroundings, cancellation);
    }

    /// <summary>Asks, waits for the answer of the run, and says it.</summary>
    internal static async Task<ExitCode> AskAsync(LabDatabase database, RunSummary run, PressVerb? verb, string name, string reason, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using var requests = new RunRequests(database, surroundings.Time);
        long asked = requests.Ask(run.Id, verb, reason, Environment.UserName);
        string? answer = null;
        for (TimeSpan waited = TimeSpan.Zero; answer is null && waited < s_patience; waited += s_interval)
        {
            await Task.Delay(s_interval, cancellation);
            answer = requests.AnswerOf(asked);
        }

        if (answer is null)
        {
            throw new Failure(
                $"run {run.Id} on {run.Press} has not answered for {s_patience.TotalSeconds:0} s",
                "an answer of the process that makes it",
                verb is PressVerb.Stop or PressVerb.Abort ? "use the stop of the press itself NOW; what was asked stays asked" : "what was asked stays asked; look at the press",
                exitCode: ExitCode.OutsideFailed);
        }

        bool refused = answer.StartsWith("refused", StringComparison.Ordinal);
        output.Answer(new VerbAnswer(run.Id, run.Press, name, !refused, answer), page => Prose.Write(page, $"run {run.Id} on {run.Press}: {answer}", 2));
        return refused ? ExitCode.LimitFailed : ExitCode.Done;
    }

    private sealed record VerbAnswer(string Run, string Press, string Verb, bool Accepted, string Answer);
}
