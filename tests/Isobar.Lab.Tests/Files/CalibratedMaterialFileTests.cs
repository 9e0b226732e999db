using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Files;

/// <summary>The material file that a calibration writes: the same powder comes back, every other command reads it, and edits are noticed.</summary>
public sealed class CalibratedMaterialFileTests
{
    private static readonly CalibratedPowder s_powder = Powder();

    [Fact]
    public void A_calibration_comes_back_bit_by_bit()
    {
        CalibratedPowder back = MaterialFile.ParsePowder(MaterialFile.ToText(s_powder, "a test"), "file.yaml");
        foreach (double megapascals in (double[])[15, 50, 120, 250, 400, 700])
        {
            SamplePressure pressure = SamplePressure.FromMegapascals(megapascals), stack = SamplePressure.FromMegapascals(0.3 * megapascals);
            Assert.Equal(s_powder.Calibration!.RelativeDensity(pressure, pressure), back.Calibration!.RelativeDensity(pressure, pressure));
            Assert.Equal(s_powder.Calibration.RelativeDensity(default, pressure), back.Calibration.RelativeDensity(default, pressure));
            Assert.Equal(s_powder.Calibration.ConductivityAt(stack, pressure), back.Calibration.ConductivityAt(stack, pressure));
        }

        Assert.Equal(s_powder.Points.AsEnumerable(), back.Points);
        Assert.Equal(MaterialFile.ToText(s_powder, "a test"), MaterialFile.ToText(back, "a test"));
    }

    [Fact]
    public void The_calibrated_constants_replace_those_of_the_parent_and_the_others_stay()
    {
        Material parent = BuiltInMaterials.Library.Find("li6ps5cl-annealed"), back = MaterialFile.Parse(MaterialFile.ToText(s_powder, "a test"), "file.yaml");
        Assert.Equal("my-powder", back.Id);
        Assert.Equal(parent.Constants.Keys, back.Constants.Keys, StringComparer.Ordinal);
        Constant pressure = back.Require(MaterialConstants.CompactionPressure);
        Assert.StartsWith("calibrated from 4 pellets", pressure.Source, StringComparison.Ordinal);
        Assert.True(pressure.Estimate.Value < parent.Require(MaterialConstants.CompactionPressure).Estimate.Value);
        Assert.Equal(parent.Require(MaterialConstants.Hardness).Source, back.Require(MaterialConstants.Hardness).Source);
        Assert.Equal(parent.Require(MaterialConstants.YoungsModulus).Estimate.Value, back.Require(MaterialConstants.YoungsModulus).Estimate.Value, 1);
    }

    [Theory]
    [InlineData("weight: 0", "weight: 9", "weight is")]
    [InlineData("    power: #", "    powder: #", "did you mean 'power'?")]
    [InlineData("      estimate: [", "      estimate: [0.1, ", "numbers")]
    [InlineData("largest_pressure: 300 MPa", "largest_pressure: 300", "has no unit")]
    [InlineData("  noise: 0", "  noise: -0", "above zero")]
    [InlineData("    - {pressure: ", "    - {pressure: -", "above zero")]
    [InlineData("  conduction:", "  conductions:", "did you mean 'conduction'?")]
    public void An_edited_calibration_is_refused_at_its_place(string piece, string replacement, string fragment)
    {
        string text = MaterialFile.ToText(s_powder, "a test");
        int at = text.IndexOf(piece, text.IndexOf("calibration:", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at > 0, $"'{piece}' is not in the file");
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => MaterialFile.Parse(text.Remove(at, piece.Length).Insert(at, replacement), "file.yaml"));
        Assert.Contains(fragment, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Line > 1);
    }

    [Fact]
    public void A_cell_file_takes_a_material_file_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("isobar-material-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "my-powder.yaml"), MaterialFile.ToText(s_powder, "a test"));
            string example = File.ReadAllText(Isobar.Tests.Repository.PathOf("examples", "nmc811-lpscl-li", "cell.yaml"));
            string cellPath = Path.Combine(folder, "cell.yaml");
            File.WriteAllText(cellPath, WithMaterial(example, "{file: my-powder.yaml}"));
            Cell cell = CellFile.Read(cellPath, BuiltInMaterials.Library);
            Layer separator = cell.Layers.First(layer => layer.Role == LayerRole.Separator);
            Assert.Equal("my-powder", separator.Composition[0].Material.Id);
            Assert.StartsWith("calibrated", separator.Composition[0].Material.Require(MaterialConstants.PouredPorosity).Source, StringComparison.Ordinal);

            File.WriteAllText(cellPath, WithMaterial(example, "{file: my-powder.yaml, hardness: 1 GPa ± 10 %}"));
            Assert.Contains("the file alone", Assert.Throws<IsobarFileException>(() => CellFile.Read(cellPath, BuiltInMaterials.Library)).Message, StringComparison.Ordinal);
            File.WriteAllText(cellPath, WithMaterial(example, "{file: not-there.yaml}"));
            Assert.Contains("not-there.yaml", Assert.Throws<IsobarFileException>(() => CellFile.Read(cellPath, BuiltInMaterials.Library)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The separator of the example becomes the calibrated powder.
    private static string WithMaterial(string cell, string definition)
    {
        int separator = cell.IndexOf("role: separator", StringComparison.Ordinal);
        int material = cell.IndexOf("material: ", separator, StringComparison.Ordinal), end = cell.IndexOf('\n', material);
        string changed = cell[..material] + "material: my-powder" + cell[end..];
        int existing = changed.IndexOf("\nmaterials:", StringComparison.Ordinal);
        return existing < 0
            ? changed.TrimEnd() + $"\n\nmaterials:\n  my-powder: {definition}\n"
            : changed.Insert(existing + "\nmaterials:".Length, $"\n  my-powder: {definition}");
    }

    private static CalibratedPowder Powder()
    {
        string path = Isobar.Tests.Repository.PathOf("examples", "pellets", "pellets.csv");
        Material parent = BuiltInMaterials.Library.Find("li6ps5cl-annealed");
        PelletTable table = PelletFile.Read(path, new PelletFileContext(new MassDensity(1870)));
        PelletCalibration calibration = PelletCalibration.Of(PelletPrior.Of(parent, 1.5), table.Series);
        Material material = CalibratedMaterial.Of(parent, calibration, "calibrated from 4 pellets of pellets.csv") with { Id = "my-powder", Name = "my powder" };
        return new CalibratedPowder(material, calibration, table.Series.Points);
    }
}
