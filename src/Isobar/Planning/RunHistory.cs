using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics;
using Isobar.Protocols;

namespace Isobar.Planning;

/// <summary>Reads the load history of each layer and contact out of what a press really did.</summary>
public static class RunHistory
{
    /// <summary>
    /// The histories at a moment of a run. A layer's history begins when the prompt that adds it is confirmed; layers that no prompt adds
    /// are in the die from the start. The anode's contact begins with the anode, the collector's with the cathode.
    /// </summary>
    public static CellHistory At(Cell cell, RunRecord run, double timeSeconds)
    {
        double[] added = [.. cell.Layers.Select(layer => AddedAt(layer.Name, run))];
        var layers = new LoadHistory[cell.Layers.Length];
        foreach (TraceSample sample in run.Samples)
        {
            if (sample.TimeSeconds > timeSeconds) break;
            for (int i = 0; i < layers.Length; i++)
            {
                if (sample.TimeSeconds >= added[i]) layers[i] = layers[i].At(Math.Max(0, sample.PressurePa));
            }
        }

        LoadHistory Of(LayerRole role) => layers[cell.Layers.IndexOf(cell.Layers.First(layer => layer.Role == role))];
        return new CellHistory([.. layers], Of(LayerRole.Anode), Of(LayerRole.CathodeComposite));
    }

    private static double AddedAt(string layer, RunRecord run)
    {
        int prompt = -1;
        for (int i = 0; i < run.Protocol.Steps.Length; i++)
        {
            if (run.Protocol.Steps[i] is PromptStep { Adds: { } adds } && adds == layer) prompt = i;
        }

        if (prompt < 0) return 0;
        RunEvent? confirmed = run.Events.LastOrDefault(happened => happened.Kind == RunEventKind.Confirmed && happened.StepIndex == prompt);
        return confirmed?.TimeSeconds ?? double.PositiveInfinity;
    }
}
