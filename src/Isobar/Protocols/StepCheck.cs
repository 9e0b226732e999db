using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Holds one step after the other against die, press and limits, knowing where the step before it ends.</summary>
internal sealed class StepCheck(Protocol protocol, Die die, PressInstrument press, Verification verification, Findings findings)
{
    private readonly HashSet<int> _inCycles = [];

    // A person must not reach between platens hotter than this.
    private static readonly Temperature s_touchable = new(273.15 + 45);

    /// <summary>Where a step begins or ends: the pressure lies between two values, which are the same when it is known beforehand.</summary>
    /// <param name="LowestPa">Lowest set-point possible.</param>
    /// <param name="HighestPa">Highest set-point possible.</param>
    /// <param name="Kelvins">Set-point of the temperature; NaN when nothing has been heated.</param>
    internal readonly record struct Place(double LowestPa, double HighestPa, double Kelvins)
    {
        public bool IsKnown => LowestPa.Equals(HighestPa);

        public Place At(SamplePressure pressure) => this with { LowestPa = pressure.Pascals, HighestPa = pressure.Pascals };

        public Place Between(SamplePressure low, SamplePressure high) => this with { LowestPa = low.Pascals, HighestPa = high.Pascals };

        public override string ToString() => IsKnown ? new SamplePressure(HighestPa).ToString() : $"a pressure from {new SamplePressure(LowestPa)} to {new SamplePressure(HighestPa)}";
    }

    /// <summary>Checks a step and says where it ends.</summary>
    public Place Check(Step step, Place at)
    {
        if (step.Guard is { } guard) CheckGuard(guard);
        switch (step)
        {
            case ApproachStep approach:
                // Contact is felt, not measured: it may lie below the calibrated forces.
                CheckTarget(approach.Contact, press with { LowestCalibrated = new Force(0) });
                CheckRate(approach.Rate);
                CheckPositive(approach.Timeout, "timeout");
                if (approach.Contact.Pascals <= 0) findings.Error($"the contact pressure is {approach.Contact}; contact needs a pressure above zero, for example 2 MPa");
                if (at.HighestPa > 0) findings.Error($"an approach starts without pressure, but the set-point is {at}; put a release step before it");
                return at.At(approach.Contact);
            case RampStep ramp:
                CheckTarget(ramp.Target, press);
                CheckRate(ramp.Rate);
                return at.At(ramp.Target);
            case DensifyStep densify:
                return Densify(densify, at);
            case HoldStep hold:
                CheckTarget(hold.Target, press);
                CheckHold(hold, at);
                return at.At(hold.Target);
            case HoldPositionStep position:
                return HoldPosition(position, at);
            case MeasureStep measure:
                CheckPositive(measure.Timeout, "timeout");
                if (measure.Quantities == MeasuredQuantities.None) findings.Error("nothing is to be measured; name thickness or impedance, or leave the step out");
                return at;
            case AdaptiveStep adaptive:
                return Adaptive(adaptive, at);
            case PromptStep prompt:
                if (string.IsNullOrWhiteSpace(prompt.Text)) findings.Error("the prompt says nothing; write what the person is to do");
                if (at.HighestPa > 0) findings.Warning($"the press is released from {at} at {protocol.ReleaseRate} before the prompt; a release step before it says so");
                if (at.Kelvins > s_touchable.Kelvins) findings.Error($"a person is asked to reach in while the platens are at {new Temperature(at.Kelvins)}; put a heat step to {s_touchable} or less before the prompt");
                return at.At(default);
            case ReleaseStep release:
                return Release(release, at);
            case HeatStep heat:
                CheckTemperature(heat.Target);
                CheckPositive(heat.Rate.KelvinsPerSecond, heat.Rate.ToString(), "rate");
                CheckPositive(heat.Band.Kelvins, heat.Band.ToString(), "band");
                CheckPositive(heat.Timeout, "timeout");
                return at with { Kelvins = heat.Target.Kelvins };
            case SoakStep soak:
                CheckTemperature(soak.Target);
                CheckPositive(soak.Band.Kelvins, soak.Band.ToString(), "band");
                CheckTimes(soak.Minimum, soak.Maximum);
                if (!(Math.Abs(soak.Target.Kelvins - at.Kelvins) <= 1e-9)) findings.Error($"the soak is at {soak.Target} but the step before does not end there; put a heat step before it");
                return at;
            case RoundStep round:
                return Round(round, at);
            default:
                findings.Error($"steps of kind {step.GetType().Name} are not known");
                return at;
        }
    }

