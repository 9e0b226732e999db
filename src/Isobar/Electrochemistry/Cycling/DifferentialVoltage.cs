using System.Collections.Immutable;

namespace Isobar.Electrochemistry.Cycling;

/// <summary>One point of a differential curve.</summary>
/// <param name="Coulombs">Charge passed since the half-cycle began.</param>
/// <param name="Volts">Voltage of the fitted line there.</param>
/// <param name="VoltsPerCoulomb">Slope dV/dQ: positive while charging, negative while discharging.</param>
/// <param name="StandardUncertainty">Standard uncertainty of the slope from the scatter about the line; NaN where the line has no points to spare.</param>
public readonly record struct DifferentialPoint(double Coulombs, double Volts, double VoltsPerCoulomb, double StandardUncertainty)
{
    /// <summary>dQ/dV, the incremental capacity, with the sign of dV/dQ.</summary>
    public double CoulombsPerVolt => 1 / VoltsPerCoulomb;
}

/// <summary>
/// Differential voltage dV/dQ of a half-cycle: the slope of a straight line through the points within a window of charge around each place, by least
/// squares, so that the resolution is that of the window and the noise of the slope is known. Charge, not time, is the axis: steps of different current
/// do not bend it, but their ohmic jumps stay in it.
/// </summary>
public static class DifferentialVoltage
{
    private const int FewestPoints = 3;

    // A window of the usual width, or of so many rows where they are few.
    private const double UsualWindow = 0.02;
    private const double UsualRows = 6;

    /// <summary>The window that suits a half-cycle: two per cent of its capacity, or six of its rows where these are more.</summary>
    public static double WindowFor(HalfCycle half) => Math.Min(1, Math.Max(UsualWindow, UsualRows / (half.LastRow - half.FirstRow + 1)));

    /// <summary>The curve at <paramref name="count"/> places, with a window of the given share of the capacity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is not a share of the whole, or there are no places.</exception>
    public static ImmutableArray<DifferentialPoint> Of(CyclerSeries series, HalfCycle half, int count = 200, double window = 0.02)
    {
        if (window is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(window), window, "a share of the capacity between 0 and 1 is expected");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        (double[] charge, double[] volts) = Points(series, half);
        if (charge.Length < FewestPoints || !(charge[^1] > 0)) return [];
        double width = window * charge[^1];
        var curve = ImmutableArray.CreateBuilder<DifferentialPoint>(count);
        int low = 0, high = 0;
        for (int k = 0; k < count; k++)
        {
            double at = charge[^1] * k / (count - 1);
            while (low < charge.Length && charge[low] < at - (0.5 * width)) low++;
            while (high < charge.Length && charge[high] <= at + (0.5 * width)) high++;
            if (high - low >= FewestPoints && Line(charge.AsSpan(low, high - low), volts.AsSpan(low, high - low), at) is { } point) curve.Add(point);
        }

        return curve.ToImmutable();
    }

    private static (double[] Charge, double[] Volts) Points(CyclerSeries series, HalfCycle half)
    {
        List<double> charge = [], volts = [];
        double passed = 0;
        double sign = Math.Sign(series.ChargingAmperes[half.FirstRow]);
        for (int i = half.FirstRow; i <= half.LastRow; i++)
        {
            if (i > half.FirstRow) passed += 0.5 * Math.Max(0, sign * (series.ChargingAmperes[i] + series.ChargingAmperes[i - 1])) * (series.Seconds[i] - series.Seconds[i - 1]);
            // Rests within the half-cycle relax the voltage at one charge; they are no part of the curve.
            if (sign * series.ChargingAmperes[i] <= 0) continue;
            charge.Add(passed);
            volts.Add(series.Volts[i]);
        }

        return ([.. charge], [.. volts]);
    }

    private static DifferentialPoint? Line(ReadOnlySpan<double> charge, ReadOnlySpan<double> volts, double at)
    {
        int n = charge.Length;
        double meanQ = 0, meanV = 0;
        for (int i = 0; i < n; i++)
        {
            meanQ += charge[i] / n;
            meanV += volts[i] / n;
        }

        double qq = 0, qv = 0;
        for (int i = 0; i < n; i++)
        {
            qq += (charge[i] - meanQ) * (charge[i] - meanQ);
            qv += (charge[i] - meanQ) * (volts[i] - meanV);
        }

        if (!(qq > 0)) return null;
        double slope = qv / qq, residual = 0;
        for (int i = 0; i < n; i++)
        {
            double off = volts[i] - meanV - (slope * (charge[i] - meanQ));
            residual += off * off;
        }

        return new DifferentialPoint(at, meanV + (slope * (at - meanQ)), slope, n > 2 ? Math.Sqrt(residual / (n - 2) / qq) : double.NaN);
    }
}
