using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// ln of the conductivity of a pellet with its derivatives on free scales, in the order of <see cref="ConductionPosterior.Free"/>:
/// ln σ₀, ln P_c, ln n, logit h, V_a (cm³/mol), E_a (kJ/mol), and with an electrode contact ln ρ_e and ln x.
/// <para>σ = σ₀·D^1.5·g·exp(−V_a·P/(R·T))·(T₀/T)·exp(−(E_a/R)(1/T − 1/T₀)), g = 1 − exp(−(P_eff/P_c)ⁿ), P_eff = P + h·(P_max − P). With the electrode
/// contact of a two-electrode cell the measured conductivity is 1/(1/σ + ρ_e·(P/50 MPa)^−x).</para>
/// </summary>
internal static class ConductionModel
{
    public const int BaseCount = 6;
    public const int ElectrodeCount = 2;
    public const double ElectrodeReferencePa = 50e6;

    /// <summary>ln σ in S/m, electrode contact left out unless the parameters hold it and <paramref name="withElectrode"/> is set.</summary>
    public static double Log(double density, LoadHistory history, double kelvins, ReadOnlySpan<double> free, bool withElectrode, Span<double> gradient)
    {
        double contactPa = Math.Exp(free[1]), n = Math.Exp(free[2]), memory = 1 / (1 + Math.Exp(-free[3]));
        double effective = history.EffectivePa(memory), q = Math.Pow(effective / contactPa, n);
        double contacts = -double.ExpM1(-q);
        double squeeze = 1e-6 * history.PresentPa / (PhysicalConstants.Gas * kelvins);
        double heat = 1e3 / PhysicalConstants.Gas * ((1 / kelvins) - (1 / PowderModel.ReferenceKelvins));
        double log = free[0] + (1.5 * Math.Log(density)) + Math.Log(contacts) - (free[4] * squeeze) - (free[5] * heat) + Math.Log(PowderModel.ReferenceKelvins / kelvins);
        if (!gradient.IsEmpty)
        {
            gradient.Clear();
            // d ln g/dq, in a form that keeps its digits for large q.
            double byQ = Math.Exp(-q) / contacts;
            gradient[0] = 1;
            gradient[1] = -byQ * n * q;
            gradient[2] = byQ * n * q * Math.Log(effective / contactPa);
            gradient[3] = byQ * n * q / effective * (history.LargestPa - history.PresentPa) * memory * (1 - memory);
            gradient[4] = -squeeze;
            gradient[5] = -heat;
        }

        return withElectrode ? WithElectrode(log, history.PresentPa, free, gradient) : log;
    }

    private static double WithElectrode(double log, double presentPa, ReadOnlySpan<double> free, Span<double> gradient)
    {
        double x = Math.Exp(free[7]), logRatio = Math.Log(presentPa / ElectrodeReferencePa);
        double share = Math.Exp(free[6] - (x * logRatio) + log);
        double kept = 1 / (1 + share);
        if (!gradient.IsEmpty)
        {
            for (int j = 0; j < BaseCount; j++) gradient[j] *= kept;
            gradient[6] = -share * kept;
            gradient[7] = share * kept * x * logRatio;
        }

        return log + Math.Log(kept);
    }
}
