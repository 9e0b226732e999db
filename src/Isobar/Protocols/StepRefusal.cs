using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What validation refuses is refused here once more: a protocol that was not validated must not move the press.</summary>
internal static class StepRefusal
{
    /// <summary>Why a step must not begin; null when it may.</summary>
    public static string? Of(in ExecutorState state, Step step)
    {
        Protocol protocol = state.Protocol;
        return step switch
        {
            ApproachStep s => Pressure(s.Contact, protocol) ?? Rate(s.Rate),
            RampStep s => Pressure(s.Target, protocol) ?? Rate(s.Rate),
            HoldStep s => Pressure(s.Target, protocol),
            DensifyStep s => Pressure(s.Highest, protocol) ?? Rate(s.Rate) ?? Thickness(state) ?? Downwards(s.Highest, state),
            HoldPositionStep s => Pressure(s.Highest, protocol) ?? Pressure(s.Lowest, protocol) ?? Rate(s.Rate) ?? Thickness(state) ?? Limits(s),
            AdaptiveStep s => Pressure(s.Start, protocol) ?? Pressure(s.Highest, protocol) ?? Rate(s.Rate) ?? Increment(s),
            ReleaseStep s => Pressure(s.Target, protocol) ?? Rate(s.Rate) ?? Release(s, state),
            HeatStep s => Temperature(s.Target, state) ?? (s.Rate.KelvinsPerSecond > 0 && double.IsFinite(s.Rate.KelvinsPerSecond) ? null : $"the rate {s.Rate} is not above zero"),
            SoakStep s => Temperature(s.Target, state),
            RoundStep s => CycleSteps.Refusal(state, s),
            _ => null,
        };
    }

    public static bool IsRate(PressureRate rate) => rate.PascalsPerSecond > 0 && double.IsFinite(rate.PascalsPerSecond);

    private static string? Pressure(SamplePressure pressure, Protocol protocol) =>
        pressure.Pascals >= 0 && pressure.Pascals <= protocol.Limit.Pascals ? null : $"{pressure} is not between zero and the limit of the protocol, {protocol.Limit}";

    private static string? Rate(PressureRate rate) => IsRate(rate) ? null : $"the rate {rate} is not above zero";

    private static string? Thickness(in ExecutorState state) =>
        double.IsFinite(state.Smooth.ThicknessMetres) ? null : "the press does not tell the thickness, which this step goes by";

    private static string? Downwards(SamplePressure highest, in ExecutorState state) =>
        highest.Pascals >= state.SetpointPa ? null : $"its highest pressure of {highest} lies below the set-point, which is {new SamplePressure(state.SetpointPa)}";

    private static string? Limits(HoldPositionStep step) => step.Lowest <= step.Highest ? null : $"its lowest pressure of {step.Lowest} lies above its highest of {step.Highest}";

    private static string? Increment(AdaptiveStep step) =>
        step.Increment.Pascals >= 0 && double.IsFinite(step.Increment.Pascals) ? null : $"the increment {step.Increment} is not zero or more";

    private static string? Release(ReleaseStep step, in ExecutorState state) =>
        step.Target.Pascals > state.SetpointPa ? $"a release to {step.Target} would raise the set-point, which is {new SamplePressure(state.SetpointPa)}"
        : step.Gap is { } gap && !(gap.Metres > 0 && step.Target.Pascals <= 0) ? $"a gap of {gap} needs a release to zero and must be above zero"
        : null;

    private static string? Temperature(Temperature target, in ExecutorState state) =>
        state.Protocol.TemperatureLimit is not { } limit ? "the protocol has no temperature limit, so that it must not heat"
        : !(target.Kelvins > 0 && target.Kelvins <= limit.Kelvins) ? $"{target} is not below the temperature limit of the protocol, {limit}"
        : !double.IsFinite(state.TemperatureKelvins) ? "the press does not tell the temperature of its platens"
        : null;
}
