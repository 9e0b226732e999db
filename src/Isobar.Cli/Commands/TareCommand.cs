using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Takes what a press indicates without load as zero, and shows how its zero drifts.</summary>
internal sealed class TareCommand : IsobarCommand
{
    private readonly Argument<string> _press = new("press") { Description = "Press as isobar presses lists it, or its file" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; it stays in the log with your name", HelpName = "text" };
    private readonly Option<bool> _log = new("--log") { Description = "List the tarings of the press and leave its zero alone" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public TareCommand()
        : base("tare", "Take what a press indicates without load as zero. Refused under load; what the limits judge is never tared.")
    {
        Arguments.Add(_press);
        foreach (Option option in (Option[])[_reason, _log, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tare simulated-modbus", "the mean of a second without load is zero from now on"),
        ("tare simulated-modbus --log", "every taring with its drift"),
    ];

    /// <summary>Tares a press; it is connected for this alone.</summary>
    internal static async Task<TareResult> TakeAsync(SimulatedPreset? preset, PressDescription? described, string reason, LabDatabase database, Surroundings surroundings, CancellationToken cancellation)
    {
        Force capacity = described?.Instrument.Capacity ?? new Force(preset!.Plant.CapacityNewtons);
        await using IPress press = PressStation.Driver(preset, described, surroundings);
        return await PressTare.TakeAsync(database, PressStation.Identity(preset, described)!, capacity, press, Environment.UserName, reason, surroundings.Time, cancellation);
    }

    internal static Failure Refused(string refusal, string where) =>
        new(refusal, "a press without load", "take the load off and try again; a zero that has moved this far is for a calibration", where, ExitCode.LimitFailed);

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string name = parse.GetRequiredValue(_press);
        string? lab = parse.GetValue(_lab);
        SimulatedPreset? preset = PressPlace.Preset(name);
        PressDescription? described = preset is null ? PressPlace.Described(name, lab, "argument press", surroundings) : null;
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        string identity = PressStation.Identity(preset, described)!;
        if (!parse.GetValue(_log))
        {
            TareResult result = await TakeAsync(preset, described, parse.GetValue(_reason) ?? "asked for", database, surroundings, cancellation);
            if (result.Refusal is { } refusal) throw Refused(refusal, "argument press");
            TareFacts taken = Facts(result.Taken!);
            output.Answer(new TareAnswer(identity, result.Readings, taken), page => Prose.Write(
                page, $"{identity}: zero is {Quantity.Format(result.Taken!.Offset, 3)} from now on, drifted by {Quantity.Format(result.Taken.Drift, 3)}; mean of {result.Readings.ToString(CultureInfo.InvariantCulture)} untared readings", 2));
            return ExitCode.Done;
        }

        ImmutableArray<TareRecord> log = TareLog.Of(database, identity);
        output.Answer(new TareLogAnswer(identity, [.. log.Select(Facts)]), page => Write(page, identity, log));
        return ExitCode.Done;
    }

    /// <summary>The tarings of a press as a table.</summary>
    internal static void Write(Spectre.Console.IAnsiConsole page, string identity, ImmutableArray<TareRecord> log)
    {
        if (log.IsEmpty)
        {
            Prose.Write(page, $"{identity} was never tared");
            return;
        }

        var table = new Listing("tared (UTC)", "zero", "drift", "who", "why") { Flexible = 4 };
        foreach (TareRecord tare in log)
            table.Add(tare.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Quantity.Format(tare.Offset, 3), Quantity.Format(tare.Drift, 3), tare.Who, tare.Reason);
        table.Write(page);
    }

    internal static TareFacts Facts(TareRecord tare) => new(tare.At, tare.Offset.Newtons, tare.Drift.Newtons, tare.Who, tare.Reason);

    private sealed record TareAnswer(string Press, int Readings, TareFacts Tare);

    private sealed record TareLogAnswer(string Press, TareFacts[] Tarings);
}

/// <summary>One taring, for machines.</summary>
internal sealed record TareFacts(DateTimeOffset At, double ZeroNewtons, double DriftNewtons, string Who, string Reason);
