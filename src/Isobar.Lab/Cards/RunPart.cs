using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Cards;

/// <summary>What the record of a run says: achieved pressures step by step, thickness and density, the stack, the impedance.</summary>
internal static class RunPart
{
    // Reading a resistance from one point of a sweep: noise and the choice of the point.
    private const double SweepReading = 0.01;

    public static void Write(CardDraft card, StoredRun run, RunEvidence evidence)
    {
        Steps(card, run.Record, evidence);
        ImmutableArray<(CellMeasurement Measurement, RunEvent At)> measured =
            [.. run.Record.Events.Where(happened => happened.Kind == RunEventKind.Measured).Select(happened => (MeasurementText.Read(happened.Text), happened))];
        Thickness(card, run.Record, evidence.Cell, measured);
        Stack(card, run.Record, evidence);
        Impedance(card, evidence.Cell, [.. measured.Select(each => each.Measurement)]);
    }

    /// <summary>What only a run can say, when there is none.</summary>
    public static void WriteWithout(CardDraft card)
    {
        const string How = "press it: isobar run cell.yaml, or isobar press protocol.yaml --cell cell.yaml";
        card.Missing("press.steps", CardFields.Pressing, "target and achieved pressure of each step", How);
        card.Missing("thickness", CardFields.Thickness, "thickness and density after each step", How);
        card.Missing("stack.pressure", CardFields.Stack, "pressure at assembly", How);
        card.Missing("eis.settings", CardFields.Electrochemistry, "frequencies of the impedance", How);
        card.Missing("resistance", CardFields.Electrochemistry, "resistance", How);
    }

    private static void Steps(CardDraft card, RunRecord run, RunEvidence evidence)
    {
        string? layer = null;
        double? rampRate = null;
        int number = 0;
        for (int i = 0; i < run.Protocol.Steps.Length; i++)
        {
            Step step = run.Protocol.Steps[i];
            if (step is PromptStep { Adds: { } adds }) layer = adds;
            if (step is RampStep ramp) rampRate = ramp.Rate.PascalsPerSecond;
            if (step is not HoldStep hold) continue;
            number++;
            string key = string.Create(CultureInfo.InvariantCulture, $"press.step{number}"), name = hold.Name;
            void Add(string what, string label, CardSource source, Dimension dimension, double si, double? u = null, string? note = null) => card.Add($"{key}.{what}", CardFields.Pressing, $"{name}: {label}", source, dimension, si, u, note);
            if (layer is not null && hold.Kind != PressureKind.Stack) card.Add($"{key}.layer", CardFields.Pressing, $"{name}: layer", CardSource.Set, layer);
            Add("target", $"target ({hold.Kind.ToString().ToLowerInvariant()})", CardSource.Set, SamplePressure.Dimension, hold.Target.Pascals);
            if (rampRate is { } rate) Add("ramp", "ramp", CardSource.Set, PressureRate.Dimension, rate);
            Achieved(card, key, name, evidence.Verdicts[i], evidence.Metrics[i]);
            if (run.Protocol.Steps.Skip(i + 1).TakeWhile(next => next is not (HoldStep or RampStep)).OfType<ReleaseStep>().FirstOrDefault() is { } release)
                Add("unload", "unload rate", CardSource.Set, PressureRate.Dimension, release.Rate.PascalsPerSecond);
        }
    }

    private static void Achieved(CardDraft card, string key, string name, StepVerdict verdict, StepMetrics metrics)
    {
        if (metrics.Hold is not { } hold || verdict.Achieved is not { } achieved)
        {
            card.Missing($"{key}.achieved", CardFields.Pressing, $"{name}: achieved pressure", verdict.Reason);
            return;
        }

        void Add(string what, string label, Dimension dimension, double si, double? u = null) => card.Add($"{key}.{what}", CardFields.Pressing, $"{name}: {label}", CardSource.Measured, dimension, si, u);
        Add("achieved", "achieved, mean", SamplePressure.Dimension, achieved.Value.Pascals, achieved.StandardUncertainty.Pascals);
        Add("deviation", "standard deviation", SamplePressure.Dimension, hold.StandardDeviation.Value.Pascals);
        Add("lowest", "lowest", SamplePressure.Dimension, hold.Lowest.Pascals);
        Add("highest", "highest", SamplePressure.Dimension, hold.Highest.Pascals);
        Add("dwell", "dwell", Duration.Dimension, verdict.Duration.Seconds);
        if (metrics.DisplacementAtEnd is { } displacement) Add("displacement", "displacement at its end", Length.Dimension, displacement.Value.Metres, displacement.StandardUncertainty.Metres);
        else card.Missing($"{key}.displacement", CardFields.Pressing, $"{name}: displacement", "the press does not tell it");
    }

