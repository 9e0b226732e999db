using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>
/// How far a die may be loaded, with its 90 % band: <see cref="DieStrength"/> with the strengths of the materials it is made of. The band is that of the
/// part which gives first, from its strength and the lateral ratio k (log-normal, first order).
/// </summary>
/// <param name="Verdict">The elastic verdict at the asked pressure.</param>
/// <param name="Low90">Lower end of the band of the largest axial pressure.</param>
/// <param name="High90">Upper end.</param>
public readonly record struct DieLimit(DieVerdict Verdict, SamplePressure Low90, SamplePressure High90)
{
    /// <summary>A die of one ring or, with a backing, of a sleeve in a close ring; the punches are those of the backing's material, or of the wall's when there is none.</summary>
    /// <param name="wall">Material of the wall or sleeve.</param>
    /// <param name="inner">Bore.</param>
    /// <param name="outer">Outer diameter of the wall or sleeve.</param>
    /// <param name="punches">Material of punches and backing.</param>
    /// <param name="backing">Outer diameter of the backing ring; null without one.</param>
    /// <param name="lateralRatio">k with its uncertainty.</param>
    /// <param name="asked">Pressure asked for.</param>
    /// <exception cref="MissingConstantException">A material has no strength.</exception>
    public static DieLimit Of(Material wall, Length inner, Length outer, Material punches, Length? backing, Estimate<Fraction> lateralRatio, SamplePressure asked)
    {
        Estimate punch = punches.Get(MaterialConstants.WorkingStrength).Si, strength = Strength(wall);
        DieRing ring = Ring(wall, inner, outer);
        double k = lateralRatio.Value.Value;
        DieVerdict verdict = backing is { } back
            ? DieStrength.Check(ring, Ring(punches, outer, back), asked.Pascals, k, punch.Value)
            : DieStrength.Check(ring, asked.Pascals, k, punch.Value);
        double u = verdict.Limit switch
        {
            "punch" => punch.RelativeUncertainty,
            "die wall" when backing is not null => Root(Strength(punches).RelativeUncertainty, lateralRatio.Si.RelativeUncertainty),
            _ => Root(strength.RelativeUncertainty, lateralRatio.Si.RelativeUncertainty),
        };
        double spread = Math.Exp(Estimate.CoverageFactor(0.90, double.PositiveInfinity) * Math.Sqrt(Math.Log(1 + (u * u))));
        return new DieLimit(verdict, new SamplePressure(verdict.LargestAxialPa / spread), new SamplePressure(verdict.LargestAxialPa * spread));
    }

    // A polymer yields long before what its sleeves are used at in a frame.
    private static Estimate Strength(Material material) => (material.Find(MaterialConstants.YieldStrength) ?? material.Require(MaterialConstants.WorkingStrength)).Estimate;

    private static DieRing Ring(Material material, Length inner, Length outer) => new(
        inner.Metres, outer.Metres, material.Get(MaterialConstants.YoungsModulus).Si.Value, material.Get(MaterialConstants.PoissonRatio).Si.Value, Strength(material).Value);

    private static double Root(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
