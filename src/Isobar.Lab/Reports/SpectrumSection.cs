using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Lab.Reports;

/// <summary>The impedance: in the plane that the field reads, and over frequency with the predicted band.</summary>
internal static class SpectrumSection
{
    private const double OhmSquareCentimetre = 1e-4;

    public static void Write(SpectrumView spectrum, MarkupWriter html)
    {
        Check(spectrum);
        using MarkupWriter.Scope section = ReportTable.Section(html, "impedance", "Impedance");
        using MarkupWriter.Scope pairs = html.Open("div", ("class", "pairs"));
        ReportTable.Figure(html, Plane(spectrum), "nyquist");
        ReportTable.Figure(html, OverFrequency(spectrum, "Real part", z => z.Real), "real");
        ReportTable.Figure(html, OverFrequency(spectrum, "−Imaginary part", z => -z.Imaginary), "imaginary");
    }

    private static Figure Plane(SpectrumView spectrum)
    {
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        if (!spectrum.PredictedLow.IsDefaultOrEmpty)
        {
            ImmutableArray<Complex> middle = [.. spectrum.PredictedLow.Zip(spectrum.PredictedHigh, (low, high) => 0.5 * (low + high))];
            elements.Add(new LineSeries("predicted", Part(middle, z => z.Real), Part(middle, z => -z.Imaginary), FigureColour.Muted, FigureLine.Dashed));
        }

        if (!spectrum.Measured.IsDefaultOrEmpty)
        {
            elements.Add(new PointSeries("measured", Part(spectrum.Measured, z => z.Real), Part(spectrum.Measured, z => -z.Imaginary), FigureColour.Blue, Open: true));
        }

        return new Figure("Impedance plane.", new FigureAxis("Real part", "Ω cm²"), new FigureAxis("−Imaginary part", "Ω cm²"), elements.ToImmutable())
        {
            Width = 460,
            Height = 320,
            EqualScales = true,
            Description = "Per area of the cell; equal scales. Predicted: middle of the band.",
        };
    }

    private static Figure OverFrequency(SpectrumView spectrum, string name, Func<Complex, double> part)
    {
        // Ascending, as series are drawn from left to right; instruments sweep downwards.
        int[] order = [.. Enumerable.Range(0, spectrum.FrequenciesHz.Length).OrderBy(i => spectrum.FrequenciesHz[i])];
        ImmutableArray<double> frequencies = [.. order.Select(i => spectrum.FrequenciesHz[i])];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        if (!spectrum.PredictedLow.IsDefaultOrEmpty)
        {
            ImmutableArray<double> one = Part([.. order.Select(i => spectrum.PredictedLow[i])], part);
            ImmutableArray<double> other = Part([.. order.Select(i => spectrum.PredictedHigh[i])], part);
            elements.Add(new BandSeries("predicted", frequencies, [.. one.Zip(other, Math.Min)], [.. one.Zip(other, Math.Max)], FigureColour.Muted));
        }

        if (!spectrum.Measured.IsDefaultOrEmpty)
        {
            elements.Add(new PointSeries("measured", frequencies, Part([.. order.Select(i => spectrum.Measured[i])], part), FigureColour.Blue, Open: true));
        }

        return new Figure($"{name} over frequency.", new FigureAxis("Frequency", "Hz", FigureScale.Logarithmic), new FigureAxis(name, "Ω cm²"), elements.ToImmutable())
        {
            Width = 460,
            Height = 290,
            Description = "Band: predicted, 90 %.",
        };
    }

    private static ImmutableArray<double> Part(ImmutableArray<Complex> impedances, Func<Complex, double> part) =>
        [.. impedances.Select(z => part(z) / OhmSquareCentimetre)];

    private static void Check(SpectrumView spectrum)
    {
        int count = spectrum.FrequenciesHz.Length;
        foreach ((string name, ImmutableArray<Complex> values) in ((string, ImmutableArray<Complex>)[])
            [("measured", spectrum.Measured), ("lower predicted", spectrum.PredictedLow), ("upper predicted", spectrum.PredictedHigh)])
        {
            if (!values.IsDefaultOrEmpty && values.Length != count)
            {
                throw new ArgumentException($"the spectrum has {ReportText.Count(count)} frequencies and {ReportText.Count(values.Length)} {name} impedances; it needs one each, or none", nameof(spectrum));
            }
        }

        if (spectrum.PredictedLow.IsDefaultOrEmpty != spectrum.PredictedHigh.IsDefaultOrEmpty)
        {
            throw new ArgumentException("the spectrum has one end of the predicted band only; give both or none", nameof(spectrum));
        }

        if (spectrum.Measured.IsDefaultOrEmpty && spectrum.PredictedLow.IsDefaultOrEmpty)
        {
            throw new ArgumentException("the spectrum is neither measured nor predicted; leave it out", nameof(spectrum));
        }
    }
}
