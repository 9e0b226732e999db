using System.Numerics;

namespace Isobar.Impedance.Fitting;

/// <summary>What a spectrum looks like at its low end, which decides what circuits make sense.</summary>
public enum SampleKind
{
    /// <summary>An electrolyte between contacts that let nothing through: capacitive at low frequency.</summary>
    BlockingPellet,

    /// <summary>An electrolyte between two reversible electrodes, lithium for example: back on the real axis at low frequency.</summary>
    SymmetricCell,

    /// <summary>A cell with storage electrodes: a sloping tail at low frequency.</summary>
    FullCell,
}

/// <summary>Tells the kinds apart by the phase at the lowest frequencies, and by whether the negative imaginary part rises again towards them.</summary>
internal static class SampleKinds
{
    private const double Blocking = -60;
    private const double Tail = 0.005;

    public static SampleKind Of(Spectrum spectrum)
    {
        SpectrumPoint[] points = [.. spectrum.Points.Where(point => !point.LeftOut)];
        double lowest = points[^1].Hertz;
        // Medians over a third of a decade: a single last point may be a transient.
        Complex end = Middle(points, lowest, 2.2 * lowest), before = Middle(points, 4 * lowest, 10 * lowest);
        if (end.Phase * 180 / Math.PI < Blocking) return SampleKind.BlockingPellet;
        return -end.Imaginary > Tail * end.Magnitude && end.Imaginary < before.Imaginary ? SampleKind.FullCell : SampleKind.SymmetricCell;
    }

    private static Complex Middle(SpectrumPoint[] points, double from, double to)
    {
        Complex[] inside = [.. points.Where(point => point.Hertz >= from && point.Hertz <= to).Select(point => point.Ohms)];
        if (inside.Length == 0) return points[^1].Ohms;
        return new Complex(inside.Select(z => z.Real).Order().ElementAt(inside.Length / 2), inside.Select(z => z.Imaginary).Order().ElementAt(inside.Length / 2));
    }
}
