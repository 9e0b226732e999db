using System.Collections.Immutable;
using System.Runtime.CompilerServices;

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
        HalfCellSymbols.Read(cell, values);
        return values[HalfCellSymbols.All.IndexOf(this)];
    }

    /// <summary>The parameters with another value of it.</summary>
    public HalfCellParameters With(HalfCellParameters cell, double value) => HalfCellSymbols.Write(cell, Symbol, value);
}

/// <summary>The scalar parameters of the half cell, declared once: files, help, checks and sensitivities read this list.</summary>
public static class HalfCellSymbols
{
    // Smallest value of a quantity that must be positive; anything below is a slip of units.
    private const double Tiny = 1e-30;

    /// <summary>All symbols, those of the reference tables first and in their order.</summary>
    public static ImmutableArray<HalfCellSymbol> All { get; } =
    [
        new("L_cat", "m", "thickness of the composite cathode", 1e-9, 1, true),
        new("L_sep", "m", "thickness of the separator", 0, 1, true),
        new("eps_AM", "1", "volume fraction of active material in the composite", Tiny, 1, true),
        new("eps_SE", "1", "volume fraction of electrolyte in the composite (acts through kappa_cat_eff)", 0, 1, false),
        new("R_p", "m", "radius of the active particles", 1e-10, 1, true),
        new("c_max", "mol/m3", "lithium in the full host", Tiny, 1e6, true),
        new("x0", "1", "stoichiometry at the start", 0, 1, true),
        new("kappa_SE", "S/m", "ionic conductivity of the separator", Tiny, 1e6, true),
        new("kappa_cat_eff", "S/m", "effective ionic conductivity of the composite", Tiny, 1e6, true),
        new("sigma_cat_eff", "S/m", "effective electronic conductivity of the composite", Tiny, 1e8, true),
        new("D_s", "m2/s", "diffusion coefficient in the particles", Tiny, 1, true),
        new("j0c", "A/m2", "exchange current of the cathode per contacted particle area at half filling", Tiny, 1e9, true),
        new("j0a", "A/m2", "exchange current of the anode per contacted area", Tiny, 1e9, true),
        new("R_c", "ohm m2", "resistance of the cathode collector contact", 0, 1e6, false),
        new("T", "K", "temperature", 150, 600, false),
        new("Cdl", "F/m2", "double layer per particle area and per anode area", 0, 1e3, false),
        new("area", "m2", "electrode area", 1e-12, 1e4, false),
        new("Vmin", "V", "lower cut-off", -10, 10, true),
        new("Vmax", "V", "upper cut-off", -10, 10, true),
        new("theta_c", "1", "share of the particle surface in ionic contact", 1e-9, 1, false),
        new("theta_a", "1", "share of the anode in contact", 1e-9, 1, false),
        new("f_iso", "1", "share of the active material without a path for ions or electrons", 0, 1 - 1e-9, false),
        new("rho_f", "ohm m2", "film on the particles, per particle area", 0, 1e6, false),
        new("R_ext", "ohm m2", "further series resistance", 0, 1e6, false),
        new("U_a", "V", "potential of the anode against lithium: 0 for Li, about 0.62 for In-Li", -1, 3, false),
        new("r_spot", "m", "radius of the contact spots at the anode", 0, 1, false),
        new("eps_r_sep", "1", "relative permittivity of the separator; 0 leaves its arc out", 0, 1e6, false),
        new("C_cc", "F/m2", "capacitance in parallel to the collector contact", 0, 1e3, false),
        new("Cdl_a", "F/m2", "double layer of the anode; left out: Cdl", 0, 1e3, false),
        new("alpha_c", "1", "exponent of the particles' double layer; 1 is a capacitor", 0.1, 1, false),
        new("alpha_a", "1", "exponent of the anode's double layer; 1 is a capacitor", 0.1, 1, false),
        new("x_rated", "1", "stoichiometry at which the rated capacity is reached", 0, 1, false),
    ];

    /// <summary>The symbol of a name; null if there is none.</summary>
    public static HalfCellSymbol? Find(string symbol) => All.FirstOrDefault(each => string.Equals(each.Symbol, symbol, StringComparison.Ordinal));

    // The values of all symbols in their order. One method rather than one per symbol: a first call in a new process compiles every method it meets.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Read(HalfCellParameters cell, Span<double> values)
    {
        values[0] = cell.CathodeThicknessMetres;
        values[1] = cell.SeparatorThicknessMetres;
        values[2] = cell.ActiveFraction;
        values[3] = cell.ElectrolyteFraction;
        values[4] = cell.ParticleRadiusMetres;
        values[5] = cell.MaximumMolesPerCubicMetre;
        values[6] = cell.InitialStoichiometry;
        values[7] = cell.SeparatorSiemensPerMetre;
        values[8] = cell.CathodeIonicSiemensPerMetre;
        values[9] = cell.CathodeElectronicSiemensPerMetre;
        values[10] = cell.DiffusionSquareMetresPerSecond;
        values[11] = cell.CathodeExchangeAmperesPerSquareMetre;
        values[12] = cell.AnodeExchangeAmperesPerSquareMetre;
        values[13] = cell.CollectorOhmSquareMetres;
        values[14] = cell.Kelvins;
        values[15] = cell.DoubleLayerFaradsPerSquareMetre;
        values[16] = cell.AreaSquareMetres;
        values[17] = cell.LowerVolts;
        values[18] = cell.UpperVolts;
        values[19] = cell.CathodeContactFraction;
        values[20] = cell.AnodeContactFraction;
        values[21] = cell.IsolatedFraction;
        values[22] = cell.FilmOhmSquareMetres;
        values[23] = cell.ExternalOhmSquareMetres;
        values[24] = cell.AnodeVolts;
        values[25] = cell.AnodeSpotRadiusMetres;
        values[26] = cell.SeparatorPermittivity;
        values[27] = cell.CollectorFaradsPerSquareMetre;
        values[28] = cell.AnodeDoubleLayerFaradsPerSquareMetre ?? cell.DoubleLayerFaradsPerSquareMetre;
        values[29] = cell.CathodeDoubleLayerExponent;
        values[30] = cell.AnodeDoubleLayerExponent;
        values[31] = cell.RatedStoichiometry;
    }

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
