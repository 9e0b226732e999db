using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Impedance.Validity;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>Figures of fits: impedance plane, modulus and phase, residuals, distribution of times, pressure series.</summary>
public static class ImpedanceFigures
{
    private static readonly FigureColour[] s_colours = [FigureColour.Blue, FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple];

    /// <summary>Measured and fitted impedance in the plane; of a blocking sample the part near the origin, which its capacitive branch would hide.</summary>
    public static Figure Plane(Spectrum spectrum, CircuitFitResult fit)
    {
        double largest = spectrum.Ohms.Max(z => z.Magnitude), shown = 2.5 * spectrum.Ohms.MinBy(z => Math.Abs(z.Phase)).Magnitude;
        bool cut = shown < 0.3 * largest;
        int[] places = [.. Enumerable.Range(0, spectrum.Count).Where(i => !cut || spectrum.Ohms[i].Magnitude <= shown)];
        (double scale, string unit) = Scale(cut ? shown : largest);
        return new Figure(
            $"{spectrum.Name}: impedance plane{(cut ? ", near the origin" : "")}",
            new FigureAxis("Real part", unit),
            new FigureAxis("−Imaginary part", unit),
            [
                new PointSeries("measured", [.. places.Select(i => scale * spectrum.Ohms[i].Real)], [.. places.Select(i => -scale * spectrum.Ohms[i].Imaginary)], FigureColour.Blue, Open: true),
                new LineSeries("fit", [.. places.Select(i => scale * fit.Impedance[i].Real)], [.. places.Select(i => -scale * fit.Impedance[i].Imaginary)], FigureColour.Vermilion),
            ])
        {
            EqualScales = true,
            Height = 460,
            Description = $"Measured impedances and the fit of {fit.Circuit}, equal scales on both axes.",
        };
    }

    /// <summary>Modulus over frequency.</summary>
    public static Figure Modulus(Spectrum spectrum, CircuitFitResult fit) =>
        OverFrequency($"{spectrum.Name}: modulus", spectrum, new FigureAxis("Modulus", "Ω", FigureScale.Logarithmic), z => z.Magnitude, fit);

    /// <summary>Phase over frequency.</summary>
    public static Figure Phase(Spectrum spectrum, CircuitFitResult fit) => OverFrequency($"{spectrum.Name}: phase", spectrum, new FigureAxis("−Phase", "°"), z => -z.Phase * 180 / Math.PI, fit);

    /// <summary>Residuals of a fit over frequency, with the noise as a band.</summary>
    public static Figure Residuals(Spectrum spectrum, CircuitFitResult fit) => Residuals($"{spectrum.Name}: residuals of {fit.Circuit}", spectrum, fit.Residuals, fit.Noise);

    /// <summary>Residuals of the Kramers-Kronig ladder.</summary>
    public static Figure Residuals(Spectrum spectrum, KramersKronigResult result) => Residuals($"{spectrum.Name}: Kramers-Kronig residuals", spectrum, result.Residuals, result.Noise);

    /// <summary>The distribution of relaxation times with its band and peaks.</summary>
    public static Figure Distribution(Spectrum spectrum, RelaxationDistribution distribution)
    {
        double largest = distribution.Gamma.Max();
        (double scale, string unit) = Scale(largest);
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        double shortest = 1 / (2 * Math.PI * spectrum.Hertz[0]), longest = 1 / (2 * Math.PI * spectrum.Hertz[^1]);
        elements.Add(new ShadedRange(distribution.Seconds[0], shortest, "not measured", FigureColour.Muted));
        // Three decades are searched beyond the sweep; one and a half show that nothing is known there.
        double last = Math.Min(distribution.Seconds[^1], 30 * longest);
        elements.Add(new ShadedRange(longest, last, "not measured", FigureColour.Muted));
        if (!distribution.Low95.IsEmpty) elements.Add(new BandSeries("", distribution.Seconds, [.. distribution.Low95.Select(g => scale * g)], [.. distribution.High95.Select(g => scale * g)], FigureColour.Blue));
        elements.Add(new LineSeries("", distribution.Seconds, [.. distribution.Gamma.Select(g => scale * g)], FigureColour.Blue));
        foreach (RelaxationPeak peak in distribution.Peaks.Where(peak => peak.InBand)) elements.Add(new VerticalMark(peak.Seconds, Quantity.Format(new Resistance(peak.Ohms), 3), FigureColour.Vermilion, FigureLine.Dashed));
        // What lies beyond the sweep may be far larger than what was measured, and would press that to the floor.
        double inBand = distribution.Seconds.Zip(distribution.Gamma).Where(pair => pair.First >= shortest && pair.First <= longest).Select(pair => pair.Second).DefaultIfEmpty(largest).Max();
        return new Figure($"{spectrum.Name}: distribution of relaxation times", new FigureAxis("Relaxation time", "s", FigureScale.Logarithmic, new Interval(distribution.Seconds[0], last)), new FigureAxis("γ", unit, Range: new Interval(0, 1.25 * scale * Math.Max(inBand, 1e-12 * largest))), elements.ToImmutable())
        {
            Description = "Distribution of relaxation times with its 95 % band; dashed lines: peaks with their resistance. Shaded: times that the frequencies do not cover.",
        };
    }

