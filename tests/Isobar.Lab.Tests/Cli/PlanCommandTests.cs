using System.Text.Json;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    private readonly CliBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plan_says_and_writes_what_to_press_and_names_its_facts_for_machines()
    {
        CliBench.Result page = await _bench.RunAsync("plan cell.yaml --out plans");
        Assert.Equal(0, page.ExitCode);
        Assert.Contains("for rate", page.Out, StringComparison.Ordinal);
        Assert.Contains("wrote plans/protocol.yaml", page.Out.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", _bench.Read("plans", "report.html"), StringComparison.Ordinal);

        CliBench.Result machine = await _bench.RunAsync("plan cell.yaml --out plans --json");
        JsonElement root = machine.Json();
        Assert.Equal("plan findings protocol report", root.Names());
        JsonElement plan = root.GetProperty("plan");
        Assert.Equal("cell goal windows predictions chosen alternative cost warnings citations rates", plan.Names());
        Assert.Equal("key label kind low high chosen forceKilonewtons holdSeconds reason habit", plan.GetProperty("windows")[0].Names());
        Assert.True(File.Exists(root.GetProperty("protocol").GetString()));
    }

    [Fact]
    public async Task An_edited_protocol_is_kept_until_force_is_asked_for()
    {
        await _bench.PlanAsync();
        string planned = _bench.Read("protocol.yaml"), edited = planned + "# mine\n";
        Assert.Equal(0, (await _bench.RunAsync("plan cell.yaml")).ExitCode);
        _bench.Write("protocol.yaml", edited);

        CliBench.Result refused = await _bench.RunAsync("plan cell.yaml");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(edited, _bench.Read("protocol.yaml"));

        Assert.Equal(0, (await _bench.RunAsync("plan cell.yaml --force")).ExitCode);
        Assert.Equal(planned, _bench.Read("protocol.yaml"));
    }

    [Fact]
    public async Task Reliability_presses_differently_and_says_what_that_costs_in_rate()
    {
        JsonElement rate = (await _bench.RunAsync("plan cell.yaml --out rate --json")).Json().GetProperty("plan");
        JsonElement reliable = (await _bench.RunAsync("plan cell.yaml --goal reliability --out reliable --json")).Json().GetProperty("plan");
        Assert.False(string.Equals(_bench.Read("rate", "protocol.yaml"), _bench.Read("reliable", "protocol.yaml"), StringComparison.Ordinal), "both goals gave one protocol");
        string cost = reliable.GetProperty("cost").GetString()!;
        Assert.Contains("resistance", cost, StringComparison.Ordinal);
        Assert.Matches(@"\d C against .*\d C", cost);
        Assert.True(Scatter(reliable) < Scatter(rate), "the reliability goal scatters no less than the rate goal");
        Assert.True(Resistance(reliable) > Resistance(rate), "the rate goal has no lower resistance than the reliability goal");

        static double Scatter(JsonElement plan) => plan.GetProperty("chosen").GetProperty("scatter").GetProperty("value").GetDouble();
        static double Resistance(JsonElement plan) => plan.GetProperty("chosen").GetProperty("resistance").GetProperty("value").GetDouble();
    }

    [Fact]
    public async Task A_mistake_in_the_cell_file_is_shown_with_its_place_and_its_line()
    {
        string[] lines = _bench.Read("cell.yaml").Split('\n');
        int wrong = Array.FindIndex(lines, line => line.Contains("limit:", StringComparison.Ordinal));
        lines[wrong] = "  limit: 500";
        _bench.Write("cell.yaml", string.Join('\n', lines));
        CliBench.Result result = await _bench.RunAsync("plan cell.yaml --json");
        Assert.Equal(1, result.ExitCode);
        JsonElement error = result.Json().GetProperty("error");
        Assert.Equal($"{_bench.PathOf("cell.yaml")}:{wrong + 1}:10", error.GetProperty("where").GetString());
        Assert.Equal("limit: 500", error.GetProperty("line").GetString()!.Trim());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("next").GetString()));
        Assert.Contains("limit: 500", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("protocol.yaml")), "a protocol was written for a cell that could not be read");
    }

    [Theory]
    [InlineData("plan none.yaml", "none.yaml")]
    [InlineData("run none.yaml", "none.yaml")]
    [InlineData("press none.yaml", "none.yaml")]
    [InlineData("sheet none.yaml", "none.yaml")]
    [InlineData("plan cell.yaml --goal best", "rate or reliability")]
    [InlineData("plan .", "is a folder")]
    public async Task Bad_input_is_named_and_ends_with_one(string commandLine, string named)
    {
        CliBench.Result result = await _bench.RunAsync(commandLine);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains("  next:", result.Error, StringComparison.Ordinal);
    }
}
