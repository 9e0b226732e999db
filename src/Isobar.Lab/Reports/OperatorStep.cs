using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>A step of a protocol as a person does it by hand.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Text">What to do, in words, with limits.</param>
/// <param name="Target">Sample pressure at its end; null when it has none.</param>
/// <param name="Reading">What the gauge reads then; null without a target.</param>
/// <param name="Time">How long it takes.</param>
internal sealed record OperatorStep(string Name, string Text, SamplePressure? Target, GaugeReading? Reading, string Time)
{
    /// <summary>The steps in order; ramp times follow from where the step before ended.</summary>
    public static List<OperatorStep> Of(Protocol protocol, PressBench bench)
    {
        var steps = new List<OperatorStep>();
        SamplePressure at = default;
        foreach (Step step in protocol.Steps)
        {
            SamplePressure? target = step switch
            {
                ApproachStep approach => approach.Contact,
                RampStep ramp => ramp.Target,
                HoldStep hold => hold.Target,
                DensifyStep densify => densify.Highest,
                AdaptiveStep adaptive => adaptive.Start,
                ReleaseStep release => release.Target,
                // The press is open while a person works in it.
                PromptStep => default(SamplePressure),
                _ => null,
            };
            steps.Add(One(step, at, target, protocol, bench));
            at = target ?? at;
        }

        return steps;
    }

    private static OperatorStep One(Step step, SamplePressure at, SamplePressure? target, Protocol protocol, PressBench bench)
    {
        GaugeReading? reading = target is { } wanted && step is not PromptStep ? GaugeReading.For(wanted, bench.Die, bench.Press) : null;
        (string text, string time) = step switch
        {
            ApproachStep approach => (
                "Close the press slowly until the punch carries load. Stop if there is no contact in time; look for a tilted punch.",
                $"within {ReportText.Time(approach.Timeout)}"),
            RampStep ramp => (
                $"{(ramp.Target < at ? "Lower" : "Raise")} the {WindowSection.Name(ramp.Kind)} pressure evenly to {ReportText.Of(ramp.Target)}.",
                $"take {Ramp(at, ramp.Target, ramp.Rate)}"),
            HoldStep hold => (Hold(hold, bench), HoldTime(hold)),
            MeasureStep measure => ($"Measure {Quantities(measure.Quantities)} while the pressure stays where it is.", $"within {ReportText.Time(measure.Timeout)}"),
            PromptStep prompt => ($"{Opening(at, protocol)} {prompt.Text}", "as needed"),
            ReleaseStep release => ($"Let the pressure down evenly to {ReportText.Of(release.Target)}.", $"take {Ramp(at, release.Target, release.Rate)}"),
            DensifyStep densify => (
                $"Raise the pressure evenly until the stack is {ReportText.Of(new Length(densify.SolidThickness.Metres / densify.Density.Value))} thick (density {ReportText.Of(densify.Density)}), at most to {ReportText.Of(densify.Highest)}.",
                $"at most {Ramp(at, densify.Highest, densify.Rate)}"),
            HoldPositionStep position => (
                $"Shut the valve and leave the punch where it is; write down the pressure at the begin and at the end. Keep it between {ReportText.Of(position.Lowest)} and {ReportText.Of(position.Highest)}.",
                $"{ReportText.Time(position.Minimum)} to {ReportText.Time(position.Maximum)}"),
            AdaptiveStep adaptive => (
                $"Hold for {ReportText.Time(adaptive.Dwell)} and measure the impedance; go up by {ReportText.Of(adaptive.Increment)} and repeat until a step lowers the resistance by less than {ReportText.Of(adaptive.StopBelow)}, at most to {ReportText.Of(adaptive.Highest)}.",
                "as needed"),
            HeatStep heat => ($"Bring the platens to {ReportText.Of(heat.Target)} at {ReportText.Of(heat.Rate)}; keep the pressure where it is.", $"within {ReportText.Time(heat.Timeout)}"),
            SoakStep soak => ($"Keep {ReportText.Of(soak.Target)} within ±{ReportText.Of(soak.Band)}; keep the pressure where it is.", ReportText.Time(soak.Minimum)),
            RoundStep round => (Round(round), "no time"),
            _ => throw new ArgumentException($"step '{step.Name}' is a {step.GetType().Name}, which cannot be done by hand", nameof(step)),
        };
        return new OperatorStep(step.Name, $"{text}{Caution(reading, bench.Press)}", step is PromptStep ? null : target, reading, time);
    }

