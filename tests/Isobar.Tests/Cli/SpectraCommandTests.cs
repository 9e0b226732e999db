using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar spectra and isobar cycles, as a user types them, with good files and with wrong ones.</summary>
public sealed class SpectraCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-spectra-").FullName;

    public SpectraCommandTests()
    {
        foreach (string[] file in (string[][])[["spectra", "pellet-pressures.csv"], ["spectra", "unclear.csv"], ["cycling", "cell-07.bdf.csv"]]) File.Copy(Repository.PathOf(["examples", .. file]), Path.Combine(_folder, file[1]));
        File.WriteAllBytes(Path.Combine(_folder, "picture.png"), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        File.WriteAllText(Path.Combine(_folder, "empty.z"), "");
        File.WriteAllText(Path.Combine(_folder, "no-frequency.csv"), "Re(Z)/Ohm,-Im(Z)/Ohm\n10,2\n11,3\n12,4\n");
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "Pressed at 375 MPa.\nLooks good.\n");
        Directory.CreateDirectory(Path.Combine(_folder, "sweeps"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("spectra", "spectra pellet-pressures.csv --area 0.785cm2")]
    [InlineData("spectra-unclear", "spectra unclear.csv")]
    [InlineData("spectra-some-wrong", "spectra pellet-pressures.csv no-frequency.csv picture.png")]
    [InlineData("spectra-empty", "spectra empty.z")]
    [InlineData("spectra-folder", "spectra sweeps")]
    [InlineData("spectra-words", "spectra notes.txt")]
    [InlineData("spectra-missing", "spectra nothing.mpr")]
    [InlineData("spectra-of-cycling", "spectra cell-07.bdf.csv")]
    [InlineData("spectra-help", "spectra --help")]
    [InlineData("cycles", "cycles cell-07.bdf.csv --capacity 2mAh")]
    [InlineData("cycles-of-spectra", "cycles pellet-pressures.csv")]
    [InlineData("cycles-help", "cycles --help")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error.Replace(_folder, "FOLDER", StringComparison.Ordinal) : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript, "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Fact]
    public async Task Json_has_every_sweep_and_the_file_that_failed()
    {
        CommandLine.Result result = await CommandLine.RunAsync("spectra pellet-pressures.csv no-frequency.csv --json", _folder);
        Assert.Equal(1, result.ExitCode);
        using var document = JsonDocument.Parse(result.Out);
        JsonElement[] files = [.. document.RootElement.GetProperty("files").EnumerateArray()];
        Assert.Equal([25, 50, 100, 200], files[0].GetProperty("sweeps").EnumerateArray().Select(sweep => Math.Round(sweep.GetProperty("pressureMPa").GetDouble())));
        Assert.All(files[0].GetProperty("sweeps").EnumerateArray(), sweep => Assert.Equal(36, sweep.GetProperty("points").GetInt32()));
        Assert.Contains("no column of frequencies", files[1].GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_of_cycles_has_capacity_efficiency_and_pressure()
    {
        CommandLine.Result result = await CommandLine.RunAsync("cycles cell-07.bdf.csv --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        JsonElement[] cycles = [.. document.RootElement.GetProperty("cycles").EnumerateArray()];
        Assert.Equal(3, cycles.Length);
        JsonElement discharge = cycles[0].GetProperty("discharge");
        Assert.InRange(discharge.GetProperty("capacityMAh").GetDouble(), 1.6, 1.8);
        Assert.InRange(discharge.GetProperty("pressureMPa").GetDouble(), 50, 52);
        Assert.Equal(discharge.GetProperty("capacityMAh").GetDouble() / cycles[0].GetProperty("charge").GetProperty("capacityMAh").GetDouble(), cycles[0].GetProperty("coulombicEfficiency").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("spectra pellet-pressures.csv --plot all.svg", "all.svg")]
    [InlineData("spectra pellet-pressures.csv --plot all.png", "all.png")]
    [InlineData("cycles cell-07.bdf.csv --plot cycles.svg", "cycles-dvdq.svg")]
    public async Task Figures_are_drawn(string commandLine, string file)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(new FileInfo(Path.Combine(_folder, file)).Length > 1000);
    }

    [Theory]
    [InlineData("spectra")]
    [InlineData("spectra unclear.csv --unit furlong")]
    [InlineData("spectra unclear.csv --area 3mm")]
    [InlineData("spectra unclear.csv --area 0cm2")]
    [InlineData("spectra unclear.csv --imaginary maybe")]
    [InlineData("spectra unclear.csv --format gamri")]
    [InlineData("spectra unclear.csv --plot out.pdf")]
    [InlineData("spectra unclear.csv --plot")]
    [InlineData("spectra no-frequency.csv picture.png --plot out.svg")]
    [InlineData("cycles cell-07.bdf.csv --capacity 2")]
    [InlineData("cycles cell-07.bdf.csv --capacity -2mAh")]
    [InlineData("cycles cell-07.bdf.csv --format arbine")]
    [InlineData("cycles picture.png")]
    [InlineData("cycles sweeps")]
    public async Task Bad_input_is_exit_code_1_with_what_to_do_next(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("next:", result.Error, StringComparison.Ordinal);
    }
}
