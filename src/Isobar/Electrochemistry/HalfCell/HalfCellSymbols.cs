using System.Collections.Immutable;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>One scalar parameter of the half cell: its symbol in files, its unit, what it means and between which limits it may lie.</summary>
/// <param name="Symbol">Symbol in parameter files and tables.</param>
/// <param name="Unit">SI unit; "1" for a pure number.</param>
/// <param name="Meaning">What it is, in plain words.</param>
/// <param name="Lowest">Lowest permitted value.</param>
/// <param name="Highest">Highest permitted value.</param>
/// <param name="Required">False: a parameter file may leave it out.</param>
public sealed record HalfCellSymbol(
    string Symbol,
    string Unit,
    string Meaning,
    double Lowest,
    double Highest,
    bool Required)
{
    /// <summary>Its value.</summary>
    public double Get(HalfCellParameters cell)
    {
        Span<double> values = stackalloc double[HalfCellSymbols.All.Length];
        HalfCellValues.Read(cell, values);
        return values[HalfCellSymbols.All.IndexOf(this)];
    }

    /// <summary>The parameters with another value of it.</summary>
    public HalfCellParameters With(HalfCellParameters cell, double value) => HalfCellSymbols.Write(cell, Symbol, value);
}

/// <summary>The scalar parameters of the half cell, declared once: files, help, checks and sensitivities read this list.</summary>
public static class HalfCellSymbols
{
    /// <summary>All symbols, those of the reference tables first and in their order.</summary>
    public static ImmutableArray<HalfCellSymbol> All { get; } =
    [
        Of(0, "L_cat", "m", "thickness of the composite cathode", true),
        Of(1, "L_sep", "m", "thickness of the separator", true),
        Of(2, "eps_AM", "1", "volume fraction of active material in the composite", true),
        Of(3, "eps_SE", "1", "volume fraction of electrolyte in the composite (acts through kappa_cat_eff)", false),
        Of(4, "R_p", "m", "radius of the active particles", true),
        Of(5, "c_max", "mol/m3", "lithium in the full host", true),
        Of(6, "x0", "1", "stoichiometry at the start", true),
        Of(7, "kappa_SE", "S/m", "ionic conductivity of the separator", true),
        Of(8, "kappa_cat_eff", "S/m", "effective ionic conductivity of the composite", true),
        Of(9, "sigma_cat_eff", "S/m", "effective electronic conductivity of the composite", true),
        Of(10, "D_s", "m2/s", "diffusion coefficient in the particles", true),
        Of(11, "j0c", "A/m2", "exchange current of the cathode per contacted particle area at half filling", true),
        Of(12, "j0a", "A/m2", "exchange current of the anode per contacted area", true),
        Of(13, "R_c", "ohm m2", "resistance of the cathode collector contact", false),
        Of(14, "T", "K", "temperature", false),
        Of(15, "Cdl", "F/m2", "double layer per particle area and per anode area", false),
        Of(16, "area", "m2", "electrode area", false),
        Of(17, "Vmin", "V", "lower cut-off", true),
        Of(18, "Vmax", "V", "upper cut-off", true),
        Of(19, "theta_c", "1", "share of the particle surface in ionic contact", false),
        Of(20, "theta_a", "1", "share of the anode in contact", false),
        Of(21, "f_iso", "1", "share of the active material without a path for ions or electrons", false),
        Of(22, "rho_f", "ohm m2", "film on the particles, per particle area", false),
        Of(23, "R_ext", "ohm m2", "further series resistance", false),
        Of(24, "U_a", "V", "potential of the anode against lithium: 0 for Li, about 0.62 for In-Li", false),
        Of(25, "r_spot", "m", "radius of the contact spots at the anode", false),
        Of(26, "eps_r_sep", "1", "relative permittivity of the separator; 0 leaves its arc out", false),
        Of(27, "C_cc", "F/m2", "capacitance in parallel to the collector contact", false),
        Of(28, "Cdl_a", "F/m2", "double layer of the anode; left out: Cdl", false),
        Of(29, "alpha_c", "1", "exponent of the particles' double layer; 1 is a capacitor", false),
        Of(30, "alpha_a", "1", "exponent of the anode's double layer; 1 is a capacitor", false),
        Of(31, "x_rated", "1", "stoichiometry at which the rated capacity is reached", false),
    ];

    /// <summary>The symbol of a name; null if there is none.</summary>
    public static HalfCellSymbol? Find(string symbol) => All.FirstOrDefault(each => string.Equals(each.Symbol, symbol, StringComparison.Ordinal));

    private static HalfCellSymbol Of(int index, string symbol, string unit, string meaning, bool required) => new(symbol, unit, meaning, HalfCellValues.Limits[2 * index], HalfCellValues.Limits[(2 * index) + 1], required);

    internal static HalfCellParameters Write(HalfCellParameters cell, string symbol, double value) => symbol switch
    {
        "L_cat" => cell with { CathodeThicknessMetres = value },
        "L_sep" => cell with { SeparatorThicknessMetres = value },
        "eps_AM" => cell with { ActiveFraction = value },
        "eps_SE" => cell with { ElectrolyteFraction = value },
        "R_p" => cell with { ParticleRadiusMetres = value },
        "c_max" => cell with { MaximumMolesPerCubicMetre = value },
        "x0" => cell with { InitialStoichiometry = value },
        "kappa_SE" => cell with { SeparatorSiemensPerMetre = value },
        "kappa_cat_eff" => cell with { CathodeIonicSiemensPerMetre = value },
        "sigma_cat_eff" => cell with { CathodeElectronicSiemensPerMetre = value },
        "D_s" => cell with { DiffusionSquareMetresPerSecond = value },
        "j0c" => cell with { CathodeExchangeAmperesPerSquareMetre = value },
        "j0a" => cell with { AnodeExchangeAmperesPerSquareMetre = value },
        "R_c" => cell with { CollectorOhmSquareMetres = value },
        "T" => cell with { Kelvins = value },
        "Cdl" => cell with { DoubleLayerFaradsPerSquareMetre = value },
        "area" => cell with { AreaSquareMetres = value },
        "Vmin" => cell with { LowerVolts = value },
        "Vmax" => cell with { UpperVolts = value },
        "theta_c" => cell with { CathodeContactFraction = value },
        "theta_a" => cell with { AnodeContactFraction = value },
        "f_iso" => cell with { IsolatedFraction = value },
        "rho_f" => cell with { FilmOhmSquareMetres = value },
        "R_ext" => cell with { ExternalOhmSquareMetres = value },
        "U_a" => cell with { AnodeVolts = value },
        "r_spot" => cell with { AnodeSpotRadiusMetres = value },
        "eps_r_sep" => cell with { SeparatorPermittivity = value },
        "C_cc" => cell with { CollectorFaradsPerSquareMetre = value },
        "Cdl_a" => cell with { AnodeDoubleLayerFaradsPerSquareMetre = value },
        "alpha_c" => cell with { CathodeDoubleLayerExponent = value },
        "alpha_a" => cell with { AnodeDoubleLayerExponent = value },
        "x_rated" => cell with { RatedStoichiometry = value },
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "not a symbol of the half cell"),
    };
}
