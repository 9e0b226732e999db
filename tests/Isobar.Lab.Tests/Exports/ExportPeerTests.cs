using System.IO.Compression;
using System.Text.Json;
using Isobar.Lab.Exports;
using Isobar.Lab.Tests.Presses.Modbus;
using Isobar.Protocols;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Exports;

/// <summary>Exports in the hands of readers that nobody here wrote.</summary>
public sealed class ExportPeerTests : IDisposable
{
    private const string Install = "npm install --prefix artifacts/peers hyparquet@1.31.5 ajv@8.20.0 ro-crate@3.7.2";

    private readonly ExportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Hyparquet_reads_every_number_of_the_trace()
    {
        JsonElement answer = await NodeAsync("hyparquet", "read-parquet.mjs", await _bench.WriteAsync(ExportFormat.Parquet));
        RunRecord record = _bench.Stored().Record;
        Assert.Equal(_bench.RunId, answer.GetProperty("id").GetString());
        Assert.Equal(record.Samples.Length, answer.GetProperty("rows").GetInt32());
        Assert.Equal(["time_s", "step", "setpoint_Pa", "force_N", "pressure_Pa", "displacement_m"], answer.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!), StringComparer.Ordinal);
        // Added up in the same order: the same bits.
        Assert.Equal(record.Samples.Aggregate(0.0, (sum, sample) => sum + sample.PressurePa), answer.GetProperty("sums")[4].GetDouble());
        Assert.Equal(record.Samples[^1].ForceNewtons, answer.GetProperty("last")[3].GetDouble());
    }

    [Fact]
    public async Task Ro_crate_opens_the_archive_and_every_rule_of_the_consortium_is_kept()
    {
        string folder = _bench.PathOf("unpacked");
        await ZipFile.ExtractToDirectoryAsync(await _bench.WriteAsync(ExportFormat.Eln, ExportBench.Cycling(1)), folder, TestContext.Current.CancellationToken);
        JsonElement answer = await NodeAsync("ro-crate", "read-eln.mjs", folder);
        Assert.Empty(answer.GetProperty("wrong").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(ExportBench.Formula, answer.GetProperty("name")[0].GetString());
        Assert.True(answer.GetProperty("files").GetInt32() >= 15, answer.ToString());
        Assert.True(answer.GetProperty("values").GetInt32() >= 30, answer.ToString());
    }

    [Fact]
    public async Task Ajv_finds_the_BattINFO_records_as_they_should_be()
    {
        await _bench.WriteAsync(ExportFormat.BattInfo);
        string[] records = [.. new[] { "test", "cell", "cellspec", "dataset", "equipment" }.Select(name => _bench.PathOf($"run-{name}.json"))];
        JsonElement answer = await NodeAsync("ajv", "check-records.mjs", records);
        Assert.Equal(5, answer.GetProperty("checked").GetInt32());
        Assert.Empty(answer.GetProperty("wrong").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public async Task Python_reads_the_tables_and_finds_the_Battery_Data_Format_kept()
    {
        string python = ExternalTool.Require("python3");
        string trace = await _bench.WriteAsync(ExportFormat.Csv), cycling = await _bench.WriteAsync(ExportFormat.Bdf, ExportBench.Cycling(1));
        (int code, string text) = await PeerProcess.RunAsync(python, Peer("read-tables.py"), trace, _bench.PathOf("run-steps.csv"), _bench.PathOf("run-events.csv"), cycling);
        Assert.True(code == 0, text);
        JsonElement answer = JsonDocument.Parse(text).RootElement;
        Assert.All(answer.EnumerateObject(), table => Assert.Empty(table.Value.GetProperty("wrong").EnumerateArray().Select(each => each.GetString())));
        RunRecord record = _bench.Stored().Record;
        Assert.Equal(record.Samples.Length, answer.GetProperty("run.csv").GetProperty("rows").GetInt32());
        Assert.Equal(record.Events.Length, answer.GetProperty("run-events.csv").GetProperty("rows").GetInt32());
        // Python sums floats with compensation from version 3.12 on.
        double sum = record.Samples.Sum(sample => sample.PressurePa);
        Assert.Equal(sum, answer.GetProperty("run.csv").GetProperty("sums").GetProperty("pressure_Pa").GetDouble(), 1e-9 * sum);
    }

    private static async Task<JsonElement> NodeAsync(string module, string script, params string[] arguments)
    {
        string node = ExternalTool.Require("node");
        string modules = Path.GetDirectoryName(ExternalTool.RequireFolder(Repository.PathOf("artifacts", "peers", "node_modules", module), Install))!;
        (int code, string text) = await PeerProcess.RunAsync(node, [Peer(script), modules, .. arguments]);
        Assert.True(code == 0, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Peer(string name) => Repository.PathOf("tests", "Isobar.Lab.Tests", "Exports", "Peers", name);
}
