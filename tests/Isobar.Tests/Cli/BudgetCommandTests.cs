using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar budget and isobar check force, as a user types them.</summary>
public sealed class BudgetCommandTests : IDisposable
{
    private const string Pressure = "budget pressure --force '29.452kN ± 0.5%' --indication 100N --die '10mm ± 0.01mm' --wall 0..4%";
    private const string Conductivity = "budget conductivity --resistance '30 ± 0.5 ohm' --thickness '0.6mm ± 0.01mm' --die '10mm ± 0.02mm'";

    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-budget-").FullName;

    public BudgetCommandTests()
    {
        File.Copy(Repository.PathOf("examples", "cells", "force.csv"), Path.Combine(_folder, "force.csv"));
        File.WriteAllText(Path.Combine(_folder, "tons.csv"), "indicated_ton,true_kN\n1,9.8\n");
        File.WriteAllText(Path.Combine(_folder, "few.csv"), "indicated_kN,true_kN\n10,9.9\n20,19.0\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("budget-pressure", Pressure)]
    [InlineData("budget-torque", "budget torque --torque '2 ± 0.1 N m' --screws 3 --thread 6mm --die 10mm")]
    [InlineData("budget-conductivity", Conductivity + " --correlate resistance,thickness=0.3 --freedom diameter=9")]
    [InlineData("budget-help", "budget pressure --help")]
    [InlineData("budget-of-what", "budget")]
    [InlineData("budget-no-unit", "budget pressure --force 29.452 --die 10mm")]
    [InlineData("budget-no-input", Conductivity + " --correlate resistance,temperature=0.3")]
    [InlineData("budget-impossible-correlation", Conductivity + " --correlate resistance,thickness=1.3")]
    [InlineData("budget-correlated-limits", Pressure + " --correlate force,indication=0.5")]
    [InlineData("budget-few-readings", Conductivity + " --freedom resistance=2")]
    [InlineData("check-force", "check force force.csv --resolution 10N --zero 5N")]
    [InlineData("check-force-class", "check force force.csv --resolution 100N --class 0.5")]
    [InlineData("check-force-tons", "check force tons.csv")]
    [InlineData("check-force-few", "check force few.csv")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript.Replace(_folder, "FOLDER", StringComparison.Ordinal), "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    /// <summary>The budget that the reference collection computes: 367.49 MPa, u 4.815 both ways, shortest interval 358.84 to 376.23 of two million draws.</summary>
    [Fact]
    public async Task The_pressure_of_the_reference_collection_is_found_again()
    {
        JsonElement answer = JsonDocument.Parse((await CommandLine.RunAsync(Pressure + " --json", _folder)).Out).RootElement;
        Assert.Equal(367.49, answer.GetProperty("value").GetDouble(), 0.005);
        Assert.Equal(4.815, answer.GetProperty("standardUncertainty").GetDouble(), 0.0005);
        // A million draws know a standard deviation to 0.1 % and the ends of an interval to about as much of it.
        Assert.Equal(4.815, answer.GetProperty("monteCarloUncertainty").GetDouble(), 0.015);
        Assert.Equal(358.84, answer.GetProperty("shortestInterval")[0].GetDouble(), 0.1);
        Assert.Equal(376.23, answer.GetProperty("shortestInterval")[1].GetDouble(), 0.1);
        Assert.False(answer.GetProperty("firstOrderValidated").GetBoolean());
        Assert.Equal(1, answer.GetProperty("inputs").EnumerateArray().Sum(input => input.GetProperty("varianceShare").GetDouble()), 1e-9);
    }

    /// <summary>u²(σ)/σ² = u_R² + u_L² + 4u_d² − 2·r·u_R·u_L, relative: resistance and thickness pull in opposite directions.</summary>
    [Fact]
    public async Task A_correlation_counts_with_its_sign()
    {
        JsonElement answer = JsonDocument.Parse((await CommandLine.RunAsync(Conductivity + " --correlate R,L=0.3 --json", _folder)).Out).RootElement;
        double r = 0.5 / 30, l = 0.01 / 0.6, d = 2 * 0.02 / 10, sigma = 10 * 0.6e-3 / (30 * Math.PI / 4 * 1e-4);
        double u = sigma * Math.Sqrt((r * r) + (l * l) + (d * d) - (2 * 0.3 * r * l));
        // The slopes come from differences.
        Assert.Equal(u, answer.GetProperty("standardUncertainty").GetDouble(), 1e-6 * u);
        Assert.Equal(u, answer.GetProperty("monteCarloUncertainty").GetDouble(), 0.01 * u);
    }
}
