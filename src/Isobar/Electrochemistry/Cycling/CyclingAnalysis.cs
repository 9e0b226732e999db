using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Electrochemistry.Cycling;

/// <summary>The cycles of a series, and what is odd about them.</summary>
/// <param name="Cycles">In the order of time.</param>
/// <param name="ReferenceCoulombs">The capacity that rates refer to: the one given, or the largest discharge (else charge) capacity.</param>
/// <param name="Notes">What was assumed or does not fit.</param>
public sealed record CyclingResult(ImmutableArray<Cycle> Cycles, double ReferenceCoulombs, ImmutableArray<string> Notes);

/// <summary>
/// Splits a series into cycles and gives capacity, efficiency, energy and rate of each. Capacity Q = ∫ |I| dt over the rows of one direction, by the
/// trapezoid rule; a change of current by ΔI between rows Δt apart may have happened anywhere between them, which gives a variance (ΔI Δt)²/12 each.
/// Coulombic efficiency = Q(discharge) / Q(charge before it).
/// </summary>
public static class CyclingAnalysis
{
    // Currents below this share of the largest are the offset of the cycler, not a current.
    private const double RestShare = 2e-5;

    // The counter of a cycler and the integral of its rows differ by less where both mean the same current.
    private const double CounterTolerance = 0.01;

    /// <summary>Analyses a series; rates refer to <paramref name="capacityCoulombs"/>, or to the largest capacity found.</summary>
    public static CyclingResult Of(CyclerSeries series, double? capacityCoulombs = null)
    {
        if (capacityCoulombs is { } given && !(given > 0)) throw new ArgumentOutOfRangeException(nameof(capacityCoulombs), given, "a capacity above zero is expected");
        double largest = series.ChargingAmperes.Max(Math.Abs);
        List<string> notes = [];
        if (!(largest > 0)) return new CyclingResult([], double.NaN, ["no current flows in any row"]);
        double rest = RestShare * largest;
        List<Cycle> cycles = [];
        HalfCycle? before = null;
        List<(int Number, int First, int End)> spans = Spans(series, rest);
        for (int k = 0; k < spans.Count; k++)
        {
            (int number, int first, int end) = spans[k];
            HalfCycle? charge = Half(series, first, end, 1, rest), discharge = Half(series, first, end, -1, rest);
            if (charge is null && discharge is null) continue;
            HalfCycle? went = charge is not null && (discharge is null || charge.FirstRow < discharge.FirstRow) ? charge : before;
            bool open = k == spans.Count - 1 && Math.Abs(series.ChargingAmperes[^1]) > rest;
            cycles.Add(new Cycle(number, charge, discharge, discharge is null || went is null ? null : Ratio(discharge.Capacity, went.Capacity), discharge is null || went is null ? null : discharge.EnergyJoules / went.EnergyJoules, charge is not null && discharge is not null && !open));
            before = charge ?? before;
            Compare(charge, number, "charge", notes);
            Compare(discharge, number, "discharge", notes);
        }

        if (cycles.Count == 0) return new CyclingResult([], double.NaN, ["no charge passes between two rows"]);
        double reference = capacityCoulombs ?? cycles.Max(cycle => cycle.Discharge?.Capacity.Value ?? 0);
        if (!(reference > 0)) reference = cycles.Max(cycle => cycle.Charge?.Capacity.Value ?? 0);
        if (series.CycleNumbers.IsEmpty) notes.Add("the data have no cycle numbers: a cycle begins where the direction of its first current comes back after the other");
        return new CyclingResult([.. cycles], reference, [.. notes]);
    }

    private static Estimate Ratio(Estimate a, Estimate b)
    {
        double ratio = a.Value / b.Value;
        return new Estimate(ratio, ratio * Math.Sqrt((a.RelativeUncertainty * a.RelativeUncertainty) + (b.RelativeUncertainty * b.RelativeUncertainty)));
    }

