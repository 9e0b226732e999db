using System.Collections.Immutable;
using System.Numerics;
using Isobar.Quantities;

namespace Isobar.Impedance;

/// <summary>
/// A measured impedance sweep in Ω, as the instrument gave it, with what is known of the sample. Immutable.
/// Points stand in descending frequency whatever the order of the file; points of one frequency keep their order.
/// </summary>
public sealed record Spectrum
{
    /// <summary>A sweep of the given points.</summary>
    /// <exception cref="ArgumentException">There are no points, or one of them is not an impedance at a frequency.</exception>
    public Spectrum(IEnumerable<SpectrumPoint> points)
    {
        ImmutableArray<SpectrumPoint> given = [.. points];
        if (given.IsEmpty) throw new ArgumentException("a spectrum needs at least one point", nameof(points));
        for (int i = 0; i < given.Length; i++) Check(given[i], i);
        // OrderByDescending is stable, so that points of one frequency keep their order.
        Points = [.. given.OrderByDescending(point => point.Hertz)];
        Hertz = [.. Points.Select(point => point.Hertz)];
        Ohms = [.. Points.Select(point => point.Ohms)];
    }

    /// <summary>A sweep of frequencies and impedances, one for each.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a point is not an impedance at a frequency.</exception>
    public Spectrum(ImmutableArray<double> hertz, ImmutableArray<Complex> ohms)
        : this(Pairs(hertz, ohms))
    {
    }

    /// <summary>The points, frequency descending.</summary>
    public ImmutableArray<SpectrumPoint> Points { get; }

    /// <summary>Frequencies of the points, descending.</summary>
    public ImmutableArray<double> Hertz { get; }

    /// <summary>Impedances of the points in Ω.</summary>
    public ImmutableArray<Complex> Ohms { get; }

    /// <summary>How many points there are.</summary>
    public int Count => Points.Length;

    /// <summary>What the sweep is called: usually its file, and the number of the sweep where a file has several.</summary>
    public string Name { get; init; } = "";

    /// <summary>Electrode area.</summary>
    public Estimate<Area>? Area { get; init; }

    /// <summary>Thickness of what was measured, under the pressure it was measured at.</summary>
    public Estimate<Length>? Thickness { get; init; }

    /// <summary>Temperature of the sample.</summary>
    public Temperature? Temperature { get; init; }

    /// <summary>Pressure on the sample during the sweep.</summary>
    public Estimate<SamplePressure>? StackPressure { get; init; }

    /// <summary>When the sweep began, on the clock of the instrument; the offset is zero where the file states no time zone.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The sweep per electrode area; null when the area is not known.</summary>
    public ArealSpectrum? PerArea() => Area is { } area ? new ArealSpectrum(Hertz, [.. Ohms.Select(z => z * area.Value.SquareMetres)]) : null;

    /// <summary>The same sweep of which the points named by the rule are left out of tests and fits, beside those already left out.</summary>
    public Spectrum LeavingOut(Func<SpectrumPoint, bool> rule) => WithPoints([.. Points.Select(point => point with { LeftOut = point.LeftOut || rule(point) })]);

    /// <summary>The same sweep with other weights, one per point in descending frequency.</summary>
    /// <exception cref="ArgumentException">The number of weights is not the number of points.</exception>
    public Spectrum WithWeights(ImmutableArray<double> weights) => weights.Length == Count
        ? WithPoints([.. Points.Select((point, i) => point with { Weight = weights[i] })])
        : throw new ArgumentException($"{weights.Length} weights are given for {Count} points", nameof(weights));

    /// <summary>The same sweep with other impedances, one per point in descending frequency.</summary>
    /// <exception cref="ArgumentException">The number of impedances is not the number of points.</exception>
    public Spectrum WithOhms(ImmutableArray<Complex> ohms) => ohms.Length == Count
        ? WithPoints([.. Points.Select((point, i) => point with { Ohms = ohms[i] })])
        : throw new ArgumentException($"{ohms.Length} impedances are given for {Count} points", nameof(ohms));

    /// <summary>Frequencies spaced evenly in the logarithm, descending.</summary>
    public static ImmutableArray<double> LogFrequencies(double highestHertz, double lowestHertz, int pointsPerDecade)
    {
        int count = (int)Math.Round(Math.Log10(highestHertz / lowestHertz) * pointsPerDecade) + 1;
        return [.. Enumerable.Range(0, count).Select(i => highestHertz * Math.Pow(10, -(double)i / pointsPerDecade))];
    }

    private Spectrum WithPoints(ImmutableArray<SpectrumPoint> points) => new(points)
    {
        Name = Name,
        Area = Area,
        Thickness = Thickness,
        Temperature = Temperature,
        StackPressure = StackPressure,
        Began = Began,
    };

    private static IEnumerable<SpectrumPoint> Pairs(ImmutableArray<double> hertz, ImmutableArray<Complex> ohms) => hertz.Length == ohms.Length
        ? hertz.Zip(ohms, (f, z) => new SpectrumPoint(f, z))
        : throw new ArgumentException($"{hertz.Length} frequencies are given with {ohms.Length} impedances", nameof(ohms));

    private static void Check(SpectrumPoint point, int place)
    {
        if (!(point.Hertz > 0) || !double.IsFinite(point.Hertz)) throw new ArgumentException($"point {place + 1} has a frequency of {point.Hertz:G6} Hz; a positive one is expected", nameof(point));
        if (!Complex.IsFinite(point.Ohms) || point.Ohms == Complex.Zero) throw new ArgumentException($"point {place + 1}, at {point.Hertz:G6} Hz, has an impedance of {point.Ohms:G6} Ω; a finite one that is not zero is expected", nameof(point));
        if (!(point.Weight >= 0) || !double.IsFinite(point.Weight)) throw new ArgumentException($"point {place + 1}, at {point.Hertz:G6} Hz, has a weight of {point.Weight:G6}; a finite one that is not negative is expected", nameof(point));
    }
}
