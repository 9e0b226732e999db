using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;

namespace Isobar.Mechanics;

/// <summary>
/// What the constriction of the current into the spots of a rough face costs: ℓ_c(P)/σ by <see cref="PerssonContact"/> (by the law of flow where one side is soft), known by a table over the pressure. At the hardness of the softer side
/// everything touches and it costs nothing.
/// <para>Validity: that of <see cref="PerssonContact"/>. The metal side conducts without loss.</para>
/// </summary>
public sealed class RoughFace
{
    private const double LowestPa = 1e4, HighestPa = 3e9;
    private const int Points = 40;

    // Of the hardness; above, the rest of the constriction is far below anything measured.
    private const double HighestShare = 0.995;

    private readonly double[] _logOhm = new double[Points];
    private readonly double _logLow;
    private readonly double _step;

    internal RoughFace(RadialSpectrum spectrum, double modulusPa, double hardnessPa, double siemensPerMetre, double theoryRank)
    {
        var persson = new PerssonContact(spectrum, modulusPa, hardnessPa);
        double highest = Math.Min(HighestPa, HighestShare * hardnessPa);
        (_logLow, _step) = (Math.Log(LowestPa), Math.Log(highest / LowestPa) / (Points - 1));
        for (int i = 0; i < Points; i++)
        {
            (double length, double spread) = persson.Constriction(Math.Exp(_logLow + (i * _step)));
            _logOhm[i] = Math.Log(length / siemensPerMetre) + (theoryRank * spread);
        }
    }

    /// <summary>Areal resistance, Ω m², at the pressure that a contact with memory behaves as if it were under.</summary>
    public double OhmSquareMetres(double effectivePa)
    {
        if (!(effectivePa > 0)) return double.PositiveInfinity;
        double place = (Math.Log(effectivePa) - _logLow) / _step;
        if (place >= Points - 1) return 0;
        int i = Math.Max(0, (int)place);
        // Below the table the constriction goes on as one over the pressure.
        double log = place <= 0 ? _logOhm[0] - (place * _step) : _logOhm[i] + ((place - i) * (_logOhm[i + 1] - _logOhm[i]));
        return Math.Exp(log);
    }
}
