using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Bench.Whole;

/// <summary>
/// A recorded run once more on the same simulated press, without executor, judge and store: the set-points of the record, tick by tick.
/// The forces must come out as recorded.
/// </summary>
internal static class PressReplay
{
    /// <summary>Runs the press and returns the largest departure from the recorded force, N.</summary>
    public static async Task<double> LargestDepartureAsync(SimulatedBench bench, RunRecord run)
    {
        double areaSquareMetres = Cells.Die.AreaOf(run.Protocol.Diameter).SquareMetres;
        await using SimulatedPress press = bench.Press();
        press.Load(run.Protocol);
        var filled = new Queue<(double TimeSeconds, string Layer)>(run.Events
            .Where(each => each.Kind == RunEventKind.Confirmed && run.Protocol.Steps[each.StepIndex] is PromptStep { Adds: not null })
            .Select(each => (each.TimeSeconds, ((PromptStep)run.Protocol.Steps[each.StepIndex]).Adds!)));
        double worst = 0;
        for (int i = 0; i < run.Samples.Length; i++)
        {
            press.Advance(new Duration(RunEngine.TickSeconds));
            PressSample sample = await press.ReadAsync(CancellationToken.None);
            worst = Math.Max(worst, Math.Abs(sample.ForceNewtons - run.Samples[i].ForceNewtons));
            if (filled.TryPeek(out (double TimeSeconds, string Layer) next) && next.TimeSeconds <= run.Samples[i].TimeSeconds) press.AddLayer(filled.Dequeue().Layer);
            // A sample holds the set-point that was in force when it was taken, the one written a tick before.
            double setpointPa = run.Samples[Math.Min(i + 1, run.Samples.Length - 1)].SetpointPa;
            await press.WriteAsync(new Force(setpointPa * areaSquareMetres), (uint)i + 1, CancellationToken.None);
        }

        return worst;
    }
}
