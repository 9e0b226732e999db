using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>NIST statistical reference data sets (StRD): univariate, one-way analysis of variance, linear regression, to the digits that doubles can hold.</summary>
public sealed class NistTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string, int> AnovaSets => new()
    {
        // The sets with thirteen constant leading digits keep all others because decimals are centred before they become doubles.
        { "SiRstvt", 12 }, { "AtmWtAgt", 10 },
        { "SmLs01t", 13 }, { "SmLs02t", 13 }, { "SmLs03t", 12 }, { "SmLs04t", 12 }, { "SmLs05t", 12 }, { "SmLs06t", 12 }, { "SmLs07t", 12 }, { "SmLs08t", 12 }, { "SmLs09t", 12 },
    };

    [Theory]
    [MemberData(nameof(AnovaSets))]
    public void Analysis_of_variance_has_its_digits(string name, int digits)
    {
        JsonElement certified = Certified(name);
        int groups = certified.GetProperty("k").GetInt32();
        decimal[][] rows = [.. Data(name).Select(Decimals).Where(row => row.Length == groups)];
        if (rows[0].SequenceEqual(Enumerable.Range(1, groups).Select(i => (decimal)i))) rows = rows[1..];
        Assert.Equal(certified.GetProperty("nPerCell").GetInt32(), rows.Length);
        decimal[] values = [.. rows.SelectMany(row => row)];
        string[] labels = [.. rows.SelectMany(_ => Enumerable.Range(1, groups).Select(i => i.ToString(CultureInfo.InvariantCulture)))];
        foreach (MeasurementSeries series in (MeasurementSeries[])[MeasurementSeries.OfDecimals(values), MeasurementSeries.Of(values.Select(value => (double)value).ToArray())])
        {
            OneWayAnova anova = OneWayAnova.Of(series, Grouping.Of("treatment", labels));
            AssertDigits(name, "F", certified.GetProperty("F").GetDouble(), anova.F, digits);
            AssertDigits(name, "residual deviation", certified.GetProperty("resSd").GetDouble(), anova.ResidualDeviation, digits);
            AssertDigits(name, "R²", certified.GetProperty("r2").GetDouble(), anova.RSquared, digits);
            AssertDigits(name, "between", certified.GetProperty("ssB").GetDouble(), anova.SumOfSquaresBetween, digits);
            AssertDigits(name, "within", certified.GetProperty("ssW").GetDouble(), anova.SumOfSquaresWithin, digits);
        }
    }

    [Theory]
    [InlineData("Lew", 13)]
    [InlineData("Lottery", 13)]
    [InlineData("Mavro", 12)]
    [InlineData("Michelso", 12)]
    [InlineData("NumAcc1", 14)]
    [InlineData("NumAcc2", 12)]
    [InlineData("NumAcc3", 12)]
    [InlineData("NumAcc4", 12)]
    public void Mean_deviation_and_correlation_have_their_digits(string name, int digits)
    {
        JsonElement certified = Certified(name);
        double[] values = [.. File.ReadAllLines(SharedData.PathOf("nist", name + ".dat")).SkipWhile(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()).Where(line => double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out _)).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(certified.GetProperty("n").GetInt32(), values.Length);
        Spread spread = Spread.Of(MeasurementSeries.Of(values));
        AssertDigits(name, "mean", certified.GetProperty("mean").GetDouble(), spread.Mean, digits);
        AssertDigits(name, "standard deviation", certified.GetProperty("sd").GetDouble(), spread.StandardDeviation, digits);
        AssertDigits(name, "autocorrelation", certified.GetProperty("r1").GetDouble(), spread.LagOneCorrelation, digits);
    }

    [Theory]
    [InlineData("Norris", 1, 12)]
    [InlineData("Pontius", 2, 11)]
    [InlineData("NoInt1", -1, 14)]
    [InlineData("NoInt2", -1, 14)]
    [InlineData("Filip", 10, 7)]
    [InlineData("Longley", 0, 11)]
    [InlineData("Wampler1", 5, 9)]
    [InlineData("Wampler2", 5, 12)]
    [InlineData("Wampler3", 5, 8)]
    [InlineData("Wampler4", 5, 7)]
    [InlineData("Wampler5", 5, 5)]
    public void Linear_regression_has_its_digits(string name, int degree, int digits)
    {
        JsonElement certified = Certified(name);
        double[][] rows = [.. Data(name).Select(line => Decimals(line).Select(value => (double)value).ToArray()).Where(row => row.Length > 1)];
        Assert.Equal(certified.GetProperty("n").GetInt32(), rows.Length);
        double[] y = [.. rows.Select(row => row[0])];
        List<(string, double[])> terms = degree switch
        {
            -1 => [("x", [.. rows.Select(row => row[1])])],
            0 => [.. Enumerable.Range(1, rows[0].Length - 1).Select(j => ($"x{j}", rows.Select(row => row[j]).ToArray()))],
            _ => [.. Enumerable.Range(1, degree).Select(j => ($"x^{j}", rows.Select(row => Math.Pow(row[1], j)).ToArray()))],
        };
        LinearFit fit = LinearFit.Of(y, terms, intercept: degree >= 0);
        double[] beta = [.. List(certified.GetProperty("beta"))], errors = [.. List(certified.GetProperty("se"))];
        for (int j = 0; j < beta.Length; j++)
        {
            AssertDigits(name, fit.Names[j], beta[j], fit.Coefficients[j], digits);
            AssertDigits(name, "error of " + fit.Names[j], errors[j], fit.StandardError(j), digits);
        }

        AssertDigits(name, "residual deviation", certified.GetProperty("resSd").GetDouble(), fit.ResidualDeviation, digits);
        AssertDigits(name, "R²", certified.GetProperty("r2").GetDouble(), fit.RSquared, digits);
    }

    private static void AssertDigits(string set, string what, double certified, double found, int digits)
    {
        double reached = certified == 0 ? -Math.Log10(Math.Max(Math.Abs(found), 1e-300)) : -Math.Log10(Math.Max(Math.Abs((found - certified) / certified), 1e-17));
        Assert.True(reached >= digits, string.Create(CultureInfo.InvariantCulture, $"{set}: {what} is {found:R}, certified {certified:R}: {reached:F1} digits of {digits}"));
    }

    private static IEnumerable<double> List(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(each => each.GetDouble()) : [element.GetDouble()];

    private static JsonElement Certified(string name) => JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("nist", "certified.json"))).RootElement.GetProperty(name);

    // The header of each file names the lines of its data.
    private static string[] Data(string name)
    {
        string[] lines = File.ReadAllLines(SharedData.PathOf("nist", name + ".dat"));
        Match place = lines.Take(12).Select(line => Regex.Match(line, @"Data +\(lines +(?<from>\d+) +to +(?<to>\d+)", RegexOptions.ExplicitCapture, s_patience)).First(match => match.Success);
        int from = int.Parse(place.Groups["from"].Value, CultureInfo.InvariantCulture), to = int.Parse(place.Groups["to"].Value, CultureInfo.InvariantCulture);
        return lines[(from - 1)..Math.Min(to, lines.Length)];
    }

    private static decimal[] Decimals(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _)).Select(word => decimal.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
