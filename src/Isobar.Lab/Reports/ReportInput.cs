using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>A layer as the section drawing shows it.</summary>
/// <param name="Name">What the researcher calls it.</param>
/// <param name="Role">What it does.</param>
/// <param name="ThicknessBefore">Thickness when filled in, before any pressure beyond tapping.</param>
/// <param name="ThicknessAfter">Thickness in the finished stack.</param>
/// <param name="RelativeDensity">Relative density in the finished stack.</param>
/// <param name="Mass">Mass in the die.</param>
public sealed record LayerView(
    string Name,
    LayerRole Role,
    Length ThicknessBefore,
    Length ThicknessAfter,
    Estimate<Fraction> RelativeDensity,
    Estimate<Mass> Mass);

/// <summary>An impedance spectrum, measured, predicted or both, in Ω m² of cell area.</summary>
/// <param name="FrequenciesHz">Frequencies.</param>
/// <param name="Measured">Measured impedance at each frequency; empty when nothing was measured.</param>
/// <param name="PredictedLow">Lower end of the 90 % band of real and imaginary part; empty when nothing was predicted.</param>
/// <param name="PredictedHigh">Upper end of the 90 % band of real and imaginary part; as long as the lower end.</param>
public sealed record SpectrumView(
    ImmutableArray<double> FrequenciesHz,
    ImmutableArray<Complex> Measured,
    ImmutableArray<Complex> PredictedLow,
    ImmutableArray<Complex> PredictedHigh);

/// <summary>Everything that a report tells. Without a run it is the report of a plan, without a plan the report of a run alone.</summary>
/// <param name="Plan">The plan; null for a protocol that was run without one.</param>
/// <param name="Layers">The layers for the section drawing, in the order of the cell.</param>
/// <param name="PressName">The press that did it or is going to.</param>
/// <param name="Simulated">Whether press and cell were simulated.</param>
/// <param name="Version">Version of the software.</param>
public sealed record ReportInput(Plan? Plan, ImmutableArray<LayerView> Layers, string PressName, bool Simulated, string Version)
{
    /// <summary>The cell; without one the report tells nothing of layers, die and press.</summary>
    public Cell? Cell { get; init; } = Plan?.Cell;

    /// <summary>What to know before trusting the rest, beyond the warnings of the plan.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>What was done; null for a plan.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>The verdicts; null when the run was not judged.</summary>
    public CellProof? Proof { get; init; }

    /// <summary>The impedance at stack pressure; null when there is none.</summary>
    public SpectrumView? Spectrum { get; init; }

    /// <summary>Seed of everything drawn at random; null when nothing was.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Digest of inputs and results, by which a rerun is compared.</summary>
    public string? Digest { get; init; }

    /// <summary>How punctual the loop of the run was; null when it was not paced.</summary>
    public RunTiming? Timing { get; init; }

    /// <summary>Name of the run in the laboratory database.</summary>
    public string? RunId { get; init; }

    /// <summary>When a real run began. A simulated run has no date, so that its rerun gives the same bytes.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Key of the property and the prediction that is the resistance of the whole cell.</summary>
    public string ResistanceKey { get; init; } = PropertyKeys.TotalResistance;

    /// <summary>What the report is called: the cell, or the protocol that was run without one.</summary>
    internal string Title => Cell?.Name ?? Run?.Protocol.Name ?? "";
}
