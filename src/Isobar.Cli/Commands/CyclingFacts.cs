using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What a cycler did to a cell, for machines: arrays over all steps, and one entry per step.</summary>
internal sealed record CyclingFacts(
    ImmutableArray<CyclerStepFacts> Steps,
    ImmutableArray<double> Time,
    ImmutableArray<double> Voltage,
    ImmutableArray<double> Current,
    ImmutableArray<double> Capacity,
    ImmutableArray<double> Stoichiometry,
    ComponentFacts Components)
{
    private const double AreaAndHour = 36000;

    public static CyclingFacts Of(HalfCellRun run) => new(
        [
            .. run.Steps.Select(step => new CyclerStepFacts(
                step.Label, step.Start, step.Length, step.EndReason, step.EndMessage,
                run.TimeSeconds[step.Start + step.Length - 1] - run.TimeSeconds[step.Start], run.Volts[step.Start + step.Length - 1],
                step.DischargedCoulombsPerSquareMetre / AreaAndHour, step.JoulesPerSquareMetre / AreaAndHour)),
        ],
        run.TimeSeconds, run.Volts, run.AmperesPerSquareMetre, run.CapacityMilliampereHoursPerSquareCentimetre, run.MeanStoichiometry, ComponentFacts.Of(run));

    /// <summary>One line per step.</summary>
    public void Write(IAnsiConsole page)
    {
        var table = new Listing("step", "time", "capacity mAh/cm²", "energy mWh/cm²", "end V", "ended at") { Flexible = 5 };
        foreach (CyclerStepFacts step in Steps)
        {
            table.Add(step.Step, Quantity.Format(new Duration(step.Duration), 3), Quantity.Number(step.Discharged), Quantity.Number(step.Energy), Quantity.Number(step.EndVoltage), HalfCellPage.Words(step.EndReason));
        }

        table.Write(page);
    }
}

/// <summary>One step: where its points begin in the arrays and how many they are, s, V, mAh/cm² and mWh/cm² (negative when charged).</summary>
internal sealed record CyclerStepFacts(string Step, int Start, int Length, EndReason EndReason, string EndMessage, double Duration, double EndVoltage, double Discharged, double Energy);
