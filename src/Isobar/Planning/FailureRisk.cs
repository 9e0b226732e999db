using System.Collections.Immutable;
using Isobar.Electrochemistry;
using Isobar.Mechanics;
using MathNet.Numerics.Distributions;

namespace Isobar.Planning;

/// <summary>
/// The risks that bound a pressure from above. Both goals accept at most <see cref="Accepted"/>.
/// <para>Short circuit: the share of life used up is summed over the pressures (Miner), S = t_attach/t(P_attach) + t_life/t(P_stack) with the median time
/// to short t of <see cref="LithiumLimits"/>; a cell shorts with probability Φ(ln S/s), where s = 0.5 is the spread of ln t from cell to cell
/// (judgement; one cell per pressure is published). The mean over the ensemble is the risk.</para>
/// <para>Damage: the mean over the ensemble of the platen cracking index of <see cref="ParticleDamage"/>.</para>
/// </summary>
internal sealed class FailureRisk
{
    /// <summary>Largest accepted risk of a short circuit, and largest accepted cracking index.</summary>
    public const double Accepted = 0.10;

    /// <summary>Where the attach and stack pressures of metals without known limits end: the largest published attach pressure.</summary>
    public const double HighestAttachPa = 265e6;

    /// <summary>Largest stack pressure that the contact laws were measured at.</summary>
    public const double HighestStackPa = 100e6;

    private const double CellSpread = 0.5;

    private readonly ImmutableArray<CellParameters> _draws;
    private readonly double[] _separatorDensity;
    private readonly double _lifeSeconds;
    private readonly double _attachSeconds;

    public FailureRisk(CellEnsemble ensemble, CellPressures pressures, double lifeSeconds, double attachSeconds)
    {
        _draws = ensemble.Draws;
        _lifeSeconds = lifeSeconds;
        _attachSeconds = attachSeconds;
        _separatorDensity = [.. ensemble.StatesAfter(pressures).Select((state, i) => SeparatorDensity(_draws[i], state))];
    }

    /// <summary>Whether the anode has a known risk of shorting.</summary>
    public bool Known => _draws[0].Anode.Limits is not null;

    /// <summary>Probability of a short circuit within the duty, at nominal pressures in Pa.</summary>
    public double Short(double attachPa, double stackPa)
    {
        double sum = 0;
        for (int i = 0; i < _draws.Length; i++) sum += ShortIn(i, attachPa, stackPa);
        return sum / _draws.Length;
    }

    // Zero where nothing is known.
    private double ShortIn(int draw, double attachPa, double stackPa) => Known
        ? Normal.CDF(0, 1, Math.Log(Used(draw, _attachSeconds, attachPa) + Used(draw, _lifeSeconds, stackPa)) / CellSpread)
        : 0;

    /// <summary>
    /// What the risk could be, given that times to short are known to a factor of two or three: the mean risk moved on the logit scale by one standard
    /// deviation of one unit, stratified over the draws.
    /// </summary>
    public double PossibleShort(int draw, double attachPa, double stackPa)
    {
        double risk = Short(attachPa, stackPa);
        if (risk <= 0) return 0;
        double logit = Math.Log(risk / (1 - risk)) + Normal.InvCDF(0, 1, (draw + 0.5) / _draws.Length);
        return 1 / (1 + Math.Exp(-logit));
    }

    /// <summary>Per draw, the stack pressure at which its risk reaches the accepted one, Pa.</summary>
    public IEnumerable<double> ShortStackPressures(double attachPa, double lowestPa, double highestPa) =>
        _draws.Select((_, i) => AcceptedPressure(i, _lifeSeconds, Used(i, _attachSeconds, attachPa), lowestPa, highestPa));

    /// <summary>Per draw, the attach pressure at which its risk reaches the accepted one, Pa.</summary>
    public IEnumerable<double> ShortAttachPressures(double stackPa, double lowestPa, double highestPa) =>
        _draws.Select((_, i) => AcceptedPressure(i, _attachSeconds, Used(i, _lifeSeconds, stackPa), lowestPa, highestPa));

