using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Everything that the one-dimensional solid-state half cell needs, in SI units: composite cathode | separator | lithium or indium-lithium.
/// The symbols of <see cref="HalfCellSymbols"/> are those of parameter files.
/// <para>All values hold at <see cref="Kelvins"/>; <see cref="Arrhenius.Apply"/> gives the parameters at another temperature.</para>
/// </summary>
public sealed record HalfCellParameters
{
    /// <summary>Faraday constant, C/mol.</summary>
    public const double Faraday = PhysicalConstants.Faraday;

    /// <summary>Gas constant, J/(mol K).</summary>
    public const double GasConstant = PhysicalConstants.Gas;

    /// <summary>L_cat, thickness of the composite cathode, m.</summary>
    public required double CathodeThicknessMetres { get; init; }

    /// <summary>L_sep, thickness of the separator, m.</summary>
    public required double SeparatorThicknessMetres { get; init; }

    /// <summary>ε_AM, volume fraction of active material in the composite, isolated particles included.</summary>
    public required double ActiveFraction { get; init; }

    /// <summary>ε_SE, volume fraction of electrolyte in the composite. It enters through κ, which is given; kept so that a file is complete.</summary>
    public double ElectrolyteFraction { get; init; }

    /// <summary>R_p, radius of the active particles, m. Ignored when <see cref="Classes"/> are given.</summary>
    public required double ParticleRadiusMetres { get; init; }

    /// <summary>c_max, lithium in the full host, mol/m³.</summary>
    public required double MaximumMolesPerCubicMetre { get; init; }

    /// <summary>x0, stoichiometry at the start.</summary>
    public required double InitialStoichiometry { get; init; }

    /// <summary>κ_SE, ionic conductivity of the separator, S/m.</summary>
    public required double SeparatorSiemensPerMetre { get; init; }

    /// <summary>κ, effective ionic conductivity of the composite, S/m.</summary>
    public required double CathodeIonicSiemensPerMetre { get; init; }

    /// <summary>σ, effective electronic conductivity of the composite, S/m.</summary>
    public required double CathodeElectronicSiemensPerMetre { get; init; }

    /// <summary>D_s, diffusion coefficient in the particles, m²/s; with <see cref="DiffusionFactor"/> its scale.</summary>
    public required double DiffusionSquareMetresPerSecond { get; init; }

    /// <summary>j0c, exchange current at half filling and full contact, per particle area, A/m².</summary>
    public required double CathodeExchangeAmperesPerSquareMetre { get; init; }

    /// <summary>j0a, exchange current of the anode at full contact, A/m².</summary>
    public required double AnodeExchangeAmperesPerSquareMetre { get; init; }

    /// <summary>R_c, resistance of the cathode collector contact, Ω m².</summary>
    public double CollectorOhmSquareMetres { get; init; }

    /// <summary>T, temperature, K.</summary>
    public double Kelvins { get; init; } = 298.15;

    /// <summary>C_dl, double layer per particle area and per anode area, F/m²; acts in the impedance alone.</summary>
    public double DoubleLayerFaradsPerSquareMetre { get; init; }

    /// <summary>Electrode area, m². The model works per area; it scales totals.</summary>
    public double AreaSquareMetres { get; init; } = 1;

    /// <summary>Vmin, lower cut-off, V.</summary>
    public required double LowerVolts { get; init; }

    /// <summary>Vmax, upper cut-off, V.</summary>
    public required double UpperVolts { get; init; }

    /// <summary>θ_c, share of the particle surface in ionic contact, (0, 1]. Ignored when <see cref="Classes"/> are given.</summary>
    public double CathodeContactFraction { get; init; } = 1;

    /// <summary>θ_a, share of the anode in contact, (0, 1].</summary>
    public double AnodeContactFraction { get; init; } = 1;

    /// <summary>f_iso, share of the active material without a path for ions or electrons, [0, 1). Ignored when <see cref="Classes"/> are given.</summary>
    public double IsolatedFraction { get; init; }

    /// <summary>ρ_f, film on the particles, Ω m² of particle area.</summary>
    public double FilmOhmSquareMetres { get; init; }

    /// <summary>R_ext, further series resistance, Ω m².</summary>
    public double ExternalOhmSquareMetres { get; init; }

    /// <summary>U_a, potential of the anode against lithium, V: 0 for lithium, about 0.62 for indium-lithium.</summary>
    public double AnodeVolts { get; init; }

    /// <summary>r_spot, radius of the contact spots at the anode, m; 0 leaves constriction out.</summary>
    public double AnodeSpotRadiusMetres { get; init; }

    /// <summary>ε_r of the separator, for its own arc and that of the constriction in the impedance; 0 leaves the arcs out.</summary>
    public double SeparatorPermittivity { get; init; }

    /// <summary>Capacitance in parallel to the collector contact, F/m².</summary>
    public double CollectorFaradsPerSquareMetre { get; init; }

    /// <summary>Double layer of the anode per electrode area, F/m²; null: the same as <see cref="DoubleLayerFaradsPerSquareMetre"/>.</summary>
    public double? AnodeDoubleLayerFaradsPerSquareMetre { get; init; }

