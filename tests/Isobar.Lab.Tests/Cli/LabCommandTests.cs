using System.Text.Json;
using Isobar.Cli;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Reports;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The commands that read the laboratory database: runs, report, serve.</summary>
public sealed class LabCommandTests : IDisposable
{
    private readonly CliBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string DatabasePath => Path.Combine(_bench.LabFolder, "lab.db");

    private string Record(string name, RunOutcome outcome, string press = "simulated 5 t")
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(DatabasePath, _bench.Around(TextWriter.Null, TextWriter.Null).Time);
        using RunWriter writer = lab.Begin(new RunDescription(name, Fabricated.Protocol(), press, "steps: []", "rate"));
        writer.Finish(outcome);
        return writer.Id;
    }

    [Fact]
    public async Task An_empty_laboratory_says_how_to_begin()
    {
        CliBench.Result result = await _bench.RunAsync("runs");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("isobar run", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.RunAsync("runs --json")).Json().GetArrayLength());
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        string first = Record("first", RunOutcome.Completed), second = Record("second", RunOutcome.Aborted);
        JsonElement runs = (await _bench.RunAsync("runs --json")).Json();
        Assert.Equal($"{second} {first}", string.Join(' ', runs.EnumerateArray().Select(run => run.GetProperty("id").GetString())));
        Assert.Equal("id name goal press started outcome digest isSimulated", runs[0].Names());
        Assert.Equal("aborted", runs[0].GetProperty("outcome").GetString());
        string page = (await _bench.RunAsync("runs")).Out;
        Assert.True(page.IndexOf("second", StringComparison.Ordinal) < page.IndexOf("first", StringComparison.Ordinal), page);
    }

    [Theory]
    [InlineData("simulated 5 t", true)]
    [InlineData("bench press 2", false)]
    public async Task The_report_of_a_record_says_whether_the_press_was_a_real_one(string press, bool simulated)
    {
        await _bench.RunAsync($"report {Record("cell", RunOutcome.Aborted, press)}");
        string page = _bench.Read("report.html");
        Assert.Equal(simulated, page.Contains("press and cell simulated", StringComparison.Ordinal));
        Assert.Equal(!simulated, page.Contains("real press", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_latest_run_needs_no_id()
    {
        CliBench.Result none = await _bench.RunAsync("runs latest");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("there are no runs yet", none.Error, StringComparison.Ordinal);
        Record("first", RunOutcome.Completed);
        string second = Record("second", RunOutcome.Aborted);
        Assert.Contains(second, (await _bench.RunAsync("runs latest")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_left_no_report_is_reported_from_its_record()
    {
        string id = Record("aborted cell", RunOutcome.Aborted);
        CliBench.Result result = await _bench.RunAsync($"report {id} --json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("run outcome report", result.Json().Names());
        Assert.Equal("aborted", result.Json().GetProperty("outcome").GetString());
        Assert.Contains("✗ Aborted", _bench.Read("report.html"), StringComparison.Ordinal);
        Assert.Contains(id, _bench.Read("report.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("present")]
    public async Task An_unknown_run_is_bad_input_and_names_what_there_is(string present)
    {
        if (present.Length > 0) Record(present, RunOutcome.Completed);
        CliBench.Result result = await _bench.RunAsync("report ZZZ");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'ZZZ'", result.Error, StringComparison.Ordinal);
        Assert.Contains(present.Length > 0 ? present : "no runs yet", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("report.html")));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("report 01")]
    [InlineData("run cell.yaml")]
    [InlineData("serve --port 0")]
    public async Task A_damaged_database_ends_with_three_and_is_named(string commandLine)
    {
        Directory.CreateDirectory(_bench.LabFolder);
        await File.WriteAllTextAsync(DatabasePath, new string('x', 8192), TestContext.Current.CancellationToken);
        CliBench.Result result = await _bench.RunAsync(commandLine);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(DatabasePath, result.Error, StringComparison.Ordinal);
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(DatabasePath, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("serve --port x", "'x' is not a port")]
    [InlineData("serve --port 65536", "'65536' is not a port")]
    [InlineData("report", "isobar report needs <run>")]
    [InlineData("run cell.yaml --seed x", "'x' is not a seed")]
    [InlineData("completions fish", "'fish' is not known")]
    public async Task A_wrong_argument_is_named_in_words(string commandLine, string named)
    {
        CliBench.Result result = await _bench.RunAsync(commandLine);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public async Task A_narrow_page_breaks_lines_between_words_only(int width)
    {
        string id = Record("NMC811 | Li6PS5Cl | Li, for reliability", RunOutcome.Completed);
        using StringWriter output = new();
        await IsobarProgram.RunAsync(["runs"], _bench.Around(output, TextWriter.Null) with { Width = width }, TestContext.Current.CancellationToken);
        string[] words = output.ToString().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in (string[])[id, "completed", "simulated", "Li6PS5Cl", "reliability"]) Assert.Contains(word, words, StringComparer.Ordinal);
        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
    }

    [Fact]
    public async Task The_bench_is_served_until_it_is_cancelled()
    {
        Record("served", RunOutcome.Completed);
        using var stop = new CancellationTokenSource();
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var output = new AnnouncingWriter(said);
        Task<int> serving = IsobarProgram.RunAsync(["serve", "--port", "0", "--json"], _bench.Around(output, TextWriter.Null), stop.Token);
        string answer = await said.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var address = new Uri(JsonDocument.Parse(answer).RootElement.GetProperty("address").GetString()!);
        using var client = new HttpClient();
        Assert.Contains("served", await client.GetStringAsync(address, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        CliBench.Result taken = await _bench.RunAsync($"serve --port {address.Port}");
        Assert.Equal(3, taken.ExitCode);
        await stop.CancelAsync();
        Assert.Equal(0, await serving.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private sealed class AnnouncingWriter(TaskCompletionSource<string> said) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            said.TrySetResult(value ?? "");
        }
    }
}
