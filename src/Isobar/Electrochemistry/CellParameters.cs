using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Mechanics;

namespace Isobar.Electrochemistry;

/// <summary>What one powder layer is, as numbers: how it densifies and conducts.</summary>
/// <param name="SolidThicknessMetres">Thickness it would have without pores, m.</param>
/// <param name="Compaction">Its pellet law.</param>
/// <param name="Conduction">Its ionic conduction; in a cathode that of the electrolyte inside.</param>
public readonly record struct PowderParameters(double SolidThicknessMetres, CompactionLaw Compaction, PelletConduction Conduction);

/// <summary>What a cathode composite is beyond a powder.</summary>
/// <param name="Mix">Volume shares and sizes of what it is mixed from.</param>
/// <param name="Structure">Constants of its structure.</param>
/// <param name="ElectronicSiemensPerMetre">Conductivity of the electronic phase without pores, S/m.</param>
/// <param name="ParticleRadiusMetres">Radius of the active particles, m.</param>
/// <param name="ExchangeAmperesPerSquareMetre">j₀ per covered particle area, A/m².</param>
/// <param name="DoubleLayerFaradsPerSquareMetre">C_dl per covered particle area, F/m².</param>
/// <param name="LoadConcentration">κ of the most loaded particle contact.</param>
/// <param name="PlatenStrengthPa">Weibull scale between platens, Pa.</param>
/// <param name="PlatenModulus">Weibull modulus between platens.</param>
/// <param name="TipStrengthPa">Weibull scale under a tip, Pa.</param>
/// <param name="TipModulus">Weibull modulus under a tip.</param>
/// <param name="ChargeWeakening">w, strength of a lithiated over that of a charged particle.</param>
/// <param name="CrackPenalty">λ, share of contact that a cracked particle loses.</param>
/// <param name="Coating">Screening of the particles' coating; null for bare particles.</param>
/// <param name="CapacityCoulombsPerSquareMetre">Areal capacity, C/m².</param>
/// <param name="VolumeChange">Relative volume change of the active material on full charge.</param>
public sealed record CathodeParameters(
    CompositeMix Mix,
    CompositeParameters Structure,
    double ElectronicSiemensPerMetre,
    double ParticleRadiusMetres,
    double ExchangeAmperesPerSquareMetre,
    double DoubleLayerFaradsPerSquareMetre,
    double LoadConcentration,
    double PlatenStrengthPa,
    double PlatenModulus,
    double TipStrengthPa,
    double TipModulus,
    double ChargeWeakening,
    double CrackPenalty,
    CoatingScreening? Coating,
    double CapacityCoulombsPerSquareMetre,
    double VolumeChange)
{
    /// <summary>Strength of the lithiated particles.</summary>
    public ParticleStrength Strength => new(PlatenStrengthPa, PlatenModulus, TipStrengthPa, TipModulus);

    /// <summary>Volume share of active material in the solid.</summary>
    public double ActiveShare => Mix.ParticleShare;

    /// <summary>Volume share of electrolyte in the solid.</summary>
    public double ElectrolyteShare => Mix.ElectrolyteShare;
}

/// <summary>What an anode foil is, as numbers.</summary>
/// <param name="ThicknessMetres">Its thickness, m.</param>
/// <param name="Contact">Its contact with the separator.</param>
/// <param name="DoubleLayerFaradsPerSquareMetre">Double-layer capacitance of the contact, F/m².</param>
/// <param name="Limits">Limits of lithium; null for a metal without known ones.</param>
/// <param name="YieldPa">Yield strength, Pa.</param>
/// <param name="PlatedCubicMetresPerMole">Volume gained per mole of lithium, m³/mol.</param>
/// <param name="PotentialVolts">Equilibrium potential against lithium, V; not a number when the material does not state it.</param>
public sealed record AnodeParameters(
    double ThicknessMetres,
    InterfaceContact Contact,
    double DoubleLayerFaradsPerSquareMetre,
    LithiumLimits? Limits,
    double YieldPa,
    double PlatedCubicMetresPerMole,
    double PotentialVolts = double.NaN);

/// <summary>One possible cell: every constant of the cell with a definite value.</summary>
/// <param name="Layers">The powder layers by index of the cell; foils have no entry of meaning.</param>
/// <param name="Roles">Role per layer.</param>
/// <param name="Cathode">The cathode.</param>
/// <param name="Anode">The anode.</param>
/// <param name="Collector">The contact between cathode and collector.</param>
/// <param name="Kelvins">Temperature, K.</param>
/// <param name="AreaSquareMetres">Area of the die, m².</param>
/// <param name="DiameterMetres">Diameter of the die, m.</param>
/// <param name="WallFriction">μ of the die wall.</param>
/// <param name="LateralRatio">k of the powder in the die.</param>
/// <param name="Gauge">From indicated to true sample pressure, the error common to all steps of this laboratory.</param>
public sealed record CellParameters(
    ImmutableArray<PowderParameters> Layers,
    ImmutableArray<LayerRole> Roles,
    CathodeParameters Cathode,
    AnodeParameters Anode,
    InterfaceContact Collector,
    double Kelvins,
    double AreaSquareMetres,
    double DiameterMetres,
    double WallFriction,
    double LateralRatio,
    GaugeError Gauge);
