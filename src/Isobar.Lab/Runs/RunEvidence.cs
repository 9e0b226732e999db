using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Mechanics.Conversion;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>What a stored run shows: its verdicts and numbers, computed from its record and the cell it was made with.</summary>
/// <param name="Cell">The cell; null when none was kept with the run, or it cannot be read here.</param>
/// <param name="Verdicts">Verdict per step.</param>
/// <param name="Metrics">Numbers per step.</param>
/// <param name="Overall">Verdict over all steps.</param>
/// <param name="Notes">What had to be assumed.</param>
internal sealed record RunEvidence(Cell? Cell, ImmutableArray<StepVerdict> Verdicts, ImmutableArray<StepMetrics> Metrics, StepJudgement Overall, ImmutableArray<string> Notes)
{
    // A hand press with a dial, which claims no more than any press does.
    private static readonly Force s_undescribedCapacity = new(15 * Force.NewtonsPerMetricTon);
    private static readonly Fraction s_undescribedClass = new(0.016);

    public static RunEvidence Of(StoredRun run)
    {
        (Cell? cell, string? note) = CellOf(run);
        Die die = cell?.Die ?? Die.OfDiameter(run.Record.Protocol.Diameter, run.Record.Protocol.Limit);
        PressInstrument press = cell?.Press ?? PressureQuestion.Dial(s_undescribedClass, GaugeClassBasis.FullScale, s_undescribedCapacity);
        Length? thickness = cell is null ? null : new Length(cell.Layers.Sum(layer => layer.SolidThickness(die.Area).Metres));
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run.Record, die, press, thickness);
        ImmutableArray<StepMetrics> metrics = RunMetrics.Of(run.Record, new PressureBudget(die, press, thickness));
        return new RunEvidence(cell, verdicts, metrics, Judge.Overall(run.Record, verdicts), note is null ? [] : [note]);
    }

    private static (Cell? Cell, string? Note) CellOf(StoredRun run)
    {
        const string Assumed = "uncertainties are those of a 15 t press with a class 1.6 dial";
        if (run.CellText is null) return (null, $"no cell was kept with the run; {Assumed}");
        try
        {
            return (CellFile.Parse(run.CellText, $"cell file of run {run.Summary.Id}", BuiltInMaterials.Library), null);
        }
        catch (IsobarFileException fault)
        {
            return (null, $"the cell kept with the run cannot be read here ({fault.Found}); {Assumed}");
        }
    }
}
