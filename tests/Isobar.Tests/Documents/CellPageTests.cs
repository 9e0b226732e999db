using Isobar.Cells;
using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>The page of cell files names every key that the reader takes, and its file is one that is read.</summary>
public sealed class CellPageTests
{
    private static readonly string s_page = File.ReadAllText(Repository.PathOf("docs", "reference", "cell-file.md"));

    [Fact]
    public void The_file_on_the_page_is_read()
    {
        Cell cell = CellFile.Parse(Example(), "cell-file.md", BuiltInMaterials.Library);
        Assert.Equal(3, cell.Layers.Length);
        Assert.NotNull(cell.Layers[2].Roughness);
    }

    // An unknown key makes the reader list those that it knows.
    [Theory]
    [InlineData("name: all keys", "bogus: 1\nname: all keys")]
    [InlineData("die: {", "die: {bogus: 1, ")]
    [InlineData("press: {", "press: {bogus: 1, ")]
    [InlineData("ram: {", "ram: {bogus: 1, ")]
    [InlineData("fixture: {", "fixture: {bogus: 1, ")]
    [InlineData("duty: {", "duty: {bogus: 1, ")]
    [InlineData("- name: separator", "- bogus: 1\n    name: separator")]
    [InlineData("{material: nmc811-single", "{bogus: 1, material: nmc811-single")]
    [InlineData("coating: {", "coating: {bogus: 1, ")]
    [InlineData("roughness: {", "roughness: {bogus: 1, ")]
    public void Every_key_that_is_read_is_on_the_page(string here, string unknown)
    {
        int place = Example().IndexOf(here, StringComparison.Ordinal);
        Assert.True(place >= 0, here);
        string file = Example().Remove(place, here.Length).Insert(place, unknown);
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => CellFile.Parse(file, "cell-file.md", BuiltInMaterials.Library));
        Assert.StartsWith("'bogus' is not a key of", refused.Found, StringComparison.Ordinal);
        string[] keys = refused.Expected[(refused.Expected.IndexOf("the keys are ", StringComparison.Ordinal) + "the keys are ".Length)..].Split(", ");
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.True(s_page.Contains($"`{key}`", StringComparison.Ordinal) || s_page.Contains($"{{{key}: ", StringComparison.Ordinal), key));
    }

    private static string Example()
    {
        int from = s_page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        return s_page[from..s_page.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
