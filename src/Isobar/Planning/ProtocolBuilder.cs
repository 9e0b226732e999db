using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>Turns chosen pressures into the steps a press can run and a person can follow.</summary>
internal static class ProtocolBuilder
{
    private static readonly SamplePressure s_contact = SamplePressure.FromMegapascals(1);

    public static Protocol Build(Cell cell, Goal goal, ImmutableArray<PressureWindow> windows)
    {
        PressureWindow Window(string key) => windows.First(window => window.Key == key);
        var settings = Settings.For(goal);
        var steps = ImmutableArray.CreateBuilder<Step>();
        Layer[] separators = [.. cell.Separators];

        // The separator is pressed first: it is the floor on which both electrodes are pressed. Its layers are filled from the anode's side
        // upwards, so that the cathode comes to lie on the one that is next to it in the cell.
        foreach (Layer layer in separators.Reverse())
        {
            steps.Add(new PromptStep($"add {layer.Name}", $"Fill {Quantity.Format(layer.Mass.Value, 3)} of {layer.Name} into the die, level it, insert the punch.", layer.Name));
        }

        Press(steps, cell, "separator", Window("separator_press"), settings);
        steps.Add(new ReleaseStep("release separator", new SamplePressure(0), settings.Release));
        steps.Add(new PromptStep(
            $"add {cell.Cathode.Name}",
            $"Take out the upper punch, spread {Quantity.Format(cell.Cathode.Mass.Value, 3)} of {cell.Cathode.Name} evenly, lay the {cell.Collector.Name} collector on it, insert the punch.",
            cell.Cathode.Name));
        Press(steps, cell, "cathode", Window("cathode_press"), settings);
        steps.Add(new ReleaseStep("release cathode", new SamplePressure(0), settings.Release));
        steps.Add(new PromptStep(
            $"add {cell.Anode.Name}",
            $"Turn the die over, take out the other punch, lay the {cell.Anode.Name} on the separator, insert the punch. The foil must not touch the cathode side.",
            cell.Anode.Name));
        Press(steps, cell, "attach", Window("attach"), settings);
        PressureWindow stack = Window("stack");
        steps.Add(new ReleaseStep("release to stack", stack.Chosen.Value, settings.SoftRamp));
        steps.Add(new HoldStep(
            "hold stack", PressureKind.Stack, stack.Chosen.Value, Band(cell, stack), stack.Hold, new Duration(3 * stack.Hold.Seconds), settings.Settled));
        steps.Add(new MeasureStep("measure cell", MeasuredQuantities.Thickness | MeasuredQuantities.Impedance, new Duration(3600)));
        steps.Add(new ReleaseStep("hand over to fixture", new SamplePressure(0), settings.Release));

        double limit = Math.Min(cell.Die.Limit.Pascals, cell.Die.PressureOf(cell.Press.Capacity).Pascals);
        return new Protocol($"{cell.Name}, for {(goal == Goal.Rate ? "rate" : "reliability")}", cell.Die.Diameter.Value, new SamplePressure(limit), settings.Release, steps.ToImmutable());
    }

    private static void Press(ImmutableArray<Step>.Builder steps, Cell cell, string name, PressureWindow window, Settings settings)
    {
        SamplePressure contact = s_contact < window.Chosen.Value ? s_contact : 0.5 * window.Chosen.Value;
        steps.Add(new ApproachStep($"approach {name}", contact, new PressureRate(0.2e6), new Duration(120)));
        steps.Add(new RampStep($"ramp {name}", window.Kind, window.Chosen.Value, window.Kind == PressureKind.Fabrication ? settings.Ramp : settings.SoftRamp));
        steps.Add(new HoldStep(
            $"hold {name}", window.Kind, window.Chosen.Value, Band(cell, window), window.Hold, new Duration(3 * window.Hold.Seconds), settings.Settled));
        steps.Add(new MeasureStep($"measure {name}", MeasuredQuantities.Thickness, new Duration(60)));
    }

    // A band finer than twice the uncertainty of the force could not be verified; a whole per cent is what people read.
    private static Fraction Band(Cell cell, PressureWindow window)
    {
        double relative = cell.Press.Indicated(window.Force).Si.RelativeUncertainty;
        double wanted = window.Kind == PressureKind.Fabrication ? 0.01 : 0.02;
        return new Fraction(Math.Max(wanted, Math.Ceiling(200 * relative) / 100));
    }

    /// <summary>How fast and how long, by goal: reliability takes its time because what is not settled differs from cell to cell.</summary>
    private readonly record struct Settings(PressureRate Ramp, PressureRate SoftRamp, PressureRate Release, Fraction? Settled)
    {
        public static Settings For(Goal goal) => goal == Goal.Rate
            ? new Settings(new PressureRate(5e6), new PressureRate(1e6), new PressureRate(5e6), null)
            : new Settings(new PressureRate(2e6), new PressureRate(0.5e6), new PressureRate(1e6), new Fraction(0.0005));
    }
}