    /// <summary>α of the constant-phase element that stands for the double layer of the particles, (0, 1]; 1 is a capacitor.</summary>
    public double CathodeDoubleLayerExponent { get; init; } = 1;

    /// <summary>α of the constant-phase element that stands for the double layer of the anode, (0, 1]; 1 is a capacitor.</summary>
    public double AnodeDoubleLayerExponent { get; init; } = 1;

    /// <summary>True: the current of a partly contacted particle spreads inside it over ℓ_c = R_p·(1 − √θ_c)^1.5.</summary>
    public bool SpreadingInParticles { get; init; }

    /// <summary>Stoichiometry at which the rated capacity is reached: 1C = F·c_max·ε_AM·L_cat·(x_rated − x0) per hour.</summary>
    public double RatedStoichiometry { get; init; } = 0.95;

    /// <summary>Areal capacity that 1C empties in an hour, C/m²; null: from x_rated and x0.</summary>
    public double? RatedCoulombsPerSquareMetre { get; init; }

    /// <summary>U(x) against lithium, V.</summary>
    public required StoichiometryCurve OpenCircuit { get; init; }

    /// <summary>D(x)/D_s; null: constant.</summary>
    public StoichiometryCurve? DiffusionFactor { get; init; }

    /// <summary>j0(x)/j0c; null: 2·√(x(1−x)).</summary>
    public StoichiometryCurve? ExchangeFactor { get; init; }

    /// <summary>Particle classes; empty: one class of R_p, θ_c and f_iso.</summary>
    public ImmutableArray<ParticleClass> Classes { get; init; } = [];

    /// <summary>The particle classes as they act: those given, or the one that R_p, θ_c and f_iso describe.</summary>
    public ImmutableArray<ParticleClass> EffectiveClasses =>
        Classes.IsDefaultOrEmpty ? [new ParticleClass(ParticleRadiusMetres, 1, CathodeContactFraction, IsolatedFraction)] : Classes;

    /// <summary>R·T/F, V.</summary>
    public double ThermalVolts => GasConstant * Kelvins / Faraday;

    /// <summary>Charge that fills the host from 0 to 1, isolated particles included, C/m².</summary>
    public double HostCoulombsPerSquareMetre => Faraday * MaximumMolesPerCubicMetre * ActiveFraction * CathodeThicknessMetres;

    /// <summary>Charge that fills the connected part of the host from 0 to 1, C/m².</summary>
    public double ConnectedCoulombsPerSquareMetre
    {
        get
        {
            double connected = 0;
            foreach (ParticleClass each in ClassArray()) connected += each.VolumeShare * (1 - each.IsolatedFraction);
            return HostCoulombsPerSquareMetre * connected;
        }
    }

    /// <summary>Rated areal capacity, C/m².</summary>
    public double RatedCapacityCoulombsPerSquareMetre =>
        RatedCoulombsPerSquareMetre ?? (HostCoulombsPerSquareMetre * (RatedStoichiometry - InitialStoichiometry));

    /// <summary>Current density of a C-rate, A/m².</summary>
    public double AmperesPerSquareMetre(double cRate) => cRate * RatedCapacityCoulombsPerSquareMetre / 3600;

    /// <summary>
    /// Resistance of the constriction at the contact spots of the anode, Ω m²: R_sp = ψ·π·r_spot/(2·κ_SE·θ_a), ψ = (1 − √θ_a)^1.5.
    /// <para>Validity: equal round spots, half-space of electrolyte. Sources: R. Holm, Electric Contacts, 4th ed., 10.1007/978-3-662-06688-1;
    /// M. G. Cooper, B. B. Mikic, M. M. Yovanovich, Int. J. Heat Mass Transf. 12 (1969) 279, 10.1016/0017-9310(69)90011-8 (ψ).</para>
    /// </summary>
    public double AnodeConstrictionOhmSquareMetres =>
        ConstrictionOhmSquareMetres(AnodeContactFraction, AnodeSpotRadiusMetres, SeparatorSiemensPerMetre);

    internal ParticleClass[] ClassArray() => Classes.IsDefaultOrEmpty ? [new ParticleClass(ParticleRadiusMetres, 1, CathodeContactFraction, IsolatedFraction)] : SeveralClasses();

    private ParticleClass[] SeveralClasses() => [.. Classes];

    internal static double ConstrictionOhmSquareMetres(double contactFraction, double spotMetres, double siemensPerMetre) =>
        SpreadingShape(contactFraction) * Math.PI * spotMetres / (2 * siemensPerMetre * contactFraction);

    // ψ(θ): 1 for a lone small spot, 0 at full contact.
    internal static double SpreadingShape(double contactFraction) => Math.Pow(1 - Math.Sqrt(contactFraction), 1.5);
}

/// <summary>Particles of one size and one state of contact.</summary>
/// <param name="RadiusMetres">R_p, m.</param>
/// <param name="VolumeShare">Share of the active volume; the shares of all classes sum to 1.</param>
/// <param name="ContactFraction">θ_c, (0, 1].</param>
/// <param name="IsolatedFraction">f_iso, share of this class without a path for ions or electrons, [0, 1).</param>
public readonly record struct ParticleClass(double RadiusMetres, double VolumeShare, double ContactFraction = 1, double IsolatedFraction = 0);
