namespace Isobar.Mechanics.Contact;

/// <summary>
/// A solved contact. Gaps are measured from the contact plane (zero is the mean gap of the pixels with 0 &lt; p &lt; H); a negative gap is
/// what has flowed away under p = H.
/// </summary>
public sealed class ContactState
{
    private readonly double[] pressurePa;
    private readonly double[] gapM;

    internal ContactState(HeightMap map, ContactMedium medium, double[] pressurePa, double[] gapM) =>
        (Map, Medium, this.pressurePa, this.gapM) = (map, medium, pressurePa, gapM);

    /// <summary>The surface as it was before any load.</summary>
    public HeightMap Map { get; }

    /// <summary>The bodies.</summary>
    public ContactMedium Medium { get; }

    /// <summary>The point of the path this state answers.</summary>
    public required ContactTarget Target { get; init; }

    /// <summary>True where the load is below the largest one seen on the path.</summary>
    public required bool Unloading { get; init; }

    /// <summary>Force over the area of the map, Pa.</summary>
    public required double MeanPressurePa { get; init; }

    /// <summary>Share of pixels in contact, flowing ones included.</summary>
    public required double Area { get; init; }

    /// <summary>
    /// Contact share without the error of the pixel edges: a − ((π − 1 + ln 2)/24)·M/N, M contact/gap switches along rows and columns, N pixels
    /// (V. A. Yastrebov, G. Anciaux, J.-F. Molinari, J. Mech. Phys. Solids 107 (2017) 469, 10.1016/j.jmps.2017.07.016).
    /// </summary>
    public required double AreaCorrected { get; init; }

    /// <summary>Share of pixels at p = H.</summary>
    public required double PlasticArea { get; init; }

    /// <summary>M, contact/gap switches along all rows and columns.</summary>
    public required long PerimeterEdges { get; init; }

    /// <summary>Mean of the gap over all pixels, m; negative gaps count as such.</summary>
    public required double MeanGapM { get; init; }

    /// <summary>Void volume over the area of the map, mean of max(gap, 0), m.</summary>
    public required double VoidVolumeM { get; init; }

    /// <summary>Displaced volume over the area of the map since the first load, m.</summary>
    public required double PlasticVolumeM { get; init; }

    /// <summary>Largest pressure, Pa; not a converged number on a grid that resolves a contact with few pixels.</summary>
    public required double MaxPressurePa { get; init; }

    /// <summary>½·mean(p·u), J/m², u the displacement without its mean; 0 mode of a layer included.</summary>
    public required double ElasticEnergyJoulesPerSquareMetre { get; init; }

    /// <summary>Half-space convolutions on the finest grid, preconditioner included.</summary>
    public required int Convolutions { get; init; }

    /// <summary>Inner conjugate-gradient steps on the finest grid.</summary>
    public required int Iterations { get; init; }

    /// <summary>Changes of the contact set on the finest grid.</summary>
    public required int OuterSteps { get; init; }

    /// <summary>Worst violation of the contact conditions over the rms height, from a fresh convolution.</summary>
    public required double Residual { get; init; }

    /// <summary>Constriction, stiffness and Barber's product; null when not asked for.</summary>
    public ContactConduction? Conduction { get; internal set; }

    /// <summary>Pressure, Pa, row by row.</summary>
    public ReadOnlySpan<double> PressurePa => pressurePa;

    /// <summary>Gap, m, row by row; NaN where the map has no height.</summary>
    public ReadOnlySpan<double> GapM => gapM;
}

/// <summary>
/// How a set of contact spots conducts into one half-space: areal resistance R_c = (ρ₁ + ρ₂)·ℓ_c.
/// </summary>
/// <param name="ConstrictionLengthM">ℓ_c, potential drop over resistivity and mean flux, m.</param>
/// <param name="StiffnessPaPerM">K = −dp̄/dḡ from a load step to either side, elastic response, Pa/m; infinite where everything touches.</param>
/// <param name="BarberProduct">
/// 2·K·ℓ_c/E*: 1 on a half-space (J. R. Barber, Proc. R. Soc. A 459 (2003) 53, 10.1098/rspa.2002.1038); null on a layer, where conduction and elasticity have different kernels, and where everything touches.
/// </param>
/// <param name="CurrentFocusing">Largest pixel flux over the mean flux in the spots; depends on the grid (edge singularity).</param>
/// <param name="Convolutions">Convolutions spent.</param>
public sealed record ContactConduction(double ConstrictionLengthM, double StiffnessPaPerM, double? BarberProduct, double CurrentFocusing, int Convolutions);

/// <summary>Resistance of a contact with charge transfer on the spots, in lengths: multiply by the resistivity of the electrolyte for Ω·m².</summary>
/// <param name="ResistanceLengthM">ASR/ρ, m.</param>
/// <param name="LowerBoundM">ℓ_c + (r_ct/ρ)/a, the series sum.</param>
/// <param name="UpperBoundM">Uniform flux over the spots.</param>
/// <param name="Convolutions">Convolutions spent.</param>
public sealed record ContactResistance(double ResistanceLengthM, double LowerBoundM, double UpperBoundM, int Convolutions);

/// <summary>What a pixel of the contact is made of electrically.</summary>
/// <param name="ConductivitySPerM">σ of the electrolyte, S/m.</param>
/// <param name="ChargeTransferOhmM2">r_ct, Ω·m² of true contact.</param>
public sealed record ContactElectrics(double ConductivitySPerM, double ChargeTransferOhmM2)
{
    /// <summary>Double layer, F/m² of true contact; 0.1 F/m² (10 µF/cm²) by default.</summary>
    public double DoubleLayerFaradPerM2 { get; init; } = 0.1;

    /// <summary>Relative permittivity of the electrolyte.</summary>
    public double ElectrolytePermittivity { get; init; } = 10;

    /// <summary>Relative permittivity of what fills the gaps.</summary>
    public double GapPermittivity { get; init; } = 1;
}
