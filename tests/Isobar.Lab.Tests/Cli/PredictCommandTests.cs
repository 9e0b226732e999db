using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>isobar predict after a run of the laboratory, and its figures.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private readonly CliBench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>The run reaches its planned pressures within a per cent; the forecast after it differs from the planned one by less than 1 % of capacity.</summary>
    [Fact]
    public async Task After_a_run_the_achieved_pressures_count()
    {
        CliBench.Result run = await _bench.RunAsync("run cell.yaml --json");
        string id = run.Json().GetProperty("run").GetProperty("id").GetString()!;
        CliBench.Result after = await _bench.RunAsync($"predict cell.yaml --after {id} --rates 0.1,1 --draws 20 --json");
        CliBench.Result planned = await _bench.RunAsync("predict cell.yaml --rates 0.1,1 --draws 20 --plot predicted.svg --impedance --json");
        Assert.Equal(0, after.ExitCode);
        Assert.Equal(0, planned.ExitCode);
        Assert.Contains(id, after.Json().GetProperty("after").GetString(), StringComparison.Ordinal);
        double achieved = Capacity(after, 1), expected = Capacity(planned, 1);
        Assert.Equal(expected, achieved, 0.01 * expected);
        // Achieved is not planned to the last digit: the trace was used.
        Assert.NotEqual(expected, achieved, 1e-9);
        foreach (string figure in (string[])["predicted.svg", "predicted-losses.svg", "predicted-impedance.svg", "predicted-resistance.svg"]) Assert.StartsWith("<svg", _bench.Read(figure), StringComparison.Ordinal);
    }

    private static double Capacity(CliBench.Result result, int run) => result.Json().GetProperty("runs")[run].GetProperty("dischargeCapacity").GetDouble();
}
