using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Laws in which the porosity falls exponentially with a power of the pressure, ε = ε₀·exp(−(P/P₀)ⁿ): Heckel (n = 1: all grains yield at one
/// pressure), Panelli-Ambrozio (n = 1/2) and the stretched exponential with n free, which contains both.
/// </summary>
internal sealed class ExponentialPelletLaw : PelletLaw
{
    private readonly double? _fixedExponent;

    private ExponentialPelletLaw(string id, string name, string equation, Interval validPa, string source, string? doi, double? fixedExponent, params ImmutableArray<LawParameter> parameters)
        : base(id, name, equation, validPa, source, doi, parameters) => _fixedExponent = fixedExponent;

    public static ExponentialPelletLaw Heckel { get; } = new(
        "heckel", "Heckel", "D = 1 − ε₀·exp(−P/P_y)", new Interval(50e6, 400e6), "R. W. Heckel, Trans. Metall. Soc. AIME 221 (1961) 671", null, 1,
        Poured, Pressure("P_y", "yield pressure of the powder, 1/K of the Heckel plot", 30e6, 3e9));

    public static ExponentialPelletLaw PanelliAmbrozio { get; } = new(
        "panelli-ambrozio", "Panelli-Ambrozio", "D = 1 − ε₀·exp(−√(P/P₀))", new Interval(10e6, 400e6),
        "R. Panelli, F. Ambrozio Filho, Powder Metall. 41 (1998) 131", null, 0.5, Poured, Scale);

    public static ExponentialPelletLaw Stretched { get; } = new(
        "stretched", "stretched exponential", "D = 1 − ε₀·exp(−(P/P₀)ⁿ)", new Interval(10e6, 400e6),
        "contains Heckel and Panelli-Ambrozio; against V. Miß et al., ACS Appl. Mater. Interfaces 18 (2026) 32830", "10.1021/acsami.6c03789", null,
        Poured, Scale, Exponent("n", "exponent", 0.2, 1.6));

    private static LawParameter Poured => Share("ε₀", "porosity of the powder before pressing", 0.02, 0.98);

    private static LawParameter Scale => Pressure("P₀", "pressure scale", 10e6, 3e9);

    public override double Density(double pressurePa, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double n = _fixedExponent ?? parameters[2];
        double ratio = pressurePa / parameters[1];
        double q = Math.Pow(ratio, n), fall = Math.Exp(-q), porosity = parameters[0] * fall;
        if (!gradient.IsEmpty)
        {
            gradient[0] = -fall;
            gradient[1] = -porosity * n * q / parameters[1];
            if (_fixedExponent is null) gradient[2] = porosity * q * Math.Log(ratio);
        }

        return 1 - porosity;
    }
}
