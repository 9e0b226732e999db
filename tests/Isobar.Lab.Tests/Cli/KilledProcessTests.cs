using System.Diagnostics;
using System.Text.Json;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The real program is killed in the middle of its run; afterwards the laboratory opens and says so.</summary>
public sealed class KilledProcessTests : IAsyncLifetime
{
    private readonly CliBench _bench = new();

    public async ValueTask InitializeAsync() => await _bench.PlanAsync();

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1UL, "press protocol.yaml --cell cell.yaml --speed 400x")]
    [InlineData(2UL, "press protocol.yaml --cell cell.yaml --speed 400x")]
    [InlineData(3UL, "press pellet.yaml --speed 400x")]
    [InlineData(4UL, "run cell.yaml")]
    public async Task A_killed_run_is_listed_and_reported_as_interrupted(ulong seed, string commandLine)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using Process process = CliProcess.Start(_bench, commandLine.Split(' '));
        Task<string> output = process.StandardOutput.ReadToEndAsync(ct);
        // The run says each step when it begins; the seed chooses at which of them, and how long after, the process dies.
        var random = new RandomSource(seed);
        int steps = 1 + (int)(random.NextUniform() * 6);
        bool pressing = false;
        while (steps > 0)
        {
            string? said = await process.StandardError.ReadLineAsync(ct);
            Assert.True(said is not null, "the run ended before it was killed");
            pressing |= said.StartsWith("… add ", StringComparison.Ordinal) || said.StartsWith("… approach ", StringComparison.Ordinal) || said.StartsWith("… ramp ", StringComparison.Ordinal);
            if (pressing) steps--;
        }

        SpinFor(TimeSpan.FromMilliseconds(random.NextUniform() * 40));
        process.Kill();
        await process.WaitForExitAsync(ct);
        Assert.DoesNotContain("completed", await output, StringComparison.Ordinal);

        CliBench.Result listed = await _bench.RunAsync("runs --json");
        Assert.True(listed.ExitCode == 0, listed.Error);
        JsonElement run = Assert.Single(listed.Json().EnumerateArray());
        Assert.Equal("interrupted", run.GetProperty("outcome").GetString());
        string id = run.GetProperty("id").GetString()!;
        CliBench.Result reported = await _bench.RunAsync($"report {id} --out after");
        Assert.True(reported.ExitCode == 0, reported.Error);
        Assert.Contains("interrupted", reported.Out, StringComparison.Ordinal);
        string report = _bench.Read("after", "report.html");
        Assert.Contains("✗ Interrupted", report, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"verdict good\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain("✓ passed", report, StringComparison.Ordinal);
    }

    private static void SpinFor(TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time) Thread.SpinWait(100);
    }
}
