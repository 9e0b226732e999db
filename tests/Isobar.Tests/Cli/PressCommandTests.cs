using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>The commands around a press, as a user types them.</summary>
public sealed partial class PressCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-press-").FullName;

    public PressCommandTests()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("examples", "presses"))) File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "presses")).FullName, Path.GetFileName(file)));
        File.Copy(Repository.PathOf("examples", "protocols", "pellet.yaml"), Path.Combine(_folder, "pellet.yaml"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("presses", "presses")]
    [InlineData("presses-help", "presses --help")]
    [InlineData("presses-serve-unknown", "presses serve 7t")]
    [InlineData("press-help", "press --help")]
    [InlineData("press-hand", "press pellet.yaml --press hand-15t --readings presses/readings.csv")]
    [InlineData("press-hand-no-answer", "press pellet.yaml --press hand-15t")]
    [InlineData("press-watched-only", "press pellet.yaml --press watched-only")]
    [InlineData("press-unknown", "press pellet.yaml --press 7t")]
    [InlineData("press-real-speed", "press pellet.yaml --press simulated-modbus --speed 2x")]
    [InlineData("press-verified", "press pellet.yaml --press hand-15t --verified")]
    [InlineData("press-rate", "press pellet.yaml --rate 1kHz")]
    [InlineData("press-die-unknown", "press pellet.yaml --die 3")]
    [InlineData("stop-nothing", "stop")]
    [InlineData("stop-help", "stop --help")]
    [InlineData("resume-no-reason", "resume")]
    [InlineData("watch-nothing", "watch --once")]
    [InlineData("clear-unused", "clear hand-15t --reason looked")]
    [InlineData("monitor", "monitor rigid-fixture --diameter 10mm --for 1d --every 1min --highest 76MPa")]
    [InlineData("monitor-nothing", "monitor hand-15t --diameter 10mm")]
    [InlineData("monitor-no-diameter", "monitor spring-fixture")]
    [InlineData("monitor-help", "monitor --help")]
    [InlineData("calibrate-force", "calibrate-force presses/force-points.csv --press lab --certificate K-1 --by A --date 2026-01-15 --resolution 1N")]
    [InlineData("calibrate-force-coarse", "calibrate-force presses/force-points.csv --press lab --certificate K-1 --by A --date 2026-01-15 --resolution 200N")]
    [InlineData("calibrate-force-help", "calibrate-force --help")]
    [InlineData("dies-none", "dies")]
    [InlineData("verify-unknown", "verify 7")]
    [InlineData("verify-help", "verify --help")]
    [InlineData("replay-help", "replay --help")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(Id().Replace(transcript.Replace(_folder, "FOLDER", StringComparison.Ordinal), "RUN"), "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Fact]
    public async Task A_run_is_verified_and_replayed_and_a_changed_record_is_named()
    {
        JsonElement pressed = await Json("press pellet.yaml --press servo");
        Assert.Equal("run report press metrics notes", Names(pressed));
        Assert.Equal("simulated servo screw", pressed.GetProperty("press").GetString());
        Assert.Equal("step overshootPercent riseSeconds settlingSeconds trackingPercent endMillimetres workJoules samples gaps longestIntervalSeconds", Names(pressed.GetProperty("metrics")[1]));
        string id = pressed.GetProperty("run").GetProperty("id").GetString()!;
        JsonElement verified = await Json("verify " + id);
        Assert.Equal("run intact checks", Names(verified));
        Assert.True(verified.GetProperty("intact").GetBoolean());
        Assert.Equal(["records", "digest", "metrics"], verified.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()!), StringComparer.Ordinal);
        Assert.All(verified.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("passed").GetBoolean()));
        JsonElement replayed = await Json("replay " + id);
        Assert.Equal("run same inputs samples events outcome metricsSame", Names(replayed));
        Assert.True(replayed.GetProperty("same").GetBoolean());
        JsonElement shown = await Json("runs " + id);
        Assert.Equal("run samples durationSeconds lowestMegapascals highestMegapascals events requests terms", Names(shown));
    }

    [Fact]
    public async Task The_facts_of_a_log_have_stable_names()
    {
        Assert.Equal(
            "run press outcome readings missed meanMegapascals lowestMegapascals highestMegapascals firstMegapascals lastMegapascals",
            Names(await Json("monitor servo-fixture --diameter 10mm --for 1h --every 1min")));
        Assert.Equal("id kind name capacityKilonewtons describes", Names((await Json("presses"))[0]));
    }

    private async Task<JsonElement> Json(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine + " --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{26}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
