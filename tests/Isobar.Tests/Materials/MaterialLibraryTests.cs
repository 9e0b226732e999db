using System.Collections.Immutable;
using Isobar.Materials;
using Xunit;

namespace Isobar.Tests.Materials;

public class MaterialLibraryTests
{
    private static readonly MaterialLibrary s_library = new([Make("lithium"), Make("indium"), Make("li6ps5cl-annealed")]);

    [Fact]
    public void An_unknown_id_names_the_nearest_and_all_that_exist()
    {
        UnknownMaterialException fault = Assert.Throws<UnknownMaterialException>(() => s_library.Find("lithum"));
        Assert.Equal("no material 'lithum'; did you mean 'lithium'? the library has indium, li6ps5cl-annealed, lithium", fault.Message);
        Assert.Equal("lithum", fault.Id);
    }

    [Fact]
    public void Two_materials_with_one_id_are_refused()
    {
        Assert.Contains("'lithium'", Assert.Throws<ArgumentException>(() => new MaterialLibrary([Make("lithium"), Make("lithium")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_to_a_library_makes_a_new_one()
    {
        MaterialLibrary larger = s_library.With(Make("sodium"));
        Assert.Equal("sodium", larger.Find("sodium").Id);
        Assert.Null(s_library.TryFind("sodium"));
    }

    private static Material Make(string id) => new(id, id, MaterialKind.SoftMetal, ImmutableSortedDictionary<string, Constant>.Empty);
}