    /// <summary>Resistances of a series over pressure with their laws.</summary>
    public static Figure Pressures(PressureSeries series)
    {
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        string[] names = [.. series.Points[0].Fit.Parameters.Where(parameter => parameter.Unit == "Ω").Select(parameter => parameter.Name)];
        for (int k = 0; k < names.Length; k++)
        {
            FigureColour colour = s_colours[k % s_colours.Length];
            foreach (IGrouping<bool, PressurePoint> branch in series.Points.GroupBy(point => point.Branch.StartsWith("unloading", StringComparison.Ordinal)))
            {
                PressurePoint[] points = [.. branch];
                elements.Add(new PointSeries(
                    branch.Key ? "" : names[k],
                    [.. points.Select(point => point.Pressure.Megapascals)],
                    [.. points.Select(point => point.Fit[names[k]].Value)],
                    colour,
                    YBars: [.. points.Select(point => point.Fit[names[k]].Interval95)],
                    Open: branch.Key));
            }

            foreach (ContactLaw law in series.Laws.Where(law => law.Name == names[k]))
            {
                double[] at = [.. series.Points.Where(point => point.Branch == law.Branch).Select(point => point.Pressure.Megapascals)];
                double[] grid = [.. Enumerable.Range(0, 60).Select(i => at.Min() * Math.Pow(at.Max() / at.Min(), i / 59.0))];
                elements.Add(new LineSeries("", [.. grid], [.. grid.Select(p => law.FinalOhms + (law.OhmsAtOneMegapascal * Math.Pow(p, -law.Exponent)))], colour, law.Branch.StartsWith("unloading", StringComparison.Ordinal) ? FigureLine.Dashed : FigureLine.Solid));
            }
        }

        var range = new Interval(0.85 * series.Points.Min(point => point.Pressure.Megapascals), 1.18 * series.Points.Max(point => point.Pressure.Megapascals));
        return new Figure("Resistances under pressure", new FigureAxis("Sample pressure", "MPa", FigureScale.Logarithmic, range), new FigureAxis("Resistance", "Ω", FigureScale.Logarithmic), elements.ToImmutable())
        {
            Description = "Fitted resistances with 95 % intervals; lines: R∞ + R₁·(P/1 MPa)^−m. Filled: loading; rings and dashed lines: unloading.",
        };
    }

    // A marker at the end of the sweep stands whole inside of the frame.
    private static FigureAxis Frequencies(Spectrum spectrum) => new("Frequency", "Hz", FigureScale.Logarithmic, new Interval(0.8 * spectrum.Hertz[^1], 1.25 * spectrum.Hertz[0]));

    private static Figure Residuals(string title, Spectrum spectrum, ImmutableArray<Complex> residuals, double noise)
    {
        ImmutableArray<double> hertz = [.. spectrum.Hertz.Reverse()];
        return new Figure(
            title,
            Frequencies(spectrum),
            new FigureAxis("Residual over modulus", "%"),
            [
                new BandSeries("± 2 × noise", [hertz[0], hertz[^1]], [-200 * noise, -200 * noise], [200 * noise, 200 * noise], FigureColour.Muted),
                new PointSeries("real", hertz, [.. residuals.Reverse().Select(r => 100 * r.Real)], FigureColour.Blue),
                new PointSeries("imaginary", hertz, [.. residuals.Reverse().Select(r => 100 * r.Imaginary)], FigureColour.Vermilion, Open: true),
            ])
        {
            Description = "Residuals of real and imaginary part over the measured modulus; band: twice the noise.",
        };
    }

    private static Figure OverFrequency(string title, Spectrum spectrum, FigureAxis axis, Func<Complex, double> part, CircuitFitResult fit)
    {
        ImmutableArray<double> hertz = [.. spectrum.Hertz.Reverse()];
        return new Figure(
            title,
            Frequencies(spectrum),
            axis,
            [
                new PointSeries("measured", hertz, [.. spectrum.Ohms.Reverse().Select(part)], FigureColour.Blue, Open: true),
                new LineSeries("fit", hertz, [.. fit.Impedance.Reverse().Select(part)], FigureColour.Vermilion),
            ])
        {
            Description = $"Measured points and the fit of {fit.Circuit}.",
        };
    }

    private static (double Scale, string Unit) Scale(double ohms) => ohms switch
    {
        >= 2e6 => (1e-6, "MΩ"),
        >= 2e3 => (1e-3, "kΩ"),
        >= 0.5 => (1, "Ω"),
        _ => (1e3, "mΩ"),
    };
}
