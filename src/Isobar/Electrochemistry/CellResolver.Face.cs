using Isobar.Cells;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <content>The rough face of a separator against an anode foil.</content>
public static partial class CellResolver
{
    // Mean pressure of a flowing spot over the yield strength (D. Tabor, The Hardness of Metals, 1951).
    private const double FlowOverYield = 2.8;

    // A draw of the rms height is not below a tenth of what was measured.
    private const double LeastHeightShare = 0.1;

    // The foil on the separator beside it. The softer of the two flows; a metal without a measured hardness at 2.8 times its yield strength.
    private static RoughFace Face(Cell cell, CellParameters resolved, FaceRoughness roughness, ConstantChoice choose)
    {
        Layer separator = cell.Separators.Last();
        Material metal = cell.Anode.Composition[0].Material;
        double hard = OfElectrolytes(separator, MaterialConstants.Hardness, choose);
        double soft = metal.Find(MaterialConstants.Hardness) is { } measured ? Value(metal.Id, measured, choose) : FlowOverYield * Value(metal, MaterialConstants.YieldStrength, choose);
        double poisson = Electrolytes(separator).Sum(part => part.Share * Value(part.Material, MaterialConstants.PoissonRatio, choose)), ofMetal = Value(metal, MaterialConstants.PoissonRatio, choose);
        double compliance = ((1 - (poisson * poisson)) / OfElectrolytes(separator, MaterialConstants.YoungsModulus, choose)) + ((1 - (ofMetal * ofMetal)) / Value(metal, MaterialConstants.YoungsModulus, choose));
        double height = choose("face " + cell.Anode.Name, Laboratory("rms_height", roughness.RmsHeight.Si)), rank = choose("models", Laboratory("rough_contact", new Estimate(0, 1)));
        return new RoughFace(
            RadialSpectrum.SelfAffine(roughness.LongestWave.Metres, roughness.ShortestWave.Metres, roughness.Hurst, Math.Max(height, LeastHeightShare * roughness.RmsHeight.Value.Metres)),
            1 / compliance, Math.Min(hard, soft), resolved.Layers[cell.Layers.IndexOf(separator)].Conduction.GrainSiemensPerMetre(cell.Temperature.Kelvins), rank);
    }
}
