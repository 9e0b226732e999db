using System.Collections.Immutable;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Validity;

namespace Isobar.Impedance.Series;

/// <summary>
/// One circuit through a series of spectra of one sample. Every spectrum is searched on its own and from its neighbour; arcs keep their names by continuity of resistance and capacitance,
/// since times may cross while resistances change.
/// </summary>
internal static class SeriesFit
{
    public static CircuitFitResult[] Of(ImmutableArray<Spectrum> spectra, Circuit circuit, FitOptions options)
    {
        var fits = new CircuitFitResult[spectra.Length];
        double[] neighbour = [];
        for (int i = 0; i < spectra.Length; i++)
        {
            double noise = options.Noise ?? KramersKronig.Noise(spectra[i]);
            CircuitFitResult fit = CircuitFit.Of(spectra[i], circuit, options, noise, CircuitFit.Peaks(spectra[i], noise), neighbour);
            if (i > 0) fit = ArcMatching.Like(fits[i - 1], fit, circuit);
            fits[i] = fit;
            neighbour = [.. circuit.Parameters.Select((parameter, k) => (parameter, k)).Where(pair => pair.parameter.IsFree).Select(pair => pair.parameter.Coordinate(fit.Parameters[pair.k].Value))];
        }

        return fits;
    }
}
