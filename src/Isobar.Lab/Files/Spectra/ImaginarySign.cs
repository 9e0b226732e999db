using System.Numerics;

namespace Isobar.Lab.Files.Spectra;

/// <summary>What the numbers themselves say of the sign of their imaginary parts.</summary>
internal enum SignEvidence
{
    /// <summary>They do not tell.</summary>
    None,

    /// <summary>Negative is capacitive, as it should be.</summary>
    Upright,

    /// <summary>Positive is capacitive: the sign is turned.</summary>
    Turned,
}

/// <summary>
/// Tells the sign of imaginary parts from the numbers. By causality the imaginary part follows the slope of the real part, Im Z ≈ (π/2) dRe Z/d ln ω
/// (the local form of the Kramers-Kronig relation), so both have one sign. Where the real part is flat, an imaginary part that grows towards low
/// frequency is capacitive.
/// </summary>
internal static class ImaginarySign
{
    // Correlation of the imaginary part with the slope of the real part. Real spectra reach 0.7 and more; noise alone stays below 0.3.
    private const double Sure = 0.5;

    public static SignEvidence Of(IReadOnlyList<double> hertz, IReadOnlyList<Complex> impedance)
    {
        int[] order = [.. Enumerable.Range(0, hertz.Count).OrderBy(i => hertz[i])];
        if (order.Length < 8) return SignEvidence.None;
        double cross = 0, slopes = 0, parts = 0, capacitive = 0, inductive = 0;
        for (int k = 2; k < order.Length - 2; k++)
        {
            int low = order[k - 2], here = order[k], high = order[k + 2];
            double step = Math.Log(hertz[high] / hertz[low]), size = impedance[here].Magnitude;
            if (!(step > 0) || !(size > 0)) continue;
            double slope = (impedance[high].Real - impedance[low].Real) / step / size;
            double part = impedance[here].Imaginary / size;
            cross += slope * part;
            slopes += slope * slope;
            parts += part * part;
            // How the imaginary part itself runs: 1/ω for a capacitance, ω for an inductance.
            double growth = Math.Abs(impedance[low].Imaginary) - Math.Abs(impedance[high].Imaginary);
            if (growth > 0) capacitive += part;
            else inductive += part;
        }

        double correlation = slopes > 0 && parts > 0 ? cross / Math.Sqrt(slopes * parts) : 0;
        if (correlation > Sure) return SignEvidence.Upright;
        if (correlation < -Sure) return SignEvidence.Turned;
        // Falling towards high frequency and all of one sign.
        double falling = capacitive - inductive;
        if (slopes < 0.01 * parts && Math.Abs(falling) > 0.5 * (Math.Abs(capacitive) + Math.Abs(inductive))) return falling < 0 ? SignEvidence.Upright : SignEvidence.Turned;
        return SignEvidence.None;
    }
}
