namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Activation of the rates of a half cell with temperature: p(T) = p(T_ref)·exp[−E/R·(1/T − 1/T_ref)] (S. Arrhenius, Z. Phys. Chem. 4 (1889) 226,
/// 10.1515/zpch-1889-0416).
/// <para>Validity: the temperatures between which an activation energy was measured, for sulfide cells usually 0 to 60 °C. The open-circuit
/// potential is taken as the same at all temperatures.</para>
/// </summary>
/// <param name="SeparatorJoulesPerMole">Of κ_SE, J/mol.</param>
/// <param name="CathodeIonicJoulesPerMole">Of κ, J/mol.</param>
/// <param name="CathodeElectronicJoulesPerMole">Of σ, J/mol.</param>
/// <param name="DiffusionJoulesPerMole">Of D, J/mol.</param>
/// <param name="CathodeExchangeJoulesPerMole">Of j0c, and of the film's conductance, J/mol.</param>
/// <param name="AnodeExchangeJoulesPerMole">Of j0a, J/mol.</param>
public sealed record Arrhenius(
    double SeparatorJoulesPerMole,
    double CathodeIonicJoulesPerMole,
    double CathodeElectronicJoulesPerMole,
    double DiffusionJoulesPerMole,
    double CathodeExchangeJoulesPerMole,
    double AnodeExchangeJoulesPerMole)
{
    /// <summary>The parameters of a cell at another temperature than that for which they are given.</summary>
    public HalfCellParameters Apply(HalfCellParameters cell, double kelvins)
    {
        if (!(kelvins > 0)) throw new ArgumentOutOfRangeException(nameof(kelvins), kelvins, "a temperature is positive, in K");
        double difference = ((1 / cell.Kelvins) - (1 / kelvins)) / HalfCellParameters.GasConstant;
        return cell with
        {
            Kelvins = kelvins,
            SeparatorSiemensPerMetre = cell.SeparatorSiemensPerMetre * Math.Exp(SeparatorJoulesPerMole * difference),
            CathodeIonicSiemensPerMetre = cell.CathodeIonicSiemensPerMetre * Math.Exp(CathodeIonicJoulesPerMole * difference),
            CathodeElectronicSiemensPerMetre = cell.CathodeElectronicSiemensPerMetre * Math.Exp(CathodeElectronicJoulesPerMole * difference),
            DiffusionSquareMetresPerSecond = cell.DiffusionSquareMetresPerSecond * Math.Exp(DiffusionJoulesPerMole * difference),
            CathodeExchangeAmperesPerSquareMetre = cell.CathodeExchangeAmperesPerSquareMetre * Math.Exp(CathodeExchangeJoulesPerMole * difference),
            FilmOhmSquareMetres = cell.FilmOhmSquareMetres * Math.Exp(-CathodeExchangeJoulesPerMole * difference),
            AnodeExchangeAmperesPerSquareMetre = cell.AnodeExchangeAmperesPerSquareMetre * Math.Exp(AnodeExchangeJoulesPerMole * difference),
        };
    }
}
