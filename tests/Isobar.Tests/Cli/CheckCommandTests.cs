using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar check and the commands below it, as a user types them.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-check-").FullName;

    public CheckCommandTests()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("examples", "cells"), "*.csv")) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(_folder, "comma.csv"), "cell;resistance_ohm\nA;30,1\nB;32,4\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("check", "check cells.csv --by operator,batch --pressure-uncertainty 2%")]
    [InlineData("check-three", "check three.csv --limits 25..35")]
    [InlineData("check-help", "check --help")]
    [InlineData("check-comma", "check comma.csv")]
    [InlineData("check-no-column", "check cells.csv --by operater")]
    [InlineData("check-margin", "check cells.csv --margin 2kohm")]
    [InlineData("check-no-runs", "check --lab nowhere")]
    [InlineData("check-interlab", "check interlab rounds.csv --reference '2.6 ± 0.3'")]
    [InlineData("check-interlab-two", "check interlab three.csv --by cell")]
    [InlineData("check-gauge", "check gauge gauge.csv --part puck --measure force_kN")]
    [InlineData("check-gauge-one-trial", "check gauge rounds.csv --part pellet --by lab")]
    [InlineData("check-chart", "check chart cells.csv --baseline 12 --rules nelson")]
    [InlineData("check-chart-help", "check chart --help")]
    [InlineData("check-unknown-option", "check interlab rounds.csv --lvel x")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript.Replace(_folder, "FOLDER", StringComparison.Ordinal), "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Fact]
    public async Task The_answer_is_one_document_with_stable_names()
    {
        JsonElement answer = await Json("check cells.csv --by operator,batch");
        Assert.Equal(
            ["source", "measure", "unit", "answer", "spread", "oddCells", "components", "pressure", "comparisons", "atEqualPressure", "cellsNeeded", "toleranceInterval", "toleranceContent", "methodsText", "notes", "files"],
            answer.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        Assert.Equal(24, answer.GetProperty("spread").GetProperty("count").GetInt32());
        Assert.Equal("C05", answer.GetProperty("oddCells").GetProperty("cells")[0].GetProperty("cell").GetString());
        Assert.Equal("nothingShown", answer.GetProperty("comparisons")[0].GetProperty("verdict").GetString());
        Assert.Equal(["operator", "batch"], answer.GetProperty("components").GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("source").GetString()!), StringComparer.Ordinal);
        Assert.Equal(3, (await Json("check gauge gauge.csv --part puck --measure force_kN")).GetProperty("methods").GetArrayLength());
        Assert.Equal("L5", (await Json("check interlab rounds.csv")).GetProperty("levels")[0].GetProperty("cochran").GetProperty("laboratory").GetString());
        Assert.Equal(14, (await Json("check chart cells.csv")).GetProperty("charts")[0].GetProperty("signals")[0].GetProperty("point").GetInt32());
    }

    [Fact]
    public async Task Figures_and_page_are_written_where_they_are_wanted()
    {
        JsonElement answer = await Json("check cells.csv --by operator --plot fig.svg --report page.html");
        Assert.Equal(["fig.svg", "fig-pressure.svg", "fig-components.svg", "page.html"], answer.GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString()!)), StringComparer.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(_folder, "page.html"));
        // Well-formed, whole by itself, and says what the command line says.
        var document = System.Xml.Linq.XDocument.Parse(page);
        Assert.Equal(3, document.Descendants().Count(element => element.Name.LocalName is "svg"));
        Assert.Contains("Nothing was left out".ToLowerInvariant(), page.ToLowerInvariant(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Json(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine + " --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
