using System.Collections.Immutable;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>A run whose process was lost, as it is taken up.</summary>
/// <param name="Last">Last state that its recorded inputs give.</param>
/// <param name="TimeSeconds">Time now on the clock of the run.</param>
/// <param name="Cause">What was lost, for the record.</param>
/// <param name="Layers">Layers that people have put into the die before; only a press that lost its state with the process needs them.</param>
public sealed record LostRun(ExecutorState Last, double TimeSeconds, string Cause, ImmutableArray<string> Layers);

/// <summary>What holds for a run besides protocol and press.</summary>
public sealed record RunConditions
{
    /// <summary>The force is what is indicated, STOP releases, and the record is kept in memory.</summary>
    public static RunConditions Plain { get; } = new();

    /// <summary>What stands between the press and the numbers of the run.</summary>
    public RunTerms Terms { get; init; } = RunTerms.Plain;

    /// <summary>Gives the record as far as it was made, out of where the sink keeps it; without it the record is kept in memory, which a run of days cannot do.</summary>
    public Func<RunRecord>? ReadBack { get; init; }

    /// <summary>The run that is taken up; null for one that begins.</summary>
    public LostRun? Lost { get; init; }
}
