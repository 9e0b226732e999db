using System.Collections.Immutable;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>A column of the exported trace: SI, the unit in its name.</summary>
/// <param name="Name">Its name with the unit.</param>
/// <param name="Unit">The unit alone.</param>
/// <param name="Meaning">What it holds.</param>
/// <param name="Of">Its value in a sample.</param>
internal sealed record TraceColumn(string Name, string Unit, string Meaning, Func<TraceSample, double> Of);

/// <summary>The trace of a run as columns, declared once for every table that holds it.</summary>
internal static class TraceColumns
{
    /// <summary>Name of the column of whole numbers; it is the second.</summary>
    public const string Step = "step";

    /// <summary>What it means.</summary>
    public const string StepMeaning = "step of the protocol, from 0";

    /// <summary>The columns of numbers with a unit.</summary>
    public static ImmutableArray<TraceColumn> All { get; } =
    [
        new("time_s", "s", "time since the start of the run", static sample => sample.TimeSeconds),
        new("setpoint_Pa", "Pa", "sample pressure that was asked for, force over area", static sample => sample.SetpointPa),
        new("force_N", "N", "force measured by the press", static sample => sample.ForceNewtons),
        new("pressure_Pa", "Pa", "sample pressure achieved, measured force over area of the die", static sample => sample.PressurePa),
        new("displacement_m", "m", "displacement since contact, positive when the sample gets thinner", static sample => sample.DisplacementMetres),
    ];

    /// <summary>All names in order.</summary>
    public static ImmutableArray<string> Names { get; } = [All[0].Name, Step, .. All.Skip(1).Select(column => column.Name)];

    /// <summary>The sample of one row.</summary>
    public static TraceSample Sample(int step, ReadOnlySpan<double> values) => new(values[0], step, values[1], values[2], values[3], values[4]);
}
