namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Values and limits of the symbols of <see cref="HalfCellSymbols.All"/>, in their order. Apart from the symbols, so that the first discharge of a process checks its cell without
/// making their words.
/// </summary>
internal static class HalfCellValues
{
    // Smallest value of a quantity that must be positive; anything below is a slip of units.
    private const double Tiny = 1e-30;

    /// <summary>Lowest and highest permitted value of each symbol.</summary>
    public static ReadOnlySpan<double> Limits =>
    [
        1e-9, 1, // L_cat
        0, 1, // L_sep
        Tiny, 1, // eps_AM
        0, 1, // eps_SE
        1e-10, 1, // R_p
        Tiny, 1e6, // c_max
        0, 1, // x0
        Tiny, 1e6, // kappa_SE
        Tiny, 1e6, // kappa_cat_eff
        Tiny, 1e8, // sigma_cat_eff
        Tiny, 1, // D_s
        Tiny, 1e9, // j0c
        Tiny, 1e9, // j0a
        0, 1e6, // R_c
        150, 600, // T
        0, 1e3, // Cdl
        1e-12, 1e4, // area
        -10, 10, // Vmin
        -10, 10, // Vmax
        1e-9, 1, // theta_c
        1e-9, 1, // theta_a
        0, 1 - 1e-9, // f_iso
        0, 1e6, // rho_f
        0, 1e6, // R_ext
        -1, 3, // U_a
        0, 1, // r_spot
        0, 1e6, // eps_r_sep
        0, 1e3, // C_cc
        0, 1e3, // Cdl_a
        0.1, 1, // alpha_c
        0.1, 1, // alpha_a
        0, 1, // x_rated
    ];

    /// <summary>The value of each symbol. One method rather than one per symbol: a first call in a new process compiles every method it meets.</summary>
    public static void Read(HalfCellParameters cell, Span<double> values)
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
}
