using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Discharges and impedance for people: what came out, where the voltage went, why it ended.</summary>
internal static class HalfCellPage
{
    private static readonly (string Heading, VoltagePart[] Parts)[] s_losses =
    [
        ("concentration", [VoltagePart.Concentration]),
        ("charge transfer", [VoltagePart.CathodeKinetics, VoltagePart.Film]),
        ("ions", [VoltagePart.CathodeIons]),
        ("electrons", [VoltagePart.CathodeElectrons]),
        ("separator", [VoltagePart.Separator]),
        ("anode", [VoltagePart.AnodeKinetics, VoltagePart.AnodeConstriction]),
        ("collector", [VoltagePart.Collector]),
    ];

    /// <summary>One line per rate without bands.</summary>
    public static void WriteRates(IAnsiConsole page, IEnumerable<DischargeFacts> runs)
    {
        var table = new Listing("rate", "capacity mAh/cm²", "mean V", "energy mWh/cm²", "time", "ended at") { Flexible = 5 };
        foreach (DischargeFacts run in runs)
        {
            table.Add(
                Rate(run.Rate), Quantity.Number(run.DischargeCapacity), run.MeanVoltage is { } mean ? Quantity.Number(mean) : "", Quantity.Number(run.Energy),
                Quantity.Format(new Duration(run.EndTime), 3), Words(run.EndReason));
        }

        table.Write(page);
    }

    /// <summary>Mean loss of each part over the discharge, mV.</summary>
    public static void WriteLosses(IAnsiConsole page, IEnumerable<(double Rate, HalfCellRun Run)> runs)
    {
        (double Rate, HalfCellRun Run)[] carried = [.. runs.Where(each => each.Run.DischargedCoulombsPerSquareMetre[^1] > 0)];
        if (carried.Length == 0) return;
        page.WriteLine();
        var table = new Listing(["mean loss, mV", .. s_losses.Select(loss => loss.Heading)]);
        foreach ((double rate, HalfCellRun run) in carried)
        {
            table.Add([Rate(rate), .. s_losses.Select(loss => Quantity.Number(-1e3 * loss.Parts.Sum(part => Mean(run, part)), 3))]);
        }

        table.Write(page);
    }

    /// <summary>What the ends and the middle of a spectrum say.</summary>
    public static void WriteImpedance(IAnsiConsole page, ImpedanceFacts impedance)
    {
        page.WriteLine();
        var table = new Listing("Ω cm² (real part) at", "cell", "cathode", "separator", "anode");
        foreach (int i in (int[])[impedance.Frequency.Length - 1, impedance.Frequency.Length / 2, 0])
        {
            table.Add(
                Quantity.Format(new Frequency(impedance.Frequency[i]), 3), Ohms(impedance.Real[i]), Ohms(impedance.Cathode.Real[i]), Ohms(impedance.Separator.Real[i]), Ohms(impedance.Anode.Real[i]));
        }

        table.Write(page);
        Prose.Write(page, $"at x = {Quantity.Number(impedance.Stoichiometry, 3)} in equilibrium; --json and --csv hold every frequency");
    }

    /// <summary>Notes on discharges that did not end at the lower voltage.</summary>
    public static void WriteEnds(IAnsiConsole page, IEnumerable<DischargeFacts> runs)
    {
        foreach (DischargeFacts run in runs.Where(run => run.EndReason != EndReason.LowerVoltage)) PlanPage.Note(page, "note", $"{Rate(run.Rate)}: {run.EndMessage}");
    }

    /// <summary>Whether all discharges are answers; a current that is not carried and a curve that is left are limits that were met.</summary>
    public static ExitCode CodeOf(ImmutableArray<DischargeFacts> runs) =>
        runs.Any(run => run.EndReason is EndReason.CurrentNotCarried or EndReason.OpenCircuitRange) ? ExitCode.LimitFailed : ExitCode.Done;

    public static string Rate(double rate) => Quantity.Number(rate, 6).TrimEnd('0').TrimEnd('.') + "C";

    public static string Words(EndReason reason) => reason switch
    {
        EndReason.LowerVoltage => "lower voltage",
        EndReason.UpperVoltage => "upper voltage",
        EndReason.Time => "time",
        EndReason.Current => "current",
        EndReason.OpenCircuitRange => "end of the open-circuit curve",
        EndReason.CurrentNotCarried => "once, current not carried",
        EndReason.SurfaceExhausted => "full particle surfaces",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reason"),
    };

    // Beyond a hundredth of an Ω cm² nothing is known; the machine's answer has every digit.
    private static string Ohms(double value) => value < 0.01 ? "0.00" : Quantity.Number(value);

    // Over the charge, so that mean voltage and mean losses add up to the mean open-circuit voltage.
    private static double Mean(HalfCellRun run, VoltagePart part)
    {
        ImmutableArray<double> charge = run.DischargedCoulombsPerSquareMetre, volts = run.Part(part);
        double sum = 0;
        for (int i = 1; i < charge.Length; i++) sum += 0.5 * (volts[i] + volts[i - 1]) * (charge[i] - charge[i - 1]);
        return sum / charge[^1];
    }
}
