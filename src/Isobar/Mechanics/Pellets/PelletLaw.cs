using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// A law for the relative density of a powder on first loading, D(P): name, equation, parameters, range and source, declared once.
/// Every law rises with pressure and stays below one for all parameters inside their bounds.
/// </summary>
public abstract class PelletLaw
{
    private protected PelletLaw(string id, string name, string equation, Interval validPa, string source, string? doi, params ImmutableArray<LawParameter> parameters)
    {
        Id = id;
        Name = name;
        Equation = equation;
        ValidPa = validPa;
        Source = source;
        Doi = doi;
        Parameters = parameters;
    }

    /// <summary>All laws, in the order of the science page.</summary>
    public static ImmutableArray<PelletLaw> All { get; } =
    [
        ExponentialPelletLaw.Heckel, ExponentialPelletLaw.PanelliAmbrozio, ExponentialPelletLaw.Stretched,
        new PowerPelletLaw(), new KawakitaPelletLaw(), new CooperEatonPelletLaw(),
    ];

    /// <summary>Name in files: lower case, words joined by hyphens.</summary>
    public string Id { get; }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>The equation with the symbols of <see cref="Parameters"/>.</summary>
    public string Equation { get; }

    /// <summary>Pressures in Pa at which the law describes powders when nothing was calibrated.</summary>
    public Interval ValidPa { get; }

    /// <summary>Where the law comes from.</summary>
    public string Source { get; }

    /// <summary>DOI of the source, when it has one.</summary>
    public string? Doi { get; }

    /// <summary>The parameters, in the order in which they are passed.</summary>
    public ImmutableArray<LawParameter> Parameters { get; }

    /// <summary>The law with this name in files, or null.</summary>
    public static PelletLaw? Find(string id) => All.FirstOrDefault(law => string.Equals(law.Id, id, StringComparison.Ordinal));

    /// <summary>Relative density at a pressure above zero.</summary>
    /// <param name="pressurePa">P, Pa.</param>
    /// <param name="parameters">Values of <see cref="Parameters"/>, SI.</param>
    /// <param name="gradient">Takes ∂D/∂parameter; empty when not wanted.</param>
    public abstract double Density(double pressurePa, ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>Relative density and, unless <paramref name="gradient"/> is empty, its derivatives on the free scales of the parameters.</summary>
    internal double DensityOfFree(double pressurePa, ReadOnlySpan<double> free, Span<double> gradient)
    {
        Span<double> parameters = stackalloc double[Parameters.Length];
        for (int j = 0; j < parameters.Length; j++) parameters[j] = Parameters[j].FromFree(free[j]);
        double density = Density(pressurePa, parameters, gradient);
        if (!gradient.IsEmpty)
        {
            for (int j = 0; j < parameters.Length; j++) gradient[j] *= Parameters[j].Slope(parameters[j]);
        }

        return density;
    }

    private protected static LawParameter Pressure(string symbol, string meaning, double low, double high) => new(symbol, meaning, "Pa", low, high, EstimateScale.Logarithmic);

    private protected static LawParameter Share(string symbol, string meaning, double low, double high) => new(symbol, meaning, "", low, high, EstimateScale.Logit);

    private protected static LawParameter Exponent(string symbol, string meaning, double low, double high) => new(symbol, meaning, "", low, high, EstimateScale.Logarithmic);
}