    private static string Round(RoundStep round)
    {
        string enough = round.End.After is { } time ? $"{ReportText.Time(time)} have passed since the first round began"
            : round.End.Thickness is { } still ? $"the thickness has changed by less than {ReportText.Of(still)} since the round before"
            : $"the resistance has fallen by less than {ReportText.Of(round.End.Resistance!.Value)} since the round before";
        if (round.Round == 1) return $"Rounds begin; at most {ReportText.Number(round.End.Most)} are done, until {enough}.";
        return round.Round > round.End.Most ? $"The rounds are over; note whether {enough}." : $"When {enough}, go on behind the last of these rounds; else do another one.";
    }

    private static string Hold(HoldStep hold, PressBench bench)
    {
        double low = hold.Target.Pascals * (1 - hold.Band.Value), high = hold.Target.Pascals * (1 + hold.Band.Value);
        string limits = $"between {ReportText.Number(low / 1e6)} and {ReportText.Number(high / 1e6)} MPa "
            + $"({ReportText.Number(bench.Die.ForceFor(new SamplePressure(low)).Kilonewtons)} to {ReportText.Number(bench.Die.ForceFor(new SamplePressure(high)).Kilonewtons)} kN)";
        string coarse = bench.Press.Resolution.Newtons > bench.Die.ForceFor(new SamplePressure(high - low)).Newtons
            ? " One step of this gauge is wider than that: keep the needle still."
            : "";
        string settled = hold.SettleRate is { } rate
            ? $" After {ReportText.Time(hold.Minimum)} go on until the thickness shrinks by less than {ReportText.Of(rate)} a minute, at most {ReportText.Time(hold.Maximum)}."
            : "";
        return $"Hold {limits}; pump up again when it sinks, and count only the time within.{settled}{coarse}";
    }

    private static string HoldTime(HoldStep hold) =>
        hold.SettleRate is null ? ReportText.Time(hold.Minimum) : $"{ReportText.Time(hold.Minimum)} to {ReportText.Time(hold.Maximum)}";

    private static string Opening(SamplePressure at, Protocol protocol) => at.Pascals > 0
        ? $"Release evenly, over at least {Ramp(at, default, protocol.ReleaseRate)}, and open the press."
        : "Open the press.";

    private static string Caution(GaugeReading? reading, PressInstrument press) =>
        reading is { Wanted.Newtons: > 0 } given && given.Wanted < press.LowestCalibrated
            ? $" Under the calibrated range of the gauge, which begins at {ReportText.Of(press.LowestCalibrated)}."
            : "";

    private static string Ramp(SamplePressure from, SamplePressure to, PressureRate rate) =>
        rate.PascalsPerSecond > 0
            ? ReportText.Time(new Duration(Math.Ceiling(Math.Abs((to - from).Pascals) / rate.PascalsPerSecond)))
            : throw new ArgumentException($"a rate of {ReportText.Of(rate)} never reaches {ReportText.Of(to)}; give a positive rate", nameof(rate));

    private static string Quantities(MeasuredQuantities quantities) => quantities switch
    {
        MeasuredQuantities.Thickness => "the thickness",
        MeasuredQuantities.Impedance => "the impedance",
        MeasuredQuantities.Thickness | MeasuredQuantities.Impedance => "thickness and impedance",
        _ => "nothing",
    };
}
