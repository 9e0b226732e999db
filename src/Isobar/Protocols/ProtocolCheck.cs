using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Whether a finding forbids the run.</summary>
public enum FindingSeverity
{
    /// <summary>The run may start; the person should know.</summary>
    Warning,

    /// <summary>The run must not start.</summary>
    Error,
}

/// <summary>Something about a protocol that should be known before it moves a press.</summary>
/// <param name="StepIndex">Step of the protocol, from 0; -1 for the protocol as a whole.</param>
/// <param name="Severity">Whether it forbids the run.</param>
/// <param name="Text">What was found and what was expected, with numbers and units.</param>
public sealed record ProtocolFinding(int StepIndex, FindingSeverity Severity, string Text);

/// <summary>Holds a protocol against the die, the press and common sense before anything moves.</summary>
public static class ProtocolCheck
{
    /// <summary>Every finding, in order of the steps; a protocol without an <see cref="FindingSeverity.Error"/> may run.</summary>
    public static ImmutableArray<ProtocolFinding> Validate(Protocol protocol, Die die, PressInstrument press)
    {
        var findings = new Findings();
        CheckWhole(protocol, die, findings);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        double setpointPa = 0;
        for (int i = 0; i < protocol.Steps.Length; i++)
        {
            Step step = protocol.Steps[i];
            findings.StepIndex = i;
            if (string.IsNullOrWhiteSpace(step.Name)) findings.Error("the step has no name; give it a short one, for example 'press separator'");
            else if (!names.TryAdd(step.Name, i)) findings.Error($"'{step.Name}' is also the name of step {names[step.Name] + 1}; names are unique, so that the record can point at one");
            setpointPa = CheckStep(step, protocol, die, press, setpointPa, findings);
        }

        findings.StepIndex = -1;
        if (protocol.Steps.Length > 0 && setpointPa > 0)
            findings.Error($"the protocol ends at {new SamplePressure(setpointPa)}; end it with a release step to 0 MPa, the release is part of how the cell is made");
        return findings.ToImmutable();
    }

    /// <summary>Whether any finding forbids the run.</summary>
    public static bool Forbids(ImmutableArray<ProtocolFinding> findings) => findings.Any(finding => finding.Severity == FindingSeverity.Error);

    private static void CheckWhole(Protocol protocol, Die die, Findings findings)
    {
        if (protocol.Steps.IsDefaultOrEmpty) findings.Error("the protocol has no steps");
        if (!IsPositive(protocol.Limit.Pascals)) findings.Error($"the limit is {protocol.Limit}; it must be above zero");
        else if (protocol.Limit.Pascals > die.Limit.Pascals) findings.Error($"the limit of {protocol.Limit} is {Percent(protocol.Limit.Pascals / die.Limit.Pascals)} of what the {die.MaterialName} die may see, {die.Limit}");
        if (!IsPositive(protocol.ReleaseRate.PascalsPerSecond)) findings.Error($"the release rate is {protocol.ReleaseRate}; it must be above zero, every way out of a run needs it");
        double off = Math.Abs(protocol.Diameter.Metres - die.Diameter.Value.Metres);
        if (off > Math.Max(3 * die.Diameter.StandardUncertainty.Metres, 0.005 * die.Diameter.Value.Metres))
            findings.Error($"the protocol is made for a die of {protocol.Diameter}, this die has {die.Diameter.Value}: the same force is {Percent(Math.Pow(protocol.Diameter.Metres / die.Diameter.Value.Metres, 2))} of the pressure");
    }

    // Returns the set-point after the step.
    private static double CheckStep(Step step, Protocol protocol, Die die, PressInstrument press, double setpointPa, Findings findings)
    {
        switch (step)
        {
            case ApproachStep approach:
                // Contact is felt, not measured: it may lie below the calibrated forces.
                CheckTarget(approach.Contact, protocol, die, press with { LowestCalibrated = new Force(0) }, findings);
                CheckRate(approach.Rate, findings);
                CheckPositive(approach.Timeout, "timeout", findings);
                if (approach.Contact.Pascals <= 0) findings.Error($"the contact pressure is {approach.Contact}; contact needs a pressure above zero, for example 2 MPa");
                if (setpointPa > 0) findings.Error($"an approach starts without pressure, but the set-point is {new SamplePressure(setpointPa)}; put a release step before it");
                return approach.Contact.Pascals;
            case RampStep ramp:
                CheckTarget(ramp.Target, protocol, die, press, findings);
                CheckRate(ramp.Rate, findings);
                return ramp.Target.Pascals;
            case HoldStep hold:
                CheckTarget(hold.Target, protocol, die, press, findings);
                CheckHold(hold, die, press, setpointPa, findings);
                return hold.Target.Pascals;
            case MeasureStep measure:
                CheckPositive(measure.Timeout, "timeout", findings);
                if (measure.Quantities == MeasuredQuantities.None) findings.Error("nothing is to be measured; name thickness or impedance, or leave the step out");
                return setpointPa;
            case PromptStep prompt:
                if (string.IsNullOrWhiteSpace(prompt.Text)) findings.Error("the prompt says nothing; write what the person is to do");
                if (setpointPa > 0) findings.Warning($"the press is released from {new SamplePressure(setpointPa)} at {protocol.ReleaseRate} before the prompt; a release step before it says so");
                return 0;
            case ReleaseStep release:
                CheckRate(release.Rate, findings);
                if (!(release.Target.Pascals >= 0)) findings.Error($"the target is {release.Target}; it must not be negative");
                if (release.Target.Pascals > setpointPa) findings.Error($"a release to {release.Target} would raise the pressure, which is {new SamplePressure(setpointPa)} here; use a ramp");
                return Math.Min(release.Target.Pascals, setpointPa);
            default:
                findings.Error($"steps of kind {step.GetType().Name} are not known");
                return setpointPa;
        }
    }

