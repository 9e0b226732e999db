using System.Collections.Immutable;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Computes half cells: one-dimensional porous cathode with spherical particles against lithium or indium-lithium, single-ion electrolyte.
/// One solver serves one thread at a time and keeps its work space from run to run; making one is cheap.
/// </summary>
public sealed class HalfCellSolver
{
    private readonly RunRecorder _recorder = new();

    /// <summary>A solver.</summary>
    /// <param name="options">How finely; null: <see cref="HalfCellOptions.Default"/>.</param>
    public HalfCellSolver(HalfCellOptions? options = null) => Options = options ?? HalfCellOptions.Default;

    /// <summary>How finely it computes.</summary>
    public HalfCellOptions Options { get; }

    /// <summary>Discharge at a C-rate to the lower cut-off.</summary>
    /// <exception cref="HalfCellException">The cell cannot be computed; the message says why and what to change.</exception>
    public HalfCellRun Discharge(HalfCellParameters cell, double cRate) => Run(cell, CyclerSchedule.Discharge(cell, cRate));

    /// <summary>What a cycler does to the cell, from x0 in equilibrium.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="schedule">The steps.</param>
    /// <param name="feedback">How the state of contact follows; null: it stays as the parameters say.</param>
    /// <exception cref="HalfCellException">The cell cannot be computed; the message says why and what to change.</exception>
    public HalfCellRun Run(HalfCellParameters cell, CyclerSchedule schedule, IContactFeedback? feedback = null)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule.Steps.IsDefaultOrEmpty) throw new ArgumentException("a schedule has at least one step", nameof(schedule));
        RunEngine engine = Prepare(cell, schedule, feedback);
        engine.Run(schedule, _recorder);
        return _recorder.Result(engine.Energy, engine.Effort, feedback is not null);
    }

    /// <summary>
    /// Impedance about the state that a schedule leaves, at the current that flows at its end (after a rest: at none). The profile across the
    /// electrode is kept; the grid resolves the reaction at low frequency and is made finer for the double layer at high ones.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="schedule">What a cycler did before.</param>
    /// <param name="hertz">Frequencies, Hz.</param>
    /// <exception cref="HalfCellException">The cell cannot be computed; the message says why and what to change.</exception>
    public ImmutableArray<ImpedanceSplit> ImpedanceAfter(HalfCellParameters cell, CyclerSchedule schedule, ReadOnlySpan<double> hertz)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        double highest = 0;
        foreach (double each in hertz) highest = Math.Max(highest, HalfCellImpedance.Checked(each));
        RunEngine engine = Prepare(cell, schedule, null, highest);
        engine.Run(schedule, _recorder);
        var result = ImmutableArray.CreateBuilder<ImpedanceSplit>(hertz.Length);
        foreach (double each in hertz) result.Add(engine.ImpedanceNow(each));
        return result.MoveToImmutable();
    }

    internal RunEngine Prepare(HalfCellParameters cell, CyclerSchedule schedule, IContactFeedback? feedback, double highestHertz = 0)
    {
        HalfCellChecks.Check(cell);
        HalfCellChecks.CheckStart(cell);
        _recorder.Clear();
        double largest = 0;
        foreach (CyclerStep step in schedule.Steps)
        {
            if (step is CyclerStep.ConstantCurrent each) largest = Math.Max(largest, Math.Abs(each.AmperesPerSquareMetre));
        }

        return new RunEngine(cell, Options, largest, highestHertz, feedback, _recorder);
    }
}