    // By the cycler's numbers, or by direction.
    private static List<(int Number, int First, int End)> Spans(CyclerSeries series, double rest)
    {
        List<(int, int, int)> spans = [];
        int first = 0;
        if (!series.CycleNumbers.IsEmpty)
        {
            for (int i = 1; i <= series.Count; i++)
            {
                if (i < series.Count && series.CycleNumbers[i] == series.CycleNumbers[i - 1]) continue;
                spans.Add((series.CycleNumbers[first], first, i));
                first = i;
            }

            return spans;
        }

        int direction = 0;
        bool other = false;
        for (int i = 0; i < series.Count; i++)
        {
            double current = series.ChargingAmperes[i];
            if (Math.Abs(current) <= rest) continue;
            int sign = Math.Sign(current);
            if (direction == 0) direction = sign;
            if (sign != direction) other = true;
            else if (other)
            {
                spans.Add((spans.Count + 1, first, i));
                first = i;
                other = false;
            }
        }

        spans.Add((spans.Count + 1, first, series.Count));
        return spans;
    }

    private static HalfCycle? Half(CyclerSeries series, int first, int end, int sign, double rest)
    {
        double charge = 0, variance = 0, energy = 0, seconds = 0, counter = 0;
        int from = -1, to = -1;
        ImmutableArray<double> counters = sign > 0 ? series.ChargeCounterCoulombs : series.DischargeCounterCoulombs;
        List<double> pressures = [];
        for (int i = first; i < end; i++)
        {
            double here = Part(series.ChargingAmperes[i], sign, rest);
            if (here > 0)
            {
                if (from < 0) from = i;
                to = i;
                if (!series.PressurePa.IsEmpty && double.IsFinite(series.PressurePa[i])) pressures.Add(series.PressurePa[i]);
            }

            if (i == 0) continue;
            double last = Part(series.ChargingAmperes[i - 1], sign, rest), step = series.Seconds[i] - series.Seconds[i - 1];
            if (here > 0 || last > 0)
            {
                double passed = 0.5 * (here + last) * step;
                charge += passed;
                energy += 0.5 * ((here * series.Volts[i]) + (last * series.Volts[i - 1])) * step;
                variance += (here - last) * step * (here - last) * step / 12;
                seconds += step * (here > 0 && last > 0 ? 1 : 0.5);
            }

            if (!counters.IsEmpty) counter += Increment(counters[i - 1], counters[i]);
        }

        if (from < 0 || !(charge > 0)) return null;
        return new HalfCycle(
            from, to, new Estimate(charge, Math.Sqrt(variance)), energy, seconds, counters.IsEmpty ? null : counter, PressureOf(pressures), pressures.Count == 0 ? double.NaN : pressures.Min(), pressures.Count == 0 ? double.NaN : pressures.Max());
    }

    private static double Part(double current, int sign, double rest) => Math.Abs(current) <= rest ? 0 : Math.Max(0, sign * current);

    // A counter that falls has begun anew.
    private static double Increment(double last, double here) => !double.IsFinite(last) || !double.IsFinite(here) ? 0 : here >= last ? here - last : Math.Max(0, here);

    private static Estimate? PressureOf(List<double> pascals)
    {
        if (pascals.Count == 0) return null;
        double mean = pascals.Average();
        return new Estimate(mean, pascals.Count < 2 ? 0 : Math.Sqrt(pascals.Sum(p => (p - mean) * (p - mean)) / (pascals.Count - 1)));
    }

    private static void Compare(HalfCycle? half, int number, string what, List<string> notes)
    {
        if (half?.CounterCoulombs is not { } counter) return;
        double difference = counter - half.Capacity.Value;
        if (Math.Abs(difference) <= Math.Max(CounterTolerance * half.Capacity.Value, 3 * half.Capacity.StandardUncertainty)) return;
        notes.Add(FormattableString.Invariant($"cycle {number}: the cycler counts {counter / 3.6:G5} mAh of {what} and its currents make {half.Capacity.Value / 3.6:G5} mAh; rows may be missing, or the counter begins anew without saying so"));
    }
}
