using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <summary>State of one layer after its history.</summary>
/// <param name="Porosity">ε at the present pressure.</param>
/// <param name="ThicknessMetres">Thickness at the present pressure, m.</param>
/// <param name="IonicSiemensPerMetre">Effective ionic conductivity, S/m; zero for a foil.</param>
public readonly record struct LayerState(double Porosity, double ThicknessMetres, double IonicSiemensPerMetre)
{
    /// <summary>D = 1 − ε.</summary>
    public double RelativeDensity => 1 - Porosity;
}

/// <summary>
/// The state of contact of a cell after its pressure history: the one place where mechanics becomes resistances.
/// All resistances are areal, in Ω m², at direct current with diffusion excluded; they add up to <see cref="TotalOhmSquareMetres"/>.
/// </summary>
/// <param name="Layers">State per layer.</param>
/// <param name="SeparatorOhmSquareMetres">Sum of the separator layers, thickness over conductivity.</param>
/// <param name="CathodeOhmSquareMetres">Cathode composite with charge transfer on the covered particle area.</param>
/// <param name="AnodeOhmSquareMetres">Contact between separator and anode.</param>
/// <param name="CollectorOhmSquareMetres">Contact between cathode and collector.</param>
/// <param name="CathodeRailOhmSquareMetres">Cathode at high frequency: both rails in parallel, L/(κ + σ).</param>
/// <param name="CathodeElectronicSiemensPerMetre">Effective electronic conductivity of the cathode, S/m.</param>
/// <param name="Coverage">θ, covered share of the particle surface, cracked particles subtracted.</param>
/// <param name="IsolatedShare">f_iso, share of the active material without an ionic or an electronic path; it stores nothing.</param>
/// <param name="CrackedLower">Cracking index with platen strength, a lower estimate.</param>
/// <param name="CrackedUpper">Cracking index with tip strength, an upper estimate.</param>
/// <param name="CrackedExpected">The two weighted with the load that goes from particle to particle.</param>
/// <param name="CoatingBreach">Screening index of coating breach; zero for bare particles.</param>
/// <param name="Extrapolated">Whether a model was asked outside its range: composition, pressure or temperature.</param>
public sealed record CellState(
    ImmutableArray<LayerState> Layers,
    double SeparatorOhmSquareMetres,
    double CathodeOhmSquareMetres,
    double AnodeOhmSquareMetres,
    double CollectorOhmSquareMetres,
    double CathodeRailOhmSquareMetres,
    double CathodeElectronicSiemensPerMetre,
    double Coverage,
    double IsolatedShare,
    double CrackedLower,
    double CrackedUpper,
    double CrackedExpected,
    double CoatingBreach,
    bool Extrapolated)
{
    // Contacts, exchange currents and lithium limits were measured at room temperature and have no activation in these models.
    private const double LowestKelvins = 288.15;
    private const double HighestKelvins = 308.15;

    /// <summary>Areal resistance of the cell at direct current, diffusion excluded, Ω m².</summary>
    public double TotalOhmSquareMetres =>
        SeparatorOhmSquareMetres + CathodeOhmSquareMetres + AnodeOhmSquareMetres + CollectorOhmSquareMetres;

    /// <summary>Areal resistance at high frequency: separator, both cathode rails in parallel and the collector contact, Ω m².</summary>
    public double HighFrequencyOhmSquareMetres =>
        SeparatorOhmSquareMetres + CathodeRailOhmSquareMetres + CollectorOhmSquareMetres;

    /// <summary>Particle area per composite volume, a = 3·ε_AM/r, 1/m.</summary>
    public static double ParticleAreaPerVolume(CathodeParameters cathode, double porosity) =>
        3 * cathode.ActiveShare * (1 - porosity) / cathode.ParticleRadiusMetres;

    /// <summary>Charge-transfer resistance per covered particle area, R·T/(F·j₀), Ω m².</summary>
    public static double ChargeTransferOhmSquareMetres(CathodeParameters cathode, double kelvins) =>
        PhysicalConstants.Gas * kelvins / (PhysicalConstants.Faraday * cathode.ExchangeAmperesPerSquareMetre);

    /// <summary>Evaluates a cell after a history of nominal pressures; wall friction and the laboratory's pressure error act on the way in.</summary>
    public static CellState After(CellParameters cell, CellHistory history)
    {
        var layers = new LayerState[cell.Layers.Length];
        double depthMetres = 0, separator = 0;
        CellState? withCathode = null;
        for (int i = 0; i < layers.Length; i++)
        {
            if (cell.Roles[i] == LayerRole.Anode)
            {
                layers[i] = new LayerState(0, cell.Anode.ThicknessMetres, 0);
                continue;
            }

            PowderParameters powder = cell.Layers[i];
            // The wall takes its share over the depth of the layer; the solid thickness sets the depth to a few percent of a small loss.
            double transmitted = WallFriction.MeanTransmitted(
                depthMetres, depthMetres + powder.SolidThicknessMetres, cell.DiameterMetres, cell.WallFriction, cell.LateralRatio);
            depthMetres += powder.SolidThicknessMetres;
            LoadHistory load = Scaled(cell.Gauge.True(history.Layers[i]), transmitted);
            double porosity = powder.Compaction.Porosity(load.PresentPa, load.LargestPa);
            double thickness = powder.SolidThicknessMetres / (1 - porosity);
            if (cell.Roles[i] == LayerRole.Separator)
            {
                double sigma = powder.Conduction.SiemensPerMetre(porosity, load, cell.Kelvins);
                layers[i] = new LayerState(porosity, thickness, sigma);
                separator += thickness / sigma;
            }
            else
            {
                withCathode = WithCathode(cell, powder, load, porosity, thickness);
                layers[i] = withCathode.Layers[0];
            }
        }

        CellState cathode = withCathode ?? throw new ArgumentException("the cell has no cathode composite", nameof(cell));
        return cathode with
        {
            Layers = [.. layers],
            SeparatorOhmSquareMetres = separator,
            AnodeOhmSquareMetres = cell.Anode.Contact.OhmSquareMetres(cell.Gauge.True(history.Anode)),
            CollectorOhmSquareMetres = cell.Collector.OhmSquareMetres(cell.Gauge.True(history.Collector)),
        };
    }

    private static CellState WithCathode(CellParameters cell, PowderParameters powder, LoadHistory load, double porosity, double thickness)
    {
        CathodeParameters cathode = cell.Cathode;
        CompositeStructure structure = CompositeStructure.Of(cathode.Mix, 1 - porosity, load, cathode.Structure);
        double kappa = powder.Conduction.MatrixSiemensPerMetre(load, cell.Kelvins) * structure.IonicShare;
        double sigma = cathode.ElectronicSiemensPerMetre * structure.ElectronicShare;
        CrackingIndex cracked = ParticleDamage.Index(load.LargestPa, cathode.LoadConcentration, cathode.Strength, structure.ParticleLoadShare);
        double coverage = structure.Coverage * (1 - (cathode.CrackPenalty * cracked.Lower));
        // Isolated particles take no part in the reaction, which leaves less particle area per volume.
        double area = ParticleAreaPerVolume(cathode, porosity) * (1 - structure.IsolatedShare);
        double admittance = coverage / ChargeTransferOhmSquareMetres(cathode, cell.Kelvins);
        // A composite without a percolating phase is an open circuit, and says so with an infinite resistance.
        bool open = kappa <= 0 || sigma <= 0 || admittance <= 0 || area <= 0;
        return new CellState(
            [new LayerState(porosity, thickness, kappa)],
            0,
            open ? double.PositiveInfinity : PorousElectrode.Resistance(thickness, kappa, sigma, area, admittance),
            0,
            0,
            open ? double.PositiveInfinity : thickness / (kappa + sigma),
            sigma,
            coverage,
            structure.IsolatedShare,
            cracked.Lower,
            cracked.Upper,
            cracked.Expected,
            cathode.Coating?.At(load.LargestPa, cathode.LoadConcentration, structure.Packing.FirstFirst).Index ?? 0,
            structure.Extrapolated || load.LargestPa > CompactionLaw.HighestValidPa * 1.1 || cell.Kelvins is < LowestKelvins or > HighestKelvins);
    }

    private static LoadHistory Scaled(LoadHistory history, double factor) => new(history.PresentPa * factor, history.LargestPa * factor);
}
