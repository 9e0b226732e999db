using System.Text.Json;
using Isobar.Tests.Published;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar simulate, as a user and a program type it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-simulate-").FullName;

    public SimulateCommandTests()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("examples", "cell-model"))) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// Another program's discharges on a fine grid: the voltage, joined by straight lines between the points of the answer, within 0.1 mV after the first 10 s and
    /// 1 mV before, the end within 0.05 s. Both programs stand within about half of this from the exact answer.
    /// </summary>
    [Theory]
    [InlineData("base", 1, 1)]
    [InlineData("theta_c", 0.5, 1)]
    [InlineData("theta_a", 1, 0.5)]
    public async Task Discharges_are_those_of_the_reference_tables(string name, double cathode, double anode)
    {
        ReferenceTable? table = ReferenceTable.TryRead("cell-model", "pybamm_assb_halfcell_discharge.csv");
        Assert.SkipWhen(table is null, "shared/data/cell-model is not there");
        await File.WriteAllTextAsync(Path.Combine(_folder, "case.yaml"), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"like: reference\ntheta_c: {cathode}\ntheta_a: {anode}\n"), TestContext.Current.CancellationToken);
        JsonElement run = (await Answer("simulate case.yaml --rate 1 --json")).GetProperty("runs")[0];
        double[] time = Numbers(run, "time"), voltage = Numbers(run, "voltage"), capacity = Numbers(run, "capacity");
        Assert.Equal("lowerVoltage", run.GetProperty("endReason").GetString());
        Assert.True(time[0] == 0, "the times begin with the current");
        int compared = 0;
        double end = 0, charge = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.Text(row, "case") != name) continue;
            double at = end = table.Number(row, "time_s");
            charge = table.Number(row, "capacity_mAh_per_cm2");
            Assert.Equal(table.Number(row, "voltage_fine_V"), Interpolate(time, voltage, Math.Min(at, time[^1])), at > 10 ? 1e-4 : 1e-3);
            compared++;
        }

        Assert.True(compared > 100, $"only {compared} points of '{name}'");
        Assert.Equal(end, time[^1], 0.05);
        // 0.05 s of 25.6 A/m².
        Assert.Equal(charge, capacity[^1], 4e-5);
    }

    /// <summary>The closed form of the reference at its own frequencies, relative to the modulus; the table is printed to ten digits.</summary>
    [Fact]
    public async Task The_impedance_is_that_of_the_reference_tables_at_their_frequencies()
    {
        ReferenceTable? table = ReferenceTable.TryRead("cell-model", "pybamm_assb_halfcell_eis.csv");
        Assert.SkipWhen(table is null, "shared/data/cell-model is not there");
        await File.WriteAllTextAsync(Path.Combine(_folder, "case.yaml"), "like: reference\nx0: 0.5\nVmin: 2.8\n", TestContext.Current.CancellationToken);
        JsonElement impedance = (await Answer("simulate case.yaml --impedance 0.1mHz..1MHz --json")).GetProperty("impedance");
        double[] hertz = Numbers(impedance, "frequency"), real = Numbers(impedance, "real"), imaginary = Numbers(impedance, "imaginary");
        Assert.Equal(table.Count, hertz.Length);
        for (int row = 0; row < table.Count; row++)
        {
            Assert.Equal(table.Number(row, "frequency_Hz"), hertz[row], 1e-9 * hertz[row]);
            double re = 1e4 * table.Number(row, "base_analytic_re"), im = 1e4 * table.Number(row, "base_analytic_im");
            double modulus = Math.Sqrt((re * re) + (im * im));
            Assert.Equal(re, real[row], 1e-9 * modulus);
            Assert.Equal(im, imaginary[row], 1e-9 * modulus);
        }
    }

    [Fact]
    public async Task The_components_sum_to_the_voltage_at_every_point()
    {
        JsonElement answer = await Answer("simulate measured-curve.yaml --rate 0.2,1 --json");
        foreach (JsonElement run in answer.GetProperty("runs").EnumerateArray())
        {
            double[] voltage = Numbers(run, "voltage");
            double[][] parts = [.. run.GetProperty("components").EnumerateObject().Select(part => part.Value.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
            Assert.Equal(10, parts.Length);
            for (int i = 0; i < voltage.Length; i++) Assert.Equal(voltage[i], parts.Sum(part => part[i]), 1e-12);
            Assert.Equal(voltage.Length, Numbers(run, "time").Length);
            Assert.Equal(voltage.Length, Numbers(run, "capacity").Length);
        }
    }

    [Fact]
    public async Task The_tables_hold_what_the_answer_holds()
    {
        JsonElement answer = await Answer("simulate parameters.yaml --rate 1,3 --impedance 1Hz..10kHz --csv out.csv --json");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "out.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(1 + answer.GetProperty("runs").EnumerateArray().Sum(run => run.GetProperty("time").GetArrayLength()), lines.Length);
        Assert.Equal(Numbers(answer.GetProperty("runs")[1], "voltage")[^1].ToString("R", System.Globalization.CultureInfo.InvariantCulture), lines[^1].Split(',')[2]);
        string[] impedance = await File.ReadAllLinesAsync(Path.Combine(_folder, "out-impedance.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(1 + 33, impedance.Length);
        Assert.StartsWith("frequency_Hz,real_ohm_cm2,imaginary_ohm_cm2", impedance[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frequencies_begin_with_the_lowest_and_end_with_the_highest()
    {
        double[] hertz = Numbers((await Answer("simulate reference --impedance 1mHz..7MHz --json")).GetProperty("impedance"), "frequency");
        Assert.Equal(1e-3, hertz[0], 1e-12);
        Assert.Equal(7e6, hertz[^1], 1e-3);
        Assert.True(hertz.Zip(hertz.Skip(1)).All(pair => pair.First < pair.Second));
    }

    [Theory]
    [InlineData("simulate", "simulate parameters.yaml --rate 0.1,1,3 --impedance 1mHz..7MHz")]
    [InlineData("simulate-classes", "simulate measured-curve.yaml --rate 0.2")]
    [InlineData("simulate-titration", "simulate nmc811-lpscl-li --protocol titration.yaml")]
    [InlineData("simulate-help", "simulate --help")]
    [InlineData("simulate-nothing", "simulate reference")]
    [InlineData("simulate-unknown-set", "simulate refernce --rate 1")]
    [InlineData("simulate-unknown-symbol", "simulate slip.yaml --rate 1")]
    [InlineData("simulate-not-carried", "simulate reference --rate 1,30")]
    [InlineData("simulate-end-of-curve", "simulate beyond.yaml --rate 0.1")]
    [InlineData("simulate-no-unit", "simulate reference --impedance 1..100")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "slip.yaml"), "like: reference\nkapa_SE: 0.3\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "beyond.yaml"), "like: reference\nVmin: 2.5\n", TestContext.Current.CancellationToken);
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        // Messages name a file by its whole path; the folder of a test is another each time.
        Golden.Check(transcript.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Theory]
    [InlineData("simulate parameters.yaml --rate 0")]
    [InlineData("simulate parameters.yaml --rate 1,x")]
    [InlineData("simulate parameters.yaml --impedance 1Hz")]
    [InlineData("simulate parameters.yaml --impedance 10Hz..1Hz")]
    [InlineData("simulate parameters.yaml --impedance 1Hz..2V")]
    [InlineData("simulate parameters.yaml --rate 1 --plot out.pdf")]
    [InlineData("simulate parameters.yaml --impedance 1Hz..10Hz --points 0")]
    [InlineData("simulate nowhere.yaml --rate 1")]
    public async Task Bad_input_ends_with_one_and_says_what_to_do(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Answer(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.True(result.ExitCode == 0, result.Error + result.Out);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }

    private static double[] Numbers(JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray().Select(value => value.GetDouble())];

    private static double Interpolate(double[] x, double[] y, double at)
    {
        int i = Array.BinarySearch(x, at);
        if (i >= 0) return y[i];
        i = ~i;
        return y[i - 1] + ((at - x[i - 1]) / (x[i] - x[i - 1]) * (y[i] - y[i - 1]));
    }
}