    private static void CheckHold(HoldStep hold, Die die, PressInstrument press, double setpointPa, Findings findings)
    {
        if (Math.Abs(hold.Target.Pascals - setpointPa) > 1e-6 * Math.Max(hold.Target.Pascals, setpointPa))
            findings.Error($"the hold is at {hold.Target} but the step before ends at {new SamplePressure(setpointPa)}; put a ramp or a release between them");
        if (!IsPositive(hold.Band.Value)) findings.Error($"the band is ±{hold.Band}; it must be above zero");
        if (!(hold.Minimum.Seconds >= 0)) findings.Error($"the minimum time is {hold.Minimum}; it must not be negative");
        if (!(hold.Maximum.Seconds >= hold.Minimum.Seconds)) findings.Error($"the maximum time of {hold.Maximum} is shorter than the minimum of {hold.Minimum}");
        else if (hold.SettleRate is not null && hold.Maximum.Seconds < 2 * TrendWindow.Seconds) findings.Warning($"settling is judged from two windows of {new Duration(TrendWindow.Seconds)}; within {hold.Maximum} it cannot show");
        if (hold.SettleRate is { } rate && !IsPositive(rate.Value)) findings.Error($"the settling rate is {rate} per minute; it must be above zero, or be left out");
        if (hold.Target.Pascals <= 0 || !IsPositive(hold.Band.Value)) return;
        double relative = RelativeForceUncertainty(press, die.ForceFor(hold.Target));
        if (hold.Band.Value < 2 * relative)
            findings.Warning($"a band of ±{hold.Band} is not verifiable: the force at {hold.Target} is known to ±{new Fraction(2 * relative)} (twice its standard uncertainty) on {press.Name}");
    }

    private static void CheckTarget(SamplePressure target, Protocol protocol, Die die, PressInstrument press, Findings findings)
    {
        if (!double.IsFinite(target.Pascals) || target.Pascals < 0)
        {
            findings.Error($"the target is {target}; it must be a pressure of zero or more");
            return;
        }

        Force force = die.ForceFor(target);
        if (target.Pascals > protocol.Limit.Pascals) findings.Error($"{target} is {Percent(target / protocol.Limit)} of the protocol's limit of {protocol.Limit}");
        else if (target.Pascals > 0.98 * protocol.Limit.Pascals) findings.Warning($"{target} is {Percent(target / protocol.Limit)} of the limit of {protocol.Limit}; noise alone may trip it");
        if (target.Pascals > die.Limit.Pascals) findings.Error($"{target} is {Percent(target / die.Limit)} of what the {die.MaterialName} die may see, {die.Limit}");
        if (force.Newtons > press.Capacity.Newtons) findings.Error($"{force} is {Percent(force / press.Capacity)} of this press, {press.Name}");
        else if (force.Newtons > 0 && force.Newtons < press.LowestCalibrated.Newtons)
            findings.Warning($"{target} is {force} on this die, below the lowest calibrated force of {press.Name}, {press.LowestCalibrated}: not verifiable");
    }

    /// <summary>Standard uncertainty of the indicated force over the force.</summary>
    internal static double RelativeForceUncertainty(PressInstrument press, Force force) =>
        press.Indicated(force).StandardUncertainty.Newtons / Math.Abs(force.Newtons);

    private static void CheckRate(PressureRate rate, Findings findings)
    {
        if (!IsPositive(rate.PascalsPerSecond)) findings.Error($"the rate is {rate}; it must be above zero, for example 5 MPa/s");
    }

    private static void CheckPositive(Duration duration, string what, Findings findings)
    {
        if (!IsPositive(duration.Seconds)) findings.Error($"the {what} is {duration}; it must be above zero");
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private static string Percent(double share) => Quantity.Number(100 * share, 3) + " %";

    private sealed class Findings
    {
        private readonly ImmutableArray<ProtocolFinding>.Builder _list = ImmutableArray.CreateBuilder<ProtocolFinding>();

        public int StepIndex { get; set; } = -1;

        public void Error(string text) => _list.Add(new ProtocolFinding(StepIndex, FindingSeverity.Error, text));

        public void Warning(string text) => _list.Add(new ProtocolFinding(StepIndex, FindingSeverity.Warning, text));

        public ImmutableArray<ProtocolFinding> ToImmutable() => _list.ToImmutable();
    }
}
