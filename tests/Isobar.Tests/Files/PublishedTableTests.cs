using System.Globalization;
using Isobar.Materials;
using Xunit;

namespace Isobar.Tests.Files;

public class PublishedTableTests
{
    // Tables whose paper has no DOI on record, and one that is arithmetic.
    private static readonly string[] s_withoutDoi =
        ["published/cathode_sigma_vs_pressing_bazzoun2026.csv", "published/densification_halide_varkey2026.csv", "published/ton_on_die_pressure.csv"];

    public static TheoryData<string> Tables => [.. BuiltInData.PublishedTables];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_table_says_what_it_is_and_where_it_comes_from(string name)
    {
        string[] comments = [.. Lines(name).TakeWhile(line => line.StartsWith('#'))];
        Assert.True(comments[0].Length > 20, "the first line is the title");
        Assert.Contains(comments, line => line.StartsWith("# source: ", StringComparison.Ordinal));
        string doi = Assert.Single(comments, line => line.StartsWith("# doi: ", StringComparison.Ordinal))["# doi: ".Length..];
        if (s_withoutDoi.Contains(name, StringComparer.Ordinal)) Assert.Equal("none known", doi);
        else Assert.All(doi.Split(' '), one => Assert.StartsWith("10.", one, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_row_has_as_many_fields_as_the_header(string name)
    {
        string[] rows = [.. Lines(name).SkipWhile(line => line.StartsWith('#'))];
        Assert.True(rows.Length >= 2, "a header and at least one row");
        int fields = rows[0].Split(',').Length;
        Assert.All(rows, row => Assert.Equal(fields, row.Split(',').Length));
        Assert.DoesNotContain(rows.Skip(1), row => row.StartsWith('#'));
    }

    [Fact]
    public void The_porosities_of_the_argyrodite_table_follow_from_its_thicknesses()
    {
        string[] rows = [.. Lines("published/densification_argyrodite_miss2026.csv").SkipWhile(line => line.StartsWith('#')).Skip(1)];
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row =>
        {
            double[] values = [.. row.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            double solid = 80.2e-6 / (Math.PI * 25e-6 * 1870);
            // Porosities are printed to four decimals.
            Assert.Equal(1 - (solid / (values[1] * 1e-3)), values[3], 6e-5);
            Assert.Equal(1 - (solid / (values[2] * 1e-3)), values[5], 6e-5);
        });
    }

    [Fact]
    public void An_unknown_table_names_those_that_exist()
    {
        Assert.Contains("published/volume_change.csv", Assert.Throws<ArgumentException>(() => BuiltInData.Open("published/none.csv")).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(string name)
    {
        using StreamReader reader = new(BuiltInData.Open(name));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
