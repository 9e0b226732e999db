using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;

namespace Isobar.Lab.Reports;

/// <summary>Figures of sweeps as they were measured.</summary>
public static class SweepFigure
{
    private static readonly FigureColour[] s_colours = [FigureColour.Blue, FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple];

    /// <summary>Sweeps in the impedance plane, with one scale for both axes; per area where every sweep has one.</summary>
    public static Figure Plane(ImmutableArray<Spectrum> spectra)
    {
        if (spectra.IsDefaultOrEmpty) throw new ArgumentException("a figure needs at least one sweep", nameof(spectra));
        bool perArea = spectra.All(spectrum => spectrum.Area is not null);
        double largest = spectra.Max(spectrum => Values(spectrum, perArea).Max(Complex.Abs));
        (double scale, string prefix) = largest switch { >= 2e6 => (1e-6, "M"), >= 2e3 => (1e-3, "k"), >= 0.5 => (1, ""), _ => (1e3, "m") };
        string unit = prefix + (perArea ? "Ω cm²" : "Ω");
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        for (int i = 0; i < spectra.Length; i++)
        {
            ImmutableArray<Complex> z = [.. Values(spectra[i], perArea)];
            FigureColour colour = s_colours[i % s_colours.Length];
            // More names than these lie on each other; the command's page has them all.
            string label = spectra.Length <= 4 ? spectra[i].Name : "";
            elements.Add(new LineSeries(label, [.. z.Select(each => scale * each.Real)], [.. z.Select(each => -scale * each.Imaginary)], colour));
            elements.Add(new PointSeries("", [.. z.Select(each => scale * each.Real)], [.. z.Select(each => -scale * each.Imaginary)], colour, Open: true));
        }

        string title = spectra.Length == 1 ? spectra[0].Name : $"{spectra.Length} sweeps";
        return new Figure(title, new FigureAxis("Real part", unit), new FigureAxis("−Imaginary part", unit), elements.ToImmutable())
        {
            EqualScales = true,
            Height = 460,
            Description = "Measured impedances in the complex plane, equal scales on both axes.",
        };
    }

    private static IEnumerable<Complex> Values(Spectrum spectrum, bool perArea) => perArea ? spectrum.Ohms.Select(z => z * spectrum.Area!.Value.Value.SquareMetres * 1e4) : spectrum.Ohms;
}
