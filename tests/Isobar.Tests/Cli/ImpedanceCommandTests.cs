using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Isobar.Impedance;
using Isobar.Tests.Impedance;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar fit, kk and drt, as a user or a script calls them.</summary>
public sealed class ImpedanceCommandTests : IDisposable
{
    private const string Bench = "R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})";

    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-impedance-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_fit_tells_its_parameters_with_errors_to_a_script()
    {
        Write("bench.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.005, 4));
        JsonElement fit = await JsonAsync("fit bench.csv --circuit R0-p(R1,CPE1)-p(R2,CPE2) --json");
        JsonElement[] parameters = [.. fit.GetProperty("parameters").EnumerateArray()];
        Assert.Equal("R0 R1 CPE1.Q CPE1.n R2 CPE2.Q CPE2.n", string.Join(' ', parameters.Select(parameter => parameter.GetProperty("name").GetString()!)));
        double[] truth = [10, 40, 1e-6, 0.9, 100, 1e-3, 0.85];
        for (int k = 0; k < truth.Length; k++)
        {
            (double value, double error) = (Number(parameters[k], "value"), Number(parameters[k], "se"));
            // Five standard errors: a chance of less than one in a million.
            Assert.Equal(truth[k], value, 5 * error);
            Assert.True(Number(parameters[k], "low95") < value && value < Number(parameters[k], "high95"));
        }

        Assert.InRange(Number(fit, "noise"), 0.004, 0.006);
        Assert.InRange(Number(fit, "sumOfSquares"), 0.0015, 0.0045);
        Assert.True(fit.GetProperty("identifiable").GetBoolean());
        Assert.True(Number(fit, "seconds") > 0);
    }

    [Fact]
    public async Task A_circuit_is_chosen_where_none_is_given()
    {
        Write("bench.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.005, 4));
        JsonElement fit = await JsonAsync("fit bench.csv --json");
        Assert.Equal("R0-p(R1,CPE1)-p(R2,CPE2)", fit.GetProperty("circuit").GetString());
        Assert.True(fit.GetProperty("fits")[0].GetProperty("choice").GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task A_test_tells_verdict_noise_and_residuals()
    {
        Write("good.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.002, 4));
        JsonElement test = await JsonAsync("kk good.csv --json");
        Assert.Equal("valid", test.GetProperty("verdict").GetString());
        Assert.InRange(Number(test, "noise"), 0.0015, 0.0025);
        Assert.Equal(60, test.GetProperty("residuals").GetArrayLength());
        Write("bad.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.05, 4));
        CommandLine.Result bad = await CommandLine.RunAsync("kk bad.csv --json", _folder);
        Assert.Equal(2, bad.ExitCode);
        Assert.Equal("invalid", JsonDocument.Parse(bad.Out).RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Pressures_from_a_named_column_or_a_list_make_a_series()
    {
        Spectrum[] sweeps = [.. ((double[])[5, 10, 20, 40, 80]).Select((p, i) => ReferenceSpectra.Computed(FormattableString.Invariant($"R0{{R=12}}-p(R1{{R={300 * Math.Pow(p, -0.7)}}},CPE1{{Q=1e-5,n=.9}})"), 1e6, 10, 40, 0.001, (ulong)i))];
        var text = new StringBuilder("freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm,load cell\n");
        for (int i = 0; i < sweeps.Length; i++) Rows(sweeps[i], text, FormattableString.Invariant($",{5 * (1 << i)}"));
        File.WriteAllText(Path.Combine(_folder, "series.csv"), text.ToString());
        foreach (string command in (string[])["fit series.csv --pressure-column 'load cell' --circuit R0-p(R1,CPE1) --json", "fit series.csv --pressures 5,10,20,40,80MPa --circuit R0-p(R1,CPE1) --json"])
        {
            JsonElement law = (await JsonAsync(command)).GetProperty("laws").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "R1");
            Assert.Equal(0.7, Number(law, "exponent"), 0.05);
            Assert.True(Number(law, "exponentLow95") < 0.7 && Number(law, "exponentHigh95") > 0.7);
        }

        CommandLine.Result wrong = await CommandLine.RunAsync("fit series.csv --pressure-column nothing", _folder);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("'load cell'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distribution_tells_its_peaks()
    {
        Write("bench.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.002, 4));
        JsonElement peaks = (await JsonAsync("drt bench.csv --json")).GetProperty("peaks");
        Assert.Equal(2, peaks.EnumerateArray().Count(peak => peak.GetProperty("inBand").GetBoolean()));
    }

    [Theory]
    [InlineData("fit bench.csv --circuit R0-X1", "begins no element")]
    [InlineData("fit bench.csv --circuit R0{R=1F}", "every parameter")]
    [InlineData("fit bench.csv --weighting heavy", "is not a weighting")]
    [InlineData("fit bench.csv --copies 3", "make no interval")]
    [InlineData("fit bench.csv --pressures 5,10MPa", "2 pressures are given for 1 sweep")]
    [InlineData("fit bench.csv --thickness 1mm", "without an area")]
    [InlineData("kk bench.csv --sweep 3", "has 1 sweeps")]
    [InlineData("drt bench.csv --from 1e-9", "no point")]
    [InlineData("drt bench.csv --noise 2", "is not possible")]
    [InlineData("fit nowhere.csv", "nowhere.csv")]
    public async Task What_cannot_be_done_is_said(string command, string found)
    {
        Write("bench.csv", ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.002, 4));
        CommandLine.Result result = await CommandLine.RunAsync(command, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(found, result.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> JsonAsync(string command)
    {
        CommandLine.Result result = await CommandLine.RunAsync(command, _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private void Write(string name, Spectrum spectrum)
    {
        var text = new StringBuilder("freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n");
        Rows(spectrum, text, "");
        File.WriteAllText(Path.Combine(_folder, name), text.ToString());
    }

    private static void Rows(Spectrum spectrum, StringBuilder text, string rest)
    {
        foreach ((double hertz, Complex z) in spectrum.Hertz.Zip(spectrum.Ohms)) text.Append(CultureInfo.InvariantCulture, $"{hertz:R},{z.Real:R},{-z.Imaginary:R}{rest}\n");
    }

    private static double Number(JsonElement element, string property) => element.GetProperty(property).GetDouble();
}
