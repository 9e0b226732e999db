using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>A press as a run takes it: the bench with its calibration and die, what stands between its indication and the force, and what to say about it.</summary>
/// <param name="Bench">The cell with the press and the die that count.</param>
/// <param name="Terms">Tare, calibration and what STOP does.</param>
/// <param name="Notes">What a person must know.</param>
internal sealed record PressStation(Cell Bench, RunTerms Terms, ImmutableArray<string> Notes)
{
    // The press that is named stands above the one of the cell file, and its own calibration above what its file says of it.
    public static PressStation Of(Cell cell, SimulatedPreset? preset, PressDescription? described, string? die, bool verified, string? lab, LabDatabase database, Surroundings surroundings)
    {
        PressInstrument press = described?.Instrument ?? preset?.Plant.Instrument ?? cell.Press;
        (press, ForceCorrection? correction, string? calibration, ImmutableArray<string> notes) = CalibrationPlace.Apply(press, described is not null, verified, lab, surroundings);
        bool typed = described is HandPressDescription { Indicator: null };
        TareRecord? tare = !typed && Identity(preset, described) is { } identity ? TareLog.InForce(database, identity) : null;
        if (typed && correction is not null) notes = notes.Add("typed readings are not corrected by the calibration");
        var terms = new RunTerms
        {
            Force = new ForceChain(tare?.Offset ?? default, typed ? null : correction),
            Tare = tare,
            Calibration = typed ? null : calibration,
            Stop = described?.Stop ?? StopPolicy.Release,
        };
        if (tare is not null) notes = notes.Add(Words(tare));
        if (terms.Stop == StopPolicy.Hold) notes = notes.Add("stop locks the pressure on this press; a second stop releases it, abort lets the press dump it");
        Die used = cell.Die;
        if (die is not null)
        {
            RegisteredDie registered = Registered(die, lab, surroundings);
            used = registered.Die;
            notes = notes.Add($"die '{registered.Name}', {used.Diameter}");
        }

        return new PressStation(cell with { Press = press, Die = used }, terms, notes);
    }

    /// <summary>The press's own name for leases and tarings; null for the one that is only as large as a cell file says.</summary>
    public static string? Identity(SimulatedPreset? preset, PressDescription? described) => described?.Identity ?? (preset is null ? null : "simulated " + preset.Id);

    /// <summary>A taring in words.</summary>
    public static string Words(TareRecord tare) => string.Create(
        CultureInfo.InvariantCulture, $"zero of {Quantity.Format(tare.Offset, 3)}, tared {tare.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {tare.Who}, drifted by {Quantity.Format(tare.Drift, 3)} since the taring before");

    /// <summary>Steps whose force nobody has calibrated; with the demand for proof the first one is a refusal.</summary>
    public ImmutableArray<string> Uncalibrated(Protocol protocol, bool verified)
    {
        if (Terms.Force.Correction is not { } correction) return [];
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (Step step in protocol.Steps)
        {
            SamplePressure? target = step switch
            {
                RampStep ramp => ramp.Target,
                HoldStep hold => hold.Target,
                HoldPositionStep position => position.Highest,
                DensifyStep densify => densify.Highest,
                AdaptiveStep adaptive => adaptive.Highest,
                _ => null,
            };
            if (target is not { Pascals: > 0 } pressure || correction.Covers(Bench.Die.ForceFor(pressure))) continue;
            found.Add($"step '{step.Name}': {Quantity.Format(Bench.Die.ForceFor(pressure), 3)} is outside of the calibrated {Quantity.Format(correction.Points[0].Applied, 3)} to {Quantity.Format(correction.Points[^1].Applied, 3)}; its correction is extrapolated");
        }

        if (verified && found.Count > 0) throw new Failure(found[0], "forces within the calibrated range", "change the protocol, calibrate further, or leave --verified out", "option --verified", ExitCode.LimitFailed);
        return found.ToImmutable();
    }

    /// <summary>A driver for reading the force of a press, on whatever line it has.</summary>
    public static IPress Driver(SimulatedPreset? preset, PressDescription? described, Surroundings surroundings) => (preset, described) switch
    {
        ({ } simulated, _) => new SimulatedBench(StandIn.Cell(Empty(simulated)), 1).Press(simulated.Plant),
        (_, Lab.Presses.Modbus.PressProfile profile) => new Lab.Presses.Modbus.ModbusPress(profile),
        (_, HandPressDescription { Indicator: { } indicator } sensed) => new Lab.Presses.Hand.SensedHandPress(
            sensed, () => Lab.Presses.Serial.AsciiIndicator.Open(indicator, surroundings.Time), new ConsolePerson(sensed.Instrument, Die.AreaOf(new Length(10e-3)), surroundings)),
        _ => throw new Failure($"{described?.Instrument.Name} has no load cell that can be read", "a press file with 'registers' or 'indicator'", "read the zero of its gauge off and write it on the sheet", "argument press"),
    };

    // Only the diameter of the stand-in's die matters here.
    internal static Protocol Empty(SimulatedPreset preset) => new(preset.Plant.Name, new Length(10e-3), SamplePressure.FromMegapascals(750), new PressureRate(5e6), []);

    private static RegisteredDie Registered(string name, string? lab, Surroundings surroundings)
    {
        ImmutableArray<RegisteredDie> dies = DieFile.All(CalibrationPlace.Dies(lab, surroundings));
        return dies.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new Failure($"there is no die '{name}'", dies.IsEmpty ? "a die of the laboratory's register, which is empty" : "one of " + string.Join(", ", dies.Select(each => $"'{each.Name}'")), "isobar dies lists them", "option --die");
    }
}
