namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// What lies in series with the composite: separator, anode with constriction, collector and external resistance.
/// <para>Drops at a current density i: i·L_sep/κ_SE, η_a = (2RT/F)·asinh(i/(2·θ_a·j0a)), i·R_sp, i·(R_cc + R_ext).</para>
/// </summary>
internal readonly struct SeriesElements
{
    private readonly double _twoThermal;
    private readonly double _twoExchange;

    public SeriesElements(HalfCellParameters cell, in ContactTerms contact)
    {
        AnodeVolts = cell.AnodeVolts;
        _twoThermal = 2 * cell.ThermalVolts;
        _twoExchange = 2 * contact.AnodeContactFraction * cell.AnodeExchangeAmperesPerSquareMetre;
        SeparatorOhms = cell.SeparatorThicknessMetres / contact.SeparatorSiemensPerMetre;
        ConstrictionOhms = HalfCellParameters.ConstrictionOhmSquareMetres(contact.AnodeContactFraction, cell.AnodeSpotRadiusMetres, contact.SeparatorSiemensPerMetre);
        CollectorOhms = contact.CollectorOhmSquareMetres + cell.ExternalOhmSquareMetres;
    }

    public readonly double SeparatorOhms;

    public readonly double ConstrictionOhms;

    public readonly double CollectorOhms;

    public readonly double AnodeVolts;

    /// <summary>η_a, V.</summary>
    public double AnodeOvervolts(double current) => _twoThermal * Math.Asinh(current / _twoExchange);

    /// <summary>Everything that is taken off the voltage of the composite, V.</summary>
    public double Drop(double current) => AnodeVolts + AnodeOvervolts(current) + (current * (SeparatorOhms + ConstrictionOhms + CollectorOhms));

    /// <summary>Its derivative by the current, Ω m².</summary>
    public double Slope(double current) =>
        (_twoThermal / Math.Sqrt((_twoExchange * _twoExchange) + (current * current))) + SeparatorOhms + ConstrictionOhms + CollectorOhms;
}
