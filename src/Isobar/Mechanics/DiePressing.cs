namespace Isobar.Mechanics;

/// <summary>Which punches move.</summary>
public enum PressAction
{
    /// <summary>One punch moves, the other rests in the die.</summary>
    OnePunch,

    /// <summary>Both punches move, or the die floats: each presses half of the pellet.</summary>
    BothPunches,
}

/// <summary>
/// Axial pressure, density gradient and ejection force of a pellet in a die.
/// <para>p(z) = P·exp(−4·μ·k·z/d) (Janssen), z the distance to the nearest moving punch: double action halves it. Radial stress k·p(z).</para>
/// <para>Density drop ΔD = (dD/dP)·(P − p_far). After release the wall keeps σ_r = r·P, elastically r = k − ν/(1 − ν), zero when that is negative and the pellet comes loose;
/// ejection starts at F = μ·σ_r·π·d·H.</para>
/// <para>For μ 0.2, k 0.65, 10 mm: 1 mm loses 5 %, 0.1 mm 0.5 %. k is 0.61-0.67 for electrolyte and 0.67-0.71 for composite in discrete-element compaction.</para>
/// <para>Validity: slipping wall, friction and k constant through the pellet, H/d below about 1. Ejection is a first estimate: friction at break-away exceeds sliding friction, and the residual
/// stress is known to a factor of two. Source: H. A. Janssen, Z. Ver. Dtsch. Ing. 39 (1895) 1045.</para>
/// </summary>
/// <param name="DiameterMetres">d, m.</param>
/// <param name="HeightMetres">H, height of the pellet, m.</param>
/// <param name="WallFriction">μ, powder on wall.</param>
/// <param name="LateralRatio">k, radial over axial stress.</param>
/// <param name="Action">Which punches move.</param>
public readonly record struct DiePressing(
    double DiameterMetres, double HeightMetres, double WallFriction, double LateralRatio, PressAction Action = PressAction.OnePunch)
{
    /// <summary>Longest distance to a moving punch, m.</summary>
    public double FarMetres => Action == PressAction.BothPunches ? 0.5 * HeightMetres : HeightMetres;

    /// <summary>Axial pressure at a depth below the upper punch, Pa.</summary>
    public double AxialPa(double punchPa, double depthMetres)
    {
        if (!(depthMetres >= 0 && depthMetres <= HeightMetres)) throw new ArgumentOutOfRangeException(nameof(depthMetres), depthMetres, $"the pellet reaches from 0 to {HeightMetres:G4} m");
        double distance = Action == PressAction.BothPunches ? Math.Min(depthMetres, HeightMetres - depthMetres) : depthMetres;
        return punchPa * Mechanics.WallFriction.Transmitted(distance, DiameterMetres, WallFriction, LateralRatio);
    }

    /// <summary>Lowest axial pressure in the pellet: at the resting punch, or at mid-height with double action.</summary>
    public double LowestPa(double punchPa) => punchPa * Mechanics.WallFriction.Transmitted(FarMetres, DiameterMetres, WallFriction, LateralRatio);

    /// <summary>Mean axial pressure over the height, Pa.</summary>
    public double MeanPa(double punchPa) => punchPa * Mechanics.WallFriction.MeanTransmitted(0, FarMetres, DiameterMetres, WallFriction, LateralRatio);

    /// <summary>Relative density at a depth by the powder's pellet law, under load.</summary>
    public double RelativeDensity(CompactionLaw law, double punchPa, double depthMetres) => 1 - law.LoadedPorosity(AxialPa(punchPa, depthMetres));

    /// <summary>Difference of relative density between the moving punch and the farthest place, by a pellet law.</summary>
    public double DensityDrop(CompactionLaw law, double punchPa) => law.LoadedPorosity(LowestPa(punchPa)) - law.LoadedPorosity(punchPa);

    /// <summary>The same from the slope of any pellet law at the punch pressure, first order in the small loss.</summary>
    /// <param name="densityPerPascal">dD/dP, 1/Pa.</param>
    /// <param name="punchPa">P, Pa.</param>
    public double DensityDrop(double densityPerPascal, double punchPa) => densityPerPascal * (punchPa - LowestPa(punchPa));

    /// <summary>r = k − ν/(1 − ν): radial stress left by elastic release over the largest axial pressure; zero when the pellet comes loose.</summary>
    public static double ElasticResidualShare(double lateralRatio, double poissonRatio) => Math.Max(0, lateralRatio - (poissonRatio / (1 - poissonRatio)));

    /// <summary>Force at which the pellet begins to slide out, N.</summary>
    /// <param name="largestPa">Largest punch pressure, Pa.</param>
    /// <param name="residualShare">r, for example <see cref="StructureConstants.ResidualRadialShare"/>.</param>
    public double EjectionNewtons(double largestPa, double residualShare) => WallFriction * residualShare * largestPa * Math.PI * DiameterMetres * HeightMetres;
}
