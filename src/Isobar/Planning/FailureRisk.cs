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
        if (!Known) return 0;
        double sum = 0;
        for (int i = 0; i < _draws.Length; i++)
        {
            LithiumLimits limits = _draws[i].Anode.Limits!.Value;
            double factor = _draws[i].PressureFactor;
            double used = (_attachSeconds / limits.ShortTimeSeconds(attachPa * factor, _separatorDensity[i]))
                + (_lifeSeconds / limits.ShortTimeSeconds(stackPa * factor, _separatorDensity[i]));
            sum += Normal.CDF(0, 1, Math.Log(used) / CellSpread);
        }

        return sum / _draws.Length;
    }

    /// <summary>Per draw, the stack pressure at which the median cell shorts at the end of the duty, Pa.</summary>
    public IEnumerable<double> ShortStackPressures() => _draws.Select((draw, i) =>
    {
        LithiumLimits limits = draw.Anode.Limits!.Value;
        return 10e6 * Math.Pow(limits.ShortTimeSeconds(10e6, _separatorDensity[i]) / _lifeSeconds, 1 / limits.ShortExponent) / draw.PressureFactor;
    });

    /// <summary>Per draw, the attach pressure at which the median cell shorts during the attach, Pa.</summary>
    public IEnumerable<double> ShortAttachPressures() => _draws.Select((draw, i) =>
    {
        LithiumLimits limits = draw.Anode.Limits!.Value;
        return 10e6 * Math.Pow(limits.ShortTimeSeconds(10e6, _separatorDensity[i]) / _attachSeconds, 1 / limits.ShortExponent) / draw.PressureFactor;
    });

    /// <summary>Per draw, the lowest pressure that keeps the critical stripping current above a current density, Pa.</summary>
    public IEnumerable<double> StrippingPressures(double amperesPerSquareMetre) => _draws.Select(draw =>
    {
        LithiumLimits limits = draw.Anode.Limits!.Value;
        return 3e6 * Math.Pow(amperesPerSquareMetre / limits.StrippingAtThreeMegapascalAmperesPerSquareMetre, 1 / limits.StrippingExponent) / draw.PressureFactor;
    });

    /// <summary>Mean cracking index with platen strength at a cathode press, Pa.</summary>
    public static double Cracked(CellEnsemble ensemble, double cathodePressPa) =>
        ensemble.Draws.Average(draw => CrackedIn(draw, cathodePressPa));

    /// <summary>Per draw, the cathode press at which the cracking index reaches the accepted share, Pa.</summary>
    public static IEnumerable<double> CrackPressures(CellEnsemble ensemble) => ensemble.Draws.Select(draw =>
        Math.Exp(Numerics.RootFinder.Bracketed(logPa => CrackedIn(draw, Math.Exp(logPa)) - Accepted, Math.Log(1e4), Math.Log(1e12), 1e-6)));

    private static double CrackedIn(CellParameters draw, double pressurePa) => ParticleDamage.CrackedShare(
        pressurePa * draw.PressureFactor, draw.Cathode.LoadConcentration, draw.Cathode.PlatenStrengthPa, draw.Cathode.PlatenModulus);

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