    // Rounds are the same: what holds behind the first holds behind every one, however many are done.
    private Place Round(RoundStep step, Place at)
    {
        int index = findings.StepIndex;
        if (step.Guard is not null) findings.Error("a step between two rounds takes no time and has no guard");
        if (step.Round > 1 || step.Round < 1)
        {
            if (!_inCycles.Contains(index)) findings.Error("the step stands between rounds of no cycle");
            if (step.End.Thickness is not null && !(at.LowestPa > 0)) findings.Error($"the cycle ends by the thickness, and its rounds may end at {at}; without pressure the thickness is not known");
            return at;
        }

        if (RoundStep.Behind(protocol.Steps, index) is not { } behind)
        {
            findings.Error("the rounds of the cycle do not follow each other; write it as a cycle with 'duration' or 'until'");
            return at;
        }

        for (int i = index; i < behind; i++)
        {
            if (protocol.Steps[i] is RoundStep { Round: > 1 }) _inCycles.Add(i);
        }

        if (!step.End.IsClear) findings.Error("the cycle needs one of duration, thickness and resistance, and no more");
        if (step.End.After is { } time) CheckPositive(time, "duration of the cycle");
        if (step.End.Thickness is { } still) CheckShare(still);
        if (step.End.Resistance is { } falling) CheckShare(falling);
        if (step.End.Thickness is not null) NeedsThickness();
        bool measures = protocol.Steps.AsSpan(index, step.Steps + 1).ToArray().Any(each => each is AdaptiveStep || (each is MeasureStep measure && measure.Quantities.HasFlag(MeasuredQuantities.Impedance)));
        if (step.End.Resistance is not null && !measures) findings.Error("the cycle ends by the resistance, and its rounds do not measure the impedance; add a measure step to them");
        return at;
    }

    private void CheckShare(Fraction share)
    {
        if (!(share.Value is > 0 and < 1)) findings.Error($"the cycle ends when a round changes by less than {share}; give a share above zero and below 100 %");
    }

    private Place Densify(DensifyStep step, Place at)
    {
        NeedsThickness();
        CheckTarget(step.Highest, press);
        CheckRate(step.Rate);
        if (!(step.Density.Value is > 0 and < 1)) findings.Error($"the density is {step.Density}; it is a share of the solid, above zero and below 100 %");
        CheckPositive(step.SolidThickness.Metres, step.SolidThickness.ToString(), "solid thickness");
        if (step.Highest.Pascals < at.HighestPa) findings.Error($"its highest pressure of {step.Highest} lies below the pressure before it, {at}");
        return at.Between(new SamplePressure(at.LowestPa), step.Highest);
    }

    private Place HoldPosition(HoldPositionStep step, Place at)
    {
        NeedsThickness();
        CheckTarget(step.Highest, press);
        CheckRate(step.Rate);
        CheckTimes(step.Minimum, step.Maximum);
        CheckSettle(step.SettleRate, step.Maximum);
        if (!(step.Lowest.Pascals >= 0 && step.Lowest <= step.Highest)) findings.Error($"the force limits go from {step.Lowest} to {step.Highest}; the lower one must be zero or more and not above the upper");
        else if (at.LowestPa < step.Lowest.Pascals || at.HighestPa > step.Highest.Pascals) findings.Error($"the position is held between {step.Lowest} and {step.Highest}, but the step before ends at {at}");
        return at.Between(step.Lowest, step.Highest);
    }

