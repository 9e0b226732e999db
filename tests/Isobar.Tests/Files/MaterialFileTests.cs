using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files;

public class MaterialFileTests
{
    private const string Good = """
        isobar: material/1
        id: my-peek
        name: "my PEEK"
        kind: structural
        constants:
          youngs_modulus:
            value: 3.7 GPa ± 8 %
            range: 3 GPa to 4 GPa
            source: "handbook 1999"
            doi: 10.1000/182
          poisson_ratio: {value: 0.38 ± 0.02, source: "judgement: handbook"}
          working_strength: {value: 400 MPa ± 60 MPa, source: "judgement: as used"}
        """;

    [Fact]
    public void A_material_file_gives_value_uncertainty_range_and_source()
    {
        Material material = MaterialFile.Parse(Good, "file.yaml");
        Constant modulus = material.Require(MaterialConstants.YoungsModulus);
        Assert.Equal(MaterialKind.Structural, material.Kind);
        Assert.Equal(3.7e9, modulus.Estimate.Value, 1);
        Assert.Equal(0.08, modulus.Estimate.RelativeUncertainty, 1e-12);
        Assert.Equal(EstimateScale.Logarithmic, modulus.Estimate.Scale);
        Assert.Equal(new Interval(3e9, 4e9), modulus.Range);
        Assert.Equal("10.1000/182", modulus.Doi);
        Assert.Null(material.Require(MaterialConstants.PoissonRatio).Doi);
    }

    [Theory]
    [InlineData("kind: structural", "kind: ¤structure", "did you mean 'structural'?")]
    [InlineData("id: my-peek", "id: ¤My PEEK", "cannot be an id")]
    [InlineData("value: 3.7 GPa ± 8 %", "value: ¤3.7 GPa", "no uncertainty", "wide ±")]
    [InlineData("value: 3.7 GPa ± 8 %", "value: ¤3.7 GPa ± 0 %", "no uncertainty")]
    [InlineData("value: 3.7 GPa ± 8 %", "value: ¤3.7 ± 8 %", "has no unit")]
    [InlineData("value: 3.7 GPa ± 8 %", "value: ¤3,7 GPa ± 8 %", "comma")]
    [InlineData("range: 3 GPa to 4 GPa", "range: ¤3 GPa - 4 GPa", "not a range", "low to high")]
    [InlineData("range: 3 GPa to 4 GPa", "range: ¤4 GPa to 3 GPa", "ends below")]
    [InlineData("range: 3 GPa to 4 GPa", "range: ¤1 GPa to 2 GPa", "outside its range")]
    [InlineData("range: 3 GPa to 4 GPa", "range: ¤3 GPa ± 1 % to 4 GPa", "an end of a range has no uncertainty")]
    [InlineData("doi: 10.1000/182", "doi: ¤https://doi.org/10.1000/182", "not a DOI")]
    [InlineData("    source: \"handbook 1999\"\n", "    ¤sauce: \"handbook 1999\"\n", "did you mean 'source'?")]
    [InlineData("  youngs_modulus:", "  ¤young_modulus:", "did you mean 'youngs_modulus'?")]
    public void A_fault_is_shown_where_it_stands(string piece, string replacement, string first, string? second = null) =>
        MarkedText.Expect(Good.With(piece, replacement), text => MaterialFile.Parse(text, "file.yaml"), second is null ? [first] : [first, second]);

    [Fact]
    public void A_constant_that_the_kind_needs_and_that_is_missing_is_named()
    {
        string text = Good.With("  youngs_modulus:", "  ¤youngs_modulus:").With("  working_strength: {value: 400 MPa ± 60 MPa, source: \"judgement: as used\"}", "");
        MarkedText.Expect(text, t => MaterialFile.Parse(t, "file.yaml"), "no 'working_strength'", "MPa", "judgement");
    }
}
