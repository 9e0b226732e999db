using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Shows a run that another process makes, until it ends.</summary>
internal sealed class WatchCommand : IsobarCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions s_line = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Argument<string?> _run = new("run") { Description = "Beginning of the run's id, or the name of its press (default: the only run in progress)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _once = new("--once") { Description = "Say where the run stands now and end" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public WatchCommand()
        : base("watch", "Watch a run in progress from another terminal: state, step, pressure, time in band. With --json one document per line.")
    {
        Arguments.Add(_run);
        Options.Add(_once);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("watch", "the only run in progress, until it ends; Ctrl-C leaves the run alone"),
        ("watch 01K --once --json", "where it stands now, for machines"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        string? word = parse.GetValue(_run);
        // A run that ended in the meantime is shown as it ended, where it is named.
        bool ended = word is not null && database.Runs().Count(run => run.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase) && run.Outcome != RunOutcome.Running) == 1;
        string id = ended ? LabPlace.FindRun(database, word!) : RunPlace.Running(database, word).Id;
        var follower = new RunFollower(database, id);
        string last = "";
        while (true)
        {
            follower.Look();
            RunSummary run = database.Runs().Single(each => each.Id.Equals(id, StringComparison.Ordinal));
            WatchFacts facts = Facts(run, follower);
            string line = output.IsJson ? JsonSerializer.Serialize(facts, s_line) : Words(facts);
            if (!string.Equals(line, last, StringComparison.Ordinal)) surroundings.Out.WriteLine(line);
            last = line;
            if (parse.GetValue(_once) || run.Outcome != RunOutcome.Running) return ExitCode.Done;
            try
            {
                await Task.Delay(s_interval, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Leaving the watch leaves the run alone.
                return ExitCode.Done;
            }
        }
    }

    private static WatchFacts Facts(RunSummary run, RunFollower follower)
    {
        ExecutorState state = follower.State;
        var hold = state.Step as HoldStep;
        PressState press = run.Outcome == RunOutcome.Interrupted ? PressState.Aborted : PressStateTable.Of(state);
        return new WatchFacts(
            run.Id,
            run.Press,
            run.Outcome,
            press,
            state.Step?.Name,
            follower.Last?.TimeSeconds ?? 0,
            follower.Last?.ForceNewtons / 1e3,
            follower.Last?.PressurePa / 1e6,
            state.SetpointPa / 1e6,
            hold is null ? null : state.InBand,
            hold is null ? null : state.InBandSeconds,
            hold?.Minimum.Seconds,
            follower.LastEvent?.Text);
    }

    private static string Words(WatchFacts facts)
    {
        string pressure = facts.PressureMegapascals is { } mpa ? $"{Quantity.Number(mpa)} MPa of {Quantity.Number(facts.SetpointMegapascals)}" : "no reading yet";
        string band = facts.InBandSeconds is { } counted ? $", {(facts.InBand == true ? "in band" : "waiting for the band")} {Quantity.Number(counted, 3)} of {Quantity.Number(facts.HoldSeconds ?? 0, 3)} s" : "";
        string state = facts.Outcome == RunOutcome.Running ? PressStateTable.InWords(facts.State) : RunPage.Words(facts.Outcome);
        string at = Quantity.Format(new Duration(facts.TimeSeconds), 4);
        return $"{at}  {state}{(facts.Step is { } step ? $", {step}" : "")}: {pressure}{band}{(facts.State is PressState.Held or PressState.Suspended || facts.Outcome != RunOutcome.Running ? $"; {facts.Last}" : "")}";
    }

    private sealed record WatchFacts(
        string Run,
        string Press,
        RunOutcome Outcome,
        PressState State,
        string? Step,
        double TimeSeconds,
        double? ForceKilonewtons,
        double? PressureMegapascals,
        double SetpointMegapascals,
        bool? InBand,
        double? InBandSeconds,
        double? HoldSeconds,
        string? Last);
}
