using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>What a user types and sees; whole pages are compared with reviewed transcripts.</summary>
public sealed class ConvertCommandTests
{
    [Theory]
    [InlineData("force-on-die", "convert 1t --die 13mm")]
    [InlineData("pressure-on-die", "convert 74MPa --die 10mm")]
    [InlineData("oil-through-ram", "convert 250bar --die 10mm --ram 40mm --capacity 400bar")]
    [InlineData("load-cell", "convert 29.42kN --die '10mm ± 0.01mm' --gauge-class '0.5 % of reading' --thickness 0.6mm")]
    [InlineData("no-unit", "convert 10")]
    [InlineData("bare-ton", "convert 10ton --die 10mm")]
    [InlineData("no-die", "convert 3t")]
    [InlineData("no-ram", "convert 250bar --die 10mm")]
    [InlineData("no-basis", "convert 25MPa --die 10mm --ram 12.6cm2")]
    [InlineData("json-error", "convert 10 --json")]
    [InlineData("help", "--help")]
    [InlineData("convert-help", "convert --help")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript, "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Theory]
    [InlineData("convert 1t --die 13mm", 0)]
    [InlineData("convert 10", 1)]
    [InlineData("convert 1t --die 13", 1)]
    [InlineData("convert 1t --die 100000mm", 1)]
    [InlineData("convert 1t --die 13mm --basis both", 1)]
    [InlineData("convert 1t --die 13mm --thickness -1mm", 1)]
    [InlineData("convert 1t --die 13mm --ram 3kg", 1)]
    [InlineData("convert 1t --die 13mm --gauge-class 1.6", 1)]
    [InlineData("convert 1t --die 13mm --gauge-class '1.6 % of full scale'", 1)]
    [InlineData("convert 1t --die 13mm --gauge-class '1.6 % of full scale' --capacity 5t", 0)]
    [InlineData("convert 1t --die 13mm --capacity 400bar", 1)]
    [InlineData("convert", 1)]
    [InlineData("press-everything", 1)]
    [InlineData("", 0)]
    public async Task The_exit_code_says_whether_it_was_done(string commandLine, int exitCode)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 0, result.Error.Length == 0);
        if (exitCode != 0) Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convrt 1t", "did you mean 'convert'?")]
    [InlineData("completion bash", "did you mean 'completions'?")]
    [InlineData("convert 1t --dei 13mm", "did you mean '--die'?")]
    [InlineData("completely-else", "see isobar --help")]
    public async Task A_slip_of_the_finger_is_answered_with_what_was_meant(string commandLine, string hint)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_same_facts_as_the_page()
    {
        CommandLine.Result result = await CommandLine.RunAsync("convert 3t --die 10mm --json");
        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement root = document.RootElement;
        Assert.Equal(374.6, root.GetProperty("nominalMPa").GetProperty("value").GetDouble(), 0.05);
        Assert.Equal(375, root.GetProperty("usualMPa").GetDouble(), 1e-9);
        Assert.Equal("gauge", root.GetProperty("dominant").GetString());
        double shares = root.GetProperty("budget").EnumerateArray().Sum(line => line.GetProperty("varianceShare").GetDouble());
        Assert.Equal(1, shares, 1e-9);
    }

    [Fact]
    public async Task A_shell_gets_completions_and_the_snippet_to_ask_for_them()
    {
        Assert.Contains("convert", (await CommandLine.RunAsync("[suggest:9] 'isobar co'")).Out, StringComparison.Ordinal);
        Assert.Contains("--die", (await CommandLine.RunAsync("[suggest:22] 'isobar convert 1t --d'")).Out, StringComparison.Ordinal);
        foreach (string shell in (string[])["bash", "zsh", "pwsh"])
        {
            Assert.Contains("[suggest:", (await CommandLine.RunAsync("completions " + shell)).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redirected_output_carries_no_colour_codes()
    {
        CommandLine.Result result = await CommandLine.RunAsync("convert 1t --die 13mm");
        Assert.DoesNotContain('\u001b', result.Out);
    }
}
