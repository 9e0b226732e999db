using System.Text.Json;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Presses;
using Isobar.Protocols;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>A press between its runs, as a person sees it: its zero, what stop does, and a run that was lost on it.</summary>
public sealed class PressLifeCommandTests : IDisposable
{
    private const string Pellet = "pellet.yaml";
    private readonly CliBench _bench = new();

    public PressLifeCommandTests() => File.Copy(Path.Combine(Repository.Root, "examples", "protocols", Pellet), _bench.PathOf(Pellet));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_press_is_tared_and_the_run_says_by_what()
    {
        CliBench.Result never = await _bench.RunAsync("tare 5t --log");
        Assert.Contains("never tared", never.Out, StringComparison.Ordinal);
        CliBench.Result tared = await _bench.RunAsync("tare 5t --reason 'morning' --json");
        Assert.True(tared.ExitCode == 0, tared.Error);
        Assert.Equal("press readings tare", tared.Json().Names());
        double zero = tared.Json().GetProperty("tare").GetProperty("zeroNewtons").GetDouble();
        CliBench.Result pressed = await _bench.RunAsync("press pellet.yaml --press 5t --tare --json");
        Assert.True(pressed.ExitCode == 0, pressed.Error);
        JsonElement log = (await _bench.RunAsync("tare 5t --log --json")).Json().GetProperty("tarings");
        Assert.Equal(2, log.GetArrayLength());
        Assert.Equal((zero, "before a run"), (log[0].GetProperty("zeroNewtons").GetDouble(), log[1].GetProperty("reason").GetString()));
        Assert.Contains("tared", pressed.Json().GetProperty("notes").ToString(), StringComparison.Ordinal);
        string id = pressed.Json().GetProperty("run").GetProperty("id").GetString()!;
        JsonElement terms = (await _bench.RunAsync($"runs {id} --json")).Json().GetProperty("terms");
        Assert.Equal(log[1].GetProperty("zeroNewtons").GetDouble(), terms.GetProperty("zeroNewtons").GetDouble());
        Assert.Equal(0, (await _bench.RunAsync($"replay {id}")).ExitCode);
        Assert.Equal(0, (await _bench.RunAsync($"verify {id}")).ExitCode);
        Assert.Contains("before a run", (await _bench.RunAsync("presses 5t")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_zero_is_not_tared()
    {
        Assert.Equal(1, (await _bench.RunAsync("press pellet.yaml --tare")).ExitCode);
        Assert.Equal(1, (await _bench.RunAsync("tare nowhere")).ExitCode);
        _bench.Write("hand.yaml", File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "hand-15t.yaml")));
        CliBench.Result gauge = await _bench.RunAsync("tare hand.yaml");
        Assert.Equal(1, gauge.ExitCode);
        Assert.Contains("no load cell", gauge.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_press_is_shown_with_its_watchdog_and_what_stop_does()
    {
        _bench.Write("locking.yaml", File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "simulated-modbus.yaml")) + "\nstop: hold\nlimits: {force: 45 kN, travel: 20 mm}\n");
        CliBench.Result shown = await _bench.RunAsync("presses locking.yaml");
        Assert.True(shown.ExitCode == 0, shown.Error);
        foreach (string words in (string[])["locks the pressure", "45 kN", "releases 0.5 s after the last heartbeat, proven 2026-11-23", "calibration: none is recorded", "never tared"])
            Assert.Contains(words, shown.Out, StringComparison.Ordinal);
        JsonElement facts = (await _bench.RunAsync("presses locking.yaml --json")).Json();
        Assert.Equal("hold", facts.GetProperty("stop").GetString());
        Assert.Equal("release", (await _bench.RunAsync("presses 5t --json")).Json().GetProperty("stop").GetString());
    }

    [Fact]
    public async Task An_interrupted_run_is_resumed_with_a_reason_and_finished_in_its_own_record()
    {
        string id = await LoseAsync();
        CliBench.Result silent = await _bench.RunAsync($"resume {id[..20]} --reason ' '");
        Assert.Equal(1, silent.ExitCode);
        CliBench.Result resumed = await _bench.RunAsync($"resume {id[..20]} --reason 'power is back' --json");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal((id, "completed"), (resumed.Json().GetProperty("run").GetProperty("id").GetString(), resumed.Json().GetProperty("run").GetProperty("outcome").GetString()));
        Assert.Contains("lived in the process that was lost", resumed.Json().GetProperty("notes").ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.RunAsync($"verify {id}")).ExitCode);
        CliBench.Result replayed = await _bench.RunAsync($"replay {id}");
        Assert.True(replayed.ExitCode == 0, replayed.Out);
        // What has ended is not resumed again.
        Assert.Equal(1, (await _bench.RunAsync($"resume {id[..20]} --reason 'again'")).ExitCode);
    }

    [Fact]
    public async Task Nothing_is_answered_where_nothing_runs()
    {
        CliBench.Result refused = await _bench.RunAsync("answer --reason 'done'");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no run is in progress", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> LoseAsync()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_bench.LabFolder, "lab.db"));
        using RunWriter writer = lab.Begin(new RunDescription("pellet", Scenario.Short(), "simulated 5 t", "steps: []"));
        var stopped = new FirstSamples(writer, 500);
        await Scenario.RunAsync(Scenario.Short(), Scenario.Press(1), stopped);
        return writer.Id;
    }

    /// <summary>Keeps the first samples of a run with all that belongs to them, as a process does that is killed then.</summary>
    private sealed class FirstSamples(RunWriter writer, int samples) : IRunSink
    {
        private int _taken;

        public void Append(in TraceSample sample)
        {
            if (++_taken <= samples) writer.Append(sample);
        }

        public void Append(RunEvent runEvent)
        {
            if (_taken <= samples) writer.Append(runEvent);
        }

        public void Append(in RunInput input)
        {
            if (_taken <= samples) writer.Append(input);
        }

        public void Flush()
        {
            if (_taken <= samples) writer.Flush();
        }

        public void Finish(RunOutcome outcome)
        {
            // The process is gone.
        }
    }
}