    private Place Adaptive(AdaptiveStep step, Place at)
    {
        CheckTarget(step.Start, press);
        CheckTarget(step.Highest, press);
        CheckRate(step.Rate);
        CheckPositive(step.Dwell, "dwell");
        CheckPositive(step.Timeout, "timeout");
        if (step.Timeout < step.Dwell) findings.Error($"the timeout of {step.Timeout} is shorter than the dwell of {step.Dwell}");
        if (!(step.Increment.Pascals >= 0 && double.IsFinite(step.Increment.Pascals))) findings.Error($"the increment is {step.Increment}; it must be zero or more");
        if (step.Highest < step.Start) findings.Error($"the highest pressure of {step.Highest} lies below the start of {step.Start}");
        if (!(step.StopBelow.Value is > 0 and < 1)) findings.Error($"it stops when the resistance falls by less than {step.StopBelow}; give a share above zero and below 100 %");
        if (step.MostRounds < 2) findings.Error($"it measures {step.MostRounds} times at most; whether a resistance still falls shows from two");
        CheckBand(step.Band, step.Start);
        return at.Between(step.Start, step.PressureOf(Math.Max(0, step.MostRounds - 1)));
    }

    private Place Release(ReleaseStep release, Place at)
    {
        CheckRate(release.Rate);
        if (!(release.Target.Pascals >= 0)) findings.Error($"the target is {release.Target}; it must not be negative");
        if (release.Target.Pascals > at.LowestPa) findings.Error($"a release to {release.Target} would raise the pressure, which is {at} here; use a ramp");
        if (release.Gap is { } gap && !(Findings.IsPositive(gap.Metres) && release.Target.Pascals <= 0)) findings.Error($"a gap of {gap} needs a release to 0 MPa and must be above zero");
        return at.At(new SamplePressure(Math.Min(release.Target.Pascals, at.HighestPa)));
    }

    private void CheckHold(HoldStep hold, Place at)
    {
        if (!at.IsKnown) findings.Error($"the hold is at {hold.Target} but the step before ends at {at}; put a ramp between them, or hold the position");
        else if (Math.Abs(hold.Target.Pascals - at.HighestPa) > 1e-6 * Math.Max(hold.Target.Pascals, at.HighestPa))
            findings.Error($"the hold is at {hold.Target} but the step before ends at {at}; put a ramp or a release between them");
        CheckTimes(hold.Minimum, hold.Maximum);
        if (hold.SettleRate is not null && hold.Maximum >= hold.Minimum && hold.Maximum.Seconds < 2 * TrendWindow.Seconds) findings.Warning($"settling is judged from two windows of {new Duration(TrendWindow.Seconds)}; within {hold.Maximum} it cannot show");
        if (hold.SettleRate is { } rate && !Findings.IsPositive(rate.Value)) findings.Error($"the settling rate is {rate} per minute; it must be above zero, or be left out");
        CheckSettle(hold.SettlePressureRate, hold.Maximum);
        CheckBand(hold.Band, hold.Target);
    }

    private void CheckSettle(PressureRate? settle, Duration maximum)
    {
        if (settle is not { } rate) return;
        if (!Findings.IsPositive(rate.PascalsPerSecond)) findings.Error($"the settling rate is {rate}; it must be above zero, or be left out");
        if (maximum.Seconds < 2 * TrendWindow.Seconds) findings.Warning($"settling is judged from two windows of {new Duration(TrendWindow.Seconds)}; within {maximum} it cannot show");
    }

    private void CheckBand(Fraction band, SamplePressure target)
    {
        if (!Findings.IsPositive(band.Value)) findings.Error($"the band is ±{band}; it must be above zero");
        if (target.Pascals <= 0 || !Findings.IsPositive(band.Value)) return;
        double relative = ProtocolCheck.RelativeForceUncertainty(press, die.ForceFor(target));
        if (band.Value < 2 * relative)
            findings.Unverifiable(verification, $"a band of ±{band} is not verifiable: the force at {target} is known to ±{new Fraction(2 * relative)} (twice its standard uncertainty) on {press.Name}");
    }

