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

    internal RunEngine Prepare(HalfCellParameters cell, CyclerSchedule schedule, IContactFeedback? feedback)
    {
        HalfCellChecks.Check(cell);
        HalfCellChecks.CheckStart(cell);
        _recorder.Clear();
        double largest = 0;
        foreach (CyclerStep step in schedule.Steps)
        {
            if (step is CyclerStep.ConstantCurrent each) largest = Math.Max(largest, Math.Abs(each.AmperesPerSquareMetre));
        }

        return new RunEngine(cell, Options, largest, feedback, _recorder);
    }
}
