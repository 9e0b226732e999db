using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Xunit;

namespace Isobar.Tests.Mechanics.Surfaces;

public sealed class PerssonContactTests(ITestOutputHelper output)
{
    private static readonly RadialSpectrum s_reference = SelfAffineSurface.SpectrumOf(new SurfaceRecipe(1, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1));

    [Fact]
    public void Explore()
    {
        var persson = new PerssonContact(s_reference, 1);
        foreach (var row in SharedContactData.Rows("contact_constriction_reference.csv"))
        {
            PerssonLoad load = persson.At(row.Number("p_over_Estar"));
            output.WriteLine($"{load.PressurePa} area {load.Area.Value:G5} {row["area"]} gap {load.MeanGap.Value:G5} {row["mean_gap"]} {load.MeanGap.Value / row.Number("mean_gap"):G4} K {load.Stiffness.Value:G5} {row["K_fd"]} {load.Stiffness.Value / row.Number("K_fd"):G4}");
        }

        var capped = new PerssonContact(s_reference, 1, 0.5);
        foreach (var row in SharedContactData.Rows("contact_plastic_reference.csv"))
        {
            PerssonLoad load = capped.At(row.Number("p_over_Estar"));
            output.WriteLine($"{load.PressurePa} area {load.Area.Value:G5} {row["area"]} plastic {load.PlasticArea:G5} {row["plastic_area"]} gap {load.MeanGap.Value:G5} {row["void_mean"]}");
        }
    }
}