    private void CheckTarget(SamplePressure target, PressInstrument on)
    {
        if (!double.IsFinite(target.Pascals) || target.Pascals < 0)
        {
            findings.Error($"the target is {target}; it must be a pressure of zero or more");
            return;
        }

        Force force = die.ForceFor(target);
        if (target.Pascals > protocol.Limit.Pascals) findings.Error($"{target} is {Findings.Percent(target / protocol.Limit)} of the protocol's limit of {protocol.Limit}");
        else if (target.Pascals > 0.98 * protocol.Limit.Pascals) findings.Warning($"{target} is {Findings.Percent(target / protocol.Limit)} of the limit of {protocol.Limit}; noise alone may trip it");
        if (target.Pascals > die.Limit.Pascals) findings.Error($"{target} is {Findings.Percent(target / die.Limit)} of what the {die.MaterialName} die may see, {die.Limit}");
        if (force.Newtons > on.Capacity.Newtons) findings.Error($"{force} is {Findings.Percent(force / on.Capacity)} of this press, {on.Name}");
        else if (force.Newtons > 0 && force.Newtons < on.LowestCalibrated.Newtons)
            findings.Unverifiable(verification, $"{target} is {force} on this die, below the lowest calibrated force of {on.Name}, {on.LowestCalibrated}: not verifiable");
    }

    private void CheckGuard(StepGuard guard)
    {
        if (guard.IsEmpty) findings.Error("the guard watches nothing; give it a band or a limit, or leave it out");
        if (guard.Band is { } band && !Findings.IsPositive(band.Value)) findings.Error($"the guard's band is {band}; it must be above zero");
        if (guard.Fastest is { } fastest && !Findings.IsPositive(fastest.PascalsPerSecond)) findings.Error($"the guard's fastest change is {fastest}; it must be above zero");
        if (guard.Travel is { } travel && !Findings.IsPositive(travel.Metres)) findings.Error($"the guard's travel is {travel}; it must be above zero");
        if (guard.Lowest is { } low && guard.Highest is { } high && low > high) findings.Error($"the guard's lowest pressure of {low} lies above its highest of {high}");
        if (guard.Hottest is not null && press.HottestPlatens is null) findings.Error($"the guard watches a temperature that {press.Name} does not tell");
        if (!(guard.Patience.Seconds >= 0)) findings.Error($"the guard's patience is {guard.Patience}; it must not be negative");
    }

    private void CheckTemperature(Temperature target)
    {
        if (!Findings.IsPositive(target.Kelvins)) findings.Error($"the temperature is {target}");
        if (protocol.TemperatureLimit is { } limit && target > limit) findings.Error($"{target} is above the temperature limit of the protocol, {limit}");
        if (press.HottestPlatens is { } hottest && target > hottest) findings.Error($"{target} is above what the platens of {press.Name} may have, {hottest}");
    }

    private void CheckTimes(Duration minimum, Duration maximum)
    {
        if (!(minimum.Seconds >= 0)) findings.Error($"the minimum time is {minimum}; it must not be negative");
        if (!(maximum.Seconds >= minimum.Seconds)) findings.Error($"the maximum time of {maximum} is shorter than the minimum of {minimum}");
    }

    private void NeedsThickness()
    {
        if (!press.TellsThickness) findings.Error($"the step goes by the thickness, which {press.Name} does not tell");
    }

    private void CheckRate(PressureRate rate)
    {
        if (!Findings.IsPositive(rate.PascalsPerSecond)) findings.Error($"the rate is {rate}; it must be above zero, for example 5 MPa/s");
    }

    private void CheckPositive(Duration duration, string what) => CheckPositive(duration.Seconds, duration.ToString(), what);

    private void CheckPositive(double value, string shown, string what)
    {
        if (!Findings.IsPositive(value)) findings.Error($"the {what} is {shown}; it must be above zero");
    }
}
