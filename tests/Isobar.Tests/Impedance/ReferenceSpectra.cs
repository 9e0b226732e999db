using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Numerics;

namespace Isobar.Tests.Impedance;

/// <summary>Measured and computed spectra that lie beside the checkout, and computed ones that need no file.</summary>
internal static class ReferenceSpectra
{
    /// <summary>One of the canonical spectra by the beginning of its name.</summary>
    public static Spectrum Canonical(string id) => new(Rows(SharedData.PathOf("spectra", "canonical_spectra.csv"))
        .Where(row => row[0].StartsWith(id, StringComparison.Ordinal))
        .Select(row => new SpectrumPoint(Number(row[2]), new Complex(Number(row[3]), Number(row[4])))))
    { Name = id };

    /// <summary>Ten sweeps of one solid-state cell.</summary>
    public static ImmutableArray<Spectrum> TenSweeps() =>
    [
        .. Rows(SharedData.PathOf("spectra", "eis_ssb_repeat_sweeps.csv"))
            .GroupBy(row => row[0], StringComparer.Ordinal)
            .OrderBy(sweep => int.Parse(sweep.Key, CultureInfo.InvariantCulture))
            .Select(sweep => new Spectrum(sweep.Select(row => new SpectrumPoint(Number(row[2]), new Complex(Number(row[3]), Number(row[4]))) { Seconds = Number(row[1]) })) { Name = $"sweep {sweep.Key}" }),
    ];

    /// <summary>The impedance of a circuit with its values in braces, with noise on both parts as a share of the modulus.</summary>
    public static Spectrum Computed(string circuit, double highest, double lowest, int points, double noise, ulong seed)
    {
        ImmutableArray<double> hertz = [.. Enumerable.Range(0, points).Select(i => highest * Math.Pow(lowest / highest, i / (points - 1.0)))];
        return Noisy(hertz, Circuit.Parse(circuit).Impedance(hertz.AsSpan()), noise, seed);
    }

    public static Spectrum Noisy(ImmutableArray<double> hertz, ImmutableArray<Complex> ohms, double noise, ulong seed)
    {
        var random = new RandomSource(seed);
        var noisy = ImmutableArray.CreateBuilder<Complex>();
        foreach (Complex z in ohms) noisy.Add(z + (noise * z.Magnitude * new Complex(random.NextNormal(), random.NextNormal())));
        return new Spectrum(hertz, noisy.ToImmutable());
    }

    private static IEnumerable<string[]> Rows(string path) => File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
