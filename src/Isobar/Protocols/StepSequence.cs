using System.Collections.Immutable;
using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// Writes out what stands for several steps: a cycle, a called sub-protocol, a list of pressures. The executor, the judge and the record know
/// plain steps only, so that every round has its own name, samples and verdict.
/// </summary>
public static class StepSequence
{
    /// <summary>Largest number of steps of a protocol.</summary>
    public const int MostSteps = 100_000;

    /// <summary>The steps of a called sub-protocol, named "caller / step".</summary>
    public static ImmutableArray<Step> Call(string name, ImmutableArray<Step> steps) =>
        [.. steps.Select(step => step with { Name = $"{name} / {step.Name}" })];

    /// <summary>The steps repeated, named "cycle 1 of 3 / step".</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below one, or there would be more steps than <see cref="MostSteps"/>.</exception>
    public static ImmutableArray<Step> Cycle(string name, int count, ImmutableArray<Step> steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if ((long)count * steps.Length > MostSteps) throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} rounds of {steps.Length} steps are more than {MostSteps} steps");
        var all = ImmutableArray.CreateBuilder<Step>(count * steps.Length);
        for (int round = 1; round <= count; round++) all.AddRange(Round(name, round, count, steps));
        return all.MoveToImmutable();
    }

    /// <summary>
    /// The steps repeated until the cycle has had enough, at most as often as its end says: a <see cref="RoundStep"/> before every round, named
    /// "cycle 1 of up to 50", and one behind the last, named "cycle over". Rounds that are not needed are passed over.
    /// </summary>
    /// <exception cref="ArgumentException">There is no condition or more than one, no step, or there would be more steps than <see cref="MostSteps"/>.</exception>
    public static ImmutableArray<Step> Repeat(string name, CycleEnd end, ImmutableArray<Step> steps)
    {
        if (end.Most < 1 || !end.IsClear) throw new ArgumentException($"cycle '{name}' needs one condition and at least one round, it has {end}", nameof(end));
        if (steps.IsEmpty || ((long)end.Most * (steps.Length + 1)) + 1 > MostSteps) throw new ArgumentException($"{end.Most} rounds of {steps.Length} steps are none or more than {MostSteps} steps", nameof(steps));
        var all = ImmutableArray.CreateBuilder<Step>((end.Most * (steps.Length + 1)) + 1);
        for (int round = 1; round <= end.Most; round++)
        {
            string of = RoundStep.NameOf(name, round, end.Most);
            all.Add(new RoundStep(of, round, steps.Length, end));
            all.AddRange(Call(of, steps));
        }

        all.Add(new RoundStep(RoundStep.NameOf(name, end.Most + 1, end.Most), end.Most + 1, 0, end));
        return all.MoveToImmutable();
    }

    /// <summary>The steps of one round of a cycle, counted from 1.</summary>
    public static ImmutableArray<Step> Round(string name, int round, int count, ImmutableArray<Step> steps) =>
        Call(string.Create(CultureInfo.InvariantCulture, $"{name} {round} of {count}"), steps);

    /// <summary>A ramp and a hold at each pressure of a list, and a measurement where one is wanted.</summary>
    /// <param name="name">Name of the list; steps are named "name 1 of 3 / ramp".</param>
    /// <param name="targets">Pressures in order.</param>
    /// <param name="rate">Rate between them.</param>
    /// <param name="hold">The hold at each; its name and target are replaced.</param>
    /// <param name="measure">The measurement after each hold; its name is replaced.</param>
    public static ImmutableArray<Step> Staircase(string name, ImmutableArray<SamplePressure> targets, PressureRate rate, HoldStep hold, MeasureStep? measure)
    {
        var all = ImmutableArray.CreateBuilder<Step>();
        for (int i = 0; i < targets.Length; i++)
        {
            string stair = string.Create(CultureInfo.InvariantCulture, $"{name} {i + 1} of {targets.Length}");
            all.Add(new RampStep($"{stair} / ramp", hold.Kind, targets[i], rate) { Guard = hold.Guard });
            all.Add(hold with { Name = $"{stair} / hold", Target = targets[i] });
            if (measure is not null) all.Add(measure with { Name = $"{stair} / measure" });
        }

        return all.ToImmutable();
    }
}
