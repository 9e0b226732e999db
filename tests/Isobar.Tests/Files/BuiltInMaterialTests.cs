using Isobar.Lab.Files;
using Isobar.Materials;
using Xunit;

namespace Isobar.Tests.Files;

public class BuiltInMaterialTests
{
    public static TheoryData<string> Ids => [.. BuiltInMaterials.Library.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_material_has_all_constants_of_its_kind(string id)
    {
        Material material = BuiltInMaterials.Library.Find(id);
        Assert.All(MaterialRequirements.Of(material.Kind), needed => Assert.NotNull(material.Find(needed)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_constant_has_a_source_an_uncertainty_and_a_possible_value(string id)
    {
        Assert.All(BuiltInMaterials.Library.Find(id).Constants.Values, constant =>
        {
            Assert.False(string.IsNullOrWhiteSpace(constant.Source));
            Assert.True(constant.Estimate.StandardUncertainty > 0, constant.Definition.Key);
            Assert.InRange(constant.Estimate.Value, constant.Definition.Lowest, constant.Definition.Highest);
            Assert.Equal(constant.Definition.Scale, constant.Estimate.Scale);
            bool judged = constant.Source.StartsWith("judgement: ", StringComparison.Ordinal);
            Assert.True(judged || constant.Source.Any(char.IsAsciiDigit), $"{constant.Definition.Key}: '{constant.Source}' names no year and is not called judgement");
        });
    }

    [Fact]
    public void The_library_holds_the_materials_a_cell_is_made_of()
    {
        string[] expected =
        [
            "75li2s-25p2s5-glass", "aluminium", "aluminium-carbon-coated", "carbon-additive", "graphite", "indium", "inli", "lco", "lgps", "li3ycl6",
            "li5.5ps4.5cl1.5", "li6ps5cl-annealed", "li6ps5cl-ball-milled", "li6ps5cl-fine", "lithium", "llzo", "nmc622-poly", "nmc622-single", "nmc811-poly", "nmc811-single",
            "peek", "silicon", "steel",
        ];
        Assert.Equal(expected, BuiltInMaterials.Library.Ids, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_built_in_file_is_named_after_its_material()
    {
        Assert.Equal(BuiltInData.MaterialFiles, BuiltInMaterials.Library.Ids.Select(id => $"materials/{id}.yaml").Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Indium_is_not_given_a_time_to_short_that_nobody_measured()
    {
        Material indium = BuiltInMaterials.Library.Find("indium");
        Assert.Null(indium.Find(MaterialConstants.ShortTime));
        MissingConstantException fault = Assert.Throws<MissingConstantException>(() => indium.Get(MaterialConstants.ShortTime));
        Assert.Contains("short_time_at_10MPa", fault.Message, StringComparison.Ordinal);
    }
}
