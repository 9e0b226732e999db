using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar predict, as a user and a program type it.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-predict-").FullName;

    public PredictCommandTests()
    {
        File.Copy(Repository.PathOf("examples", "nmc811-lpscl-li", "cell.yaml"), Path.Combine(_folder, "cell.yaml"));
        string other = File.ReadAllText(Path.Combine(_folder, "cell.yaml")).Replace("nmc811-single", "nmc622-single", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "other.yaml"), other);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_answer_holds_runs_with_bands_and_an_impedance()
    {
        CommandLine.Result result = await CommandLine.RunAsync("predict cell.yaml --pressures 400,375,25,5MPa --rates 0.1,1 --impedance 1mHz..1MHz --draws 20 --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        JsonElement root = document.RootElement;
        Assert.Equal(5, root.GetProperty("pressuresMegapascals").GetProperty("stack").GetDouble(), 1e-12);
        Assert.Equal([0.1, 1], root.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("rate").GetDouble()));
        foreach (JsonElement run in root.GetProperty("runs").EnumerateArray())
        {
            JsonElement band = run.GetProperty("band"), capacity = band.GetProperty("capacity");
            Assert.Equal(run.GetProperty("dischargeCapacity").GetDouble(), capacity.GetProperty("value").GetDouble(), 1e-12);
            Assert.InRange(capacity.GetProperty("value").GetDouble(), capacity.GetProperty("low90").GetDouble(), capacity.GetProperty("high90").GetDouble());
            Assert.Equal(band.GetProperty("capacityGrid").GetArrayLength(), band.GetProperty("voltageLow90").GetArrayLength());
            Assert.Equal(run.GetProperty("time").GetArrayLength(), run.GetProperty("voltage").GetArrayLength());
        }

        JsonElement impedance = root.GetProperty("impedance");
        Assert.Equal(impedance.GetProperty("frequency").GetArrayLength(), impedance.GetProperty("band").GetProperty("realLow90").GetArrayLength());
        // What the best cell was made of can be simulated again.
        Assert.InRange(root.GetProperty("parameters").GetProperty("theta_c").GetDouble(), 0.01, 1);
    }

    [Theory]
    [InlineData("predict", "predict cell.yaml --pressures 400,375,25,5MPa --rates 0.1,1,3 --draws 40 --impedance")]
    [InlineData("predict-help", "predict --help")]
    [InlineData("predict-pressures", "predict cell.yaml --pressures 400,375,25MPa")]
    [InlineData("predict-chemistry", "predict other.yaml --pressures 400,375,25,5MPa")]
    [InlineData("predict-both", "predict cell.yaml --pressures 400,375,25,5MPa --after 01K")]
    [InlineData("predict-no-run", "predict cell.yaml --after 01K")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        // Progress is for the moment; of a failure the error stream is the answer.
        string error = result.ExitCode == 0 || result.Error.Length == 0 ? "" : "--- error stream ---\n" + result.Error;
        string transcript = $"$ isobar {commandLine}\n{result.Out}{error}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Theory]
    [InlineData("predict cell.yaml --pressures 400,375,25,-5MPa")]
    [InlineData("predict cell.yaml --pressures 400,375,25,5MPa --rates 0")]
    [InlineData("predict cell.yaml --pressures 400,375,25,5MPa --draws 3")]
    [InlineData("predict cell.yaml --pressures 400,375,25,5MPa --cut-off 2.5")]
    [InlineData("predict cell.yaml --pressures 400,375,25,5MPa --chemistry nowhere")]
    public async Task Bad_input_ends_with_one_and_says_what_to_do(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }
}
