using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Impedance.Validity;
using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Isobar.Tests;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the pages on spectra: what a test sees and does not see, a fit beside its truth, a distribution, a pressure series.</summary>
internal static class ImpedanceDocFigures
{
    private const string FullCell = "L0{L=1e-7}-R0{R=20}-p(R1{R=15},CPE1{Q=8e-8,n=.9})-p(R2{R=60},CPE2{Q=4e-5,n=.8})-p(R3{R=25},CPE3{Q=2e-2,n=.85})-CPE4{Q=.5,n=.6}";
    private const double Noise = 0.001;

    private static readonly ImmutableArray<double> s_hertz = Spectrum.LogFrequencies(7e6, 1e-2, 8);

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("kramers-kronig", KramersKronigResiduals), new("impedance-fit", Coverage), new("relaxation-times", Times), new("pressure-series", Pressures)]);

    private static Figure KramersKronigResiduals()
    {
        double passed = 0, all = s_hertz.Sum(f => 1 / f);
        var drifting = ImmutableArray.CreateBuilder<Complex>();
        foreach (double f in s_hertz)
        {
            passed += 1 / f;
            drifting.Add(Circuit.Parse(FullCell).With("R2", parameter => parameter with { Value = parameter.Value * (1 + (0.15 * passed / all)) }).Impedance([f])[0]);
        }

        KramersKronigResult steady = KramersKronig.Test(Noisy(Circuit.Parse(FullCell).Impedance(s_hertz.AsSpan()), 0.0005, 1)), changing = KramersKronig.Test(Noisy(drifting.ToImmutable(), 0.0005, 1));
        ImmutableArray<double> hertz = [.. s_hertz.Reverse()];
        return new Figure(
            "One sweep of a steady cell and one of a cell that changes by 15 %",
            new FigureAxis("Frequency", "Hz", FigureScale.Logarithmic, new Interval(6e-3, 1.2e7)),
            new FigureAxis("Residual of the real part", "% of modulus"),
            [
                new PointSeries($"changing: {100 * changing.Noise:0.00} %", hertz, [.. changing.Residuals.Reverse().Select(r => 100 * r.Real)], FigureColour.Vermilion),
                new PointSeries($"steady: {100 * steady.Noise:0.00} %", hertz, [.. steady.Residuals.Reverse().Select(r => 100 * r.Real)], FigureColour.Blue, Open: true),
            ])
        { Description = "Kramers-Kronig residuals. The change of one arc by 15 % during the sweep leaves less than two parts in a thousand, but with a shape." };
    }

    private static Figure Coverage()
    {
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        double[] truth = [10, 40, 1e-6, 0.9, 100, 1e-3, 0.85];
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e6, 0.1, 8);
        ImmutableArray<Complex> exact = circuit.WithValues(truth).Impedance(hertz.AsSpan());
        const int Spectra = 40;
        var values = ImmutableArray.CreateBuilder<double>();
        var intervals = ImmutableArray.CreateBuilder<Interval>();
        for (int i = 0; i < Spectra; i++)
        {
            var spectrum = new Spectrum(hertz, WithNoise(exact, 0.005, (ulong)(100 + i)));
            FittedParameter found = CircuitFit.Of(spectrum, circuit, new FitOptions { Starts = 5, BootstrapRepeats = 200 })["R2"];
            values.Add(found.Value);
            intervals.Add(found.Interval95);
        }

        return new Figure(
            "Forty spectra of one truth, R₂ = 100 Ω, 0.5 % noise",
            new FigureAxis("Spectrum", "", Range: new Interval(0, Spectra + 1)),
            new FigureAxis("R₂ with its 95 % interval", "Ω"),
            [
                new PointSeries("", [.. Enumerable.Range(1, Spectra).Select(i => (double)i)], values.ToImmutable(), FigureColour.Blue, YBars: intervals.ToImmutable()),
                new HorizontalMark(100, "truth", FigureColour.Vermilion),
            ])
        { Description = "Fitted resistances of forty noisy spectra with their intervals; about two of forty leave out the truth, as they should." };
    }

    private static Figure Times()
    {
        Spectrum spectrum = Noisy(Circuit.Parse(FullCell).Impedance(s_hertz.AsSpan()), Noise, 2) with { Name = "Full cell" };
        return ImpedanceFigures.Distribution(spectrum, RelaxationDistribution.Of(spectrum, bandRepeats: 100));
    }

    private static Figure Pressures()
    {
        SpectrumFile file = SpectrumFiles.Read(Repository.PathOf("examples", "spectra", "pellet-pressures.csv"));
        return ImpedanceFigures.Pressures(PressureSeries.Of([.. file.Spectra], Circuit.Parse("L0-R0-p(R1,CPE1)-CPE2"), new FitOptions { BootstrapRepeats = 200 }));
    }

    private static Spectrum Noisy(ImmutableArray<Complex> exact, double noise, ulong seed) => new(s_hertz, WithNoise(exact, noise, seed));

    // A fixed sequence that looks random: the same figure on every machine.
    private static ImmutableArray<Complex> WithNoise(ImmutableArray<Complex> exact, double noise, ulong seed)
    {
        ulong state = seed;
        var noisy = ImmutableArray.CreateBuilder<Complex>(exact.Length);
        foreach (Complex z in exact) noisy.Add(z + (noise * z.Magnitude * new Complex(Normal(), Normal())));
        return noisy.ToImmutable();

        // The sum of twelve uniform numbers less six is normal enough for a picture.
        double Normal()
        {
            double sum = -6;
            for (int i = 0; i < 12; i++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                sum += (state >> 11) * (1.0 / (1UL << 53));
            }

            return sum;
        }
    }
}
