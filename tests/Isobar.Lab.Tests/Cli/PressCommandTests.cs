using System.Text.Json;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

public sealed class PressCommandTests : IAsyncLifetime
{
    private readonly CliBench _bench = new();

    public async ValueTask InitializeAsync() => await _bench.PlanAsync();

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_press_is_judged_stored_and_reported_without_a_plan()
    {
        CliBench.Result pressed = await _bench.RunAsync("press protocol.yaml --cell cell.yaml --out out --json");
        Assert.True(pressed.ExitCode == 0, pressed.Error);
        JsonElement root = pressed.Json();
        Assert.Equal("run report press metrics notes", root.Names());
        JsonElement run = root.GetProperty("run");
        Assert.Equal("id outcome judgement samples durationSeconds digest steps", run.Names());
        Assert.Equal("completed", run.GetProperty("outcome").GetString());
        string report = _bench.Read("out", "report.html");
        Assert.Contains("As asked", report, StringComparison.Ordinal);
        foreach (string id in (string[])["answer", "run", "verdicts", "impedance", "missing"]) Assert.Contains($"id=\"{id}\"", report, StringComparison.Ordinal);
        foreach (string id in (string[])["windows", "trade-off", "properties", "sources"]) Assert.DoesNotContain($"id=\"{id}\"", report, StringComparison.Ordinal);

        CliBench.Result again = await _bench.RunAsync($"report {run.GetProperty("id").GetString()![..10]} --out again");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("completed", again.Out, StringComparison.Ordinal);
        Assert.Equal(report, _bench.Read("again", "report.html"));
    }

    [Fact]
    public async Task Without_a_cell_a_pellet_is_pressed_and_the_page_says_what_was_assumed()
    {
        CliBench.Result pressed = await _bench.RunAsync("press pellet.yaml");
        Assert.True(pressed.ExitCode == 0, pressed.Error);
        Assert.Contains("assumed: no cell was given", pressed.Out, StringComparison.Ordinal);
        Assert.Contains("no cell was given", _bench.Read("report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cell_an_impedance_is_refused_before_anything_moves()
    {
        CliBench.Result refused = await _bench.RunAsync("press protocol.yaml");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("add --cell", refused.Error, StringComparison.Ordinal);
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_bench.LabFolder, "lab.db"));
        Assert.Empty(lab.Runs());
    }

    [Fact]
    public async Task A_press_that_does_not_exist_is_refused_with_those_that_do()
    {
        CliBench.Result refused = await _bench.RunAsync("press pellet.yaml --press lab3");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'lab3'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("'simulated'", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("press pellet.yaml --speed 0")]
    [InlineData("press pellet.yaml --speed fast")]
    [InlineData("press pellet.yaml --speed nan")]
    [InlineData("press pellet.yaml --seed -1")]
    public async Task A_speed_or_seed_that_is_none_is_refused(string commandLine) => Assert.Equal(1, (await _bench.RunAsync(commandLine)).ExitCode);

    [Fact]
    public async Task A_protocol_over_the_limit_of_the_die_is_refused_and_ends_with_two()
    {
        string cell = _bench.Read("cell.yaml");
        Assert.Contains("limit: 500 MPa", cell, StringComparison.Ordinal);
        _bench.Write("soft.yaml", cell.Replace("limit: 500 MPa", "limit: 300 MPa", StringComparison.Ordinal));
        foreach (string command in (string[])["press", "sheet"])
        {
            CliBench.Result refused = await _bench.RunAsync($"{command} protocol.yaml --cell soft.yaml");
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("300 MPa", refused.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("press protocol.yaml --cell cell.yaml")]
    [InlineData("run cell.yaml")]
    public async Task A_run_that_is_cancelled_is_released_stored_and_reads_stopped(string commandLine)
    {
        using var stop = new CancellationTokenSource();
        CliBench.Result stopped = await _bench.RunAsync(commandLine, said => { if (said.Contains("hold cathode", StringComparison.Ordinal)) stop.Cancel(); }, stop.Token);
        Assert.Equal(2, stopped.ExitCode);
        Assert.Contains("run stopped", stopped.Out, StringComparison.Ordinal);
        Assert.Contains("Stopped", _bench.Read("report.html"), StringComparison.Ordinal);
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_bench.LabFolder, "lab.db"));
        RunSummary run = Assert.Single(lab.Runs());
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        TraceSample last = lab.Open(run.Id).Record.Samples[^1];
        Assert.True(last.PressurePa < 2e6, $"the last sample of the stopped run is at {last.PressurePa} Pa");
    }

    [Fact]
    public async Task A_sheet_is_a_page_with_the_holds_of_the_protocol()
    {
        CliBench.Result written = await _bench.RunAsync("sheet protocol.yaml --cell cell.yaml --out sheets --json");
        Assert.Equal(0, written.ExitCode);
        Assert.Equal("sheet", written.Json().Names());
        string sheet = _bench.Read("sheets", "sheet.html");
        Assert.StartsWith("<!DOCTYPE html>", sheet, StringComparison.Ordinal);
        Assert.Contains("hold cathode", sheet, StringComparison.Ordinal);
        Assert.Contains("assumed:", (await _bench.RunAsync("sheet protocol.yaml")).Out, StringComparison.Ordinal);
    }
}