    private static void Thickness(CardDraft card, RunRecord run, Cell? cell, ImmutableArray<(CellMeasurement Measurement, RunEvent At)> measured)
    {
        int number = 0;
        foreach ((CellMeasurement measurement, RunEvent at) in measured)
        {
            if (measurement.Thickness is not { } thickness) continue;
            number++;
            string key = string.Create(CultureInfo.InvariantCulture, $"thickness{number}");
            double[] during = [.. run.Samples.Where(sample => sample.StepIndex == at.StepIndex && double.IsFinite(sample.PressurePa)).Select(sample => sample.PressurePa)];
            string load = during.Length == 0 ? "load not recorded" : during.Average() > Executor.ClearPressure.Pascals ? $"under {Quantity.Format(new SamplePressure(during.Average()), 3)}" : "without load";
            card.Add(key, CardFields.Thickness, $"{measurement.StepName}: thickness", CardSource.Measured, Length.Dimension, thickness.Value.Metres, thickness.StandardUncertainty.Metres, load);
            Density(card, run, cell, measurement.StepName, at.StepIndex, thickness, key + ".density");
        }

        if (number == 0) card.Missing("thickness", CardFields.Thickness, "thickness and density after each step", "add 'measure: [thickness]' to the protocol");
        card.AddRecorded(CardFields.Thickness);
    }

    // All layers that were in the die by then, over the thickness of everything in it.
    private static void Density(CardDraft card, RunRecord run, Cell? cell, string step, int stepIndex, Estimate<Length> thickness, string key)
    {
        if (cell is null) return;
        HashSet<string> added = [.. run.Protocol.Steps.Take(stepIndex).OfType<PromptStep>().Select(prompt => prompt.Adds).OfType<string>()];
        Layer[] inside = [.. cell.Layers.Where(layer => added.Contains(layer.Name))];
        if (inside.Length == 0) return;
        double solid = inside.Sum(layer => layer.SolidThickness(cell.Die.Area).Metres), density = solid / thickness.Value.Metres;
        double variance = inside.Sum(layer => Square(layer.SolidThickness(cell.Die.Area).Metres * layer.Mass.Si.RelativeUncertainty)) / Square(solid);
        double relative = Math.Sqrt(variance + Square(thickness.Si.RelativeUncertainty) + Square(2 * cell.Die.Diameter.Si.RelativeUncertainty));
        card.Add(key, CardFields.Thickness, $"{step}: relative density", CardSource.Calculated, Fraction.Dimension, density, density * relative, $"{string.Join(", ", inside.Select(layer => layer.Name))} over the thickness");
    }

    private static void Stack(CardDraft card, RunRecord run, RunEvidence evidence)
    {
        int last = -1;
        for (int i = 0; i < run.Protocol.Steps.Length; i++)
        {
            if (run.Protocol.Steps[i] is HoldStep { Kind: PressureKind.Stack } && evidence.Verdicts[i].Achieved is not null) last = i;
        }

        if (last >= 0 && evidence.Verdicts[last].Achieved is { } achieved)
            card.Add("stack.pressure", CardFields.Stack, "pressure at assembly", CardSource.Measured, SamplePressure.Dimension, achieved.Value.Pascals, achieved.StandardUncertainty.Pascals, $"achieved in {run.Protocol.Steps[last].Name}");
        else card.Missing("stack.pressure", CardFields.Stack, "pressure at assembly", "the run holds no stack pressure");
        card.AddRecorded(CardFields.Stack);
    }

    private static void Impedance(CardDraft card, Cell? cell, ImmutableArray<CellMeasurement> measured)
    {
        if (measured.LastOrDefault(measurement => measurement.Sweep is not null)?.Sweep is not { } sweep)
        {
            card.Missing("eis.settings", CardFields.Electrochemistry, "frequencies of the impedance", "add 'measure: [impedance]' to the protocol");
            card.Missing("resistance", CardFields.Electrochemistry, "resistance", "measure the impedance");
            return;
        }

        card.Add(
            "eis.settings", CardFields.Electrochemistry, "frequencies of the impedance", CardSource.Measured,
            $"{Quantity.Format(new Frequency(sweep.Hertz[0]), 3)} to {Quantity.Format(new Frequency(sweep.Hertz[^1]), 3)}, {sweep.Hertz.Length} points");
        double resistance = sweep.LowFrequencyResistance(), area = cell is null ? 0 : 2 * cell.Die.Diameter.Si.RelativeUncertainty;
        double u = resistance * Math.Sqrt(Square(SweepReading) + Square(area));
        card.Add("resistance", CardFields.Electrochemistry, "areal resistance", CardSource.Measured, ArealResistance.Dimension, resistance, u, "real part at the lowest frequency, no circuit; isobar fit gives resistances with a circuit");
    }

    private static double Square(double x) => x * x;
}