    // Share of the median life that a time at a pressure uses up.
    private double Used(int draw, double seconds, double pressurePa) =>
        seconds / _draws[draw].Anode.Limits!.Value.ShortTimeSeconds(_draws[draw].Gauge.TruePa(pressurePa), _separatorDensity[draw]);

    // t ∝ P^−m, so the pressure follows in closed form from what the other pressure leaves of the accepted share; inside what can be applied at all.
    private double AcceptedPressure(int draw, double seconds, double usedElsewhere, double lowestPa, double highestPa)
    {
        double left = Math.Exp(CellSpread * Normal.InvCDF(0, 1, Accepted)) - usedElsewhere;
        if (left <= 0) return lowestPa;
        GaugeError gauge = _draws[draw].Gauge;
        double truePa = gauge.TruePa(10e6) * Math.Pow(left / Used(draw, seconds, 10e6), 1 / _draws[draw].Anode.Limits!.Value.ShortExponent);
        return Math.Min(Math.Max(gauge.IndicatedPa(truePa), lowestPa), highestPa);
    }

    /// <summary>Per draw, the lowest pressure that keeps the critical stripping current above a current density, Pa.</summary>
    public IEnumerable<double> StrippingPressures(double amperesPerSquareMetre) => _draws.Select(draw =>
    {
        LithiumLimits limits = draw.Anode.Limits!.Value;
        return draw.Gauge.IndicatedPa(3e6 * Math.Pow(amperesPerSquareMetre / limits.StrippingAtThreeMegapascalAmperesPerSquareMetre, 1 / limits.StrippingExponent));
    });

    /// <summary>Mean cracking index with platen strength at a cathode press, Pa.</summary>
    public static double Cracked(CellEnsemble ensemble, double cathodePressPa) =>
        ensemble.Draws.Average(draw => CrackedIn(draw, cathodePressPa));

    /// <summary>Mean cracking index with platen strength of a charged cathode that sees a pressure, Pa: as <see cref="Cracked"/>, with charged particles.</summary>
    public static double CrackedCharged(CellEnsemble ensemble, double pressurePa) => ensemble.Draws.Average(draw =>
    {
        ParticleStrength charged = draw.Cathode.Strength.Charged(1, draw.Cathode.ChargeWeakening);
        return ParticleDamage.CrackedShare(draw.Gauge.TruePa(pressurePa), draw.Cathode.LoadConcentration, charged.PlatenPa, charged.PlatenModulus);
    });

    /// <summary>Per draw, the cathode press at which the cracking index reaches the accepted share, at most the highest that can be applied, Pa.</summary>
    public static IEnumerable<double> CrackPressures(CellEnsemble ensemble, double highestPa) => ensemble.Draws.Select(draw =>
        Math.Min(highestPa, Math.Exp(Numerics.RootFinder.Bracketed(logPa => CrackedIn(draw, Math.Exp(logPa)) - Accepted, Math.Log(1e4), Math.Log(1e12), 1e-6))));

    private static double CrackedIn(CellParameters draw, double pressurePa) => ParticleDamage.CrackedShare(
        draw.Gauge.TruePa(pressurePa), draw.Cathode.LoadConcentration, draw.Cathode.PlatenStrengthPa, draw.Cathode.PlatenModulus);

    /// <summary>Mean relative density of the separator layers, weighted by thickness.</summary>
    public static double SeparatorDensity(CellParameters cell, CellState state)
    {
        double solid = 0, total = 0;
        for (int i = 0; i < cell.Roles.Length; i++)
        {
            if (cell.Roles[i] != Cells.LayerRole.Separator) continue;
            total += state.Layers[i].ThicknessMetres;
            solid += state.Layers[i].ThicknessMetres * state.Layers[i].RelativeDensity;
        }

        return solid / total;
    }
}
