using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar calibrate and isobar pellet, as a user types them.</summary>
public sealed class PelletCommandTests : IDisposable
{
    private const string Pellets = """
        pressure_MPa,thickness_load_mm,thickness_released_mm,mass_mg,die_mm,conductivity_mS_cm
        10,0.778750,0.778125,80.2,10,0.581
        50,0.680625,0.687500,80.2,10,1.859
        150,0.620625,0.634375,80.2,10,3.467
        300,0.588000,0.597500,80.2,10,3.85

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-pellets-").FullName;

    public PelletCommandTests() => File.WriteAllText(Path.Combine(_folder, "pellets.csv"), Pellets);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_calibrated_file_answers_with_points_and_bands()
    {
        CommandLine.Result calibrated = await CommandLine.RunAsync("calibrate pellets.csv --class annealed --density 1.87g/cm3 --out my-lpscl.yaml", _folder);
        Assert.True(calibrated.ExitCode == 0, calibrated.Error);
        CommandLine.Result result = await CommandLine.RunAsync("pellet --material my-lpscl.yaml --pressures 100,300,600MPa --stack 49,97MPa --mass 80mg --die 10mm --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal(["points"], document.RootElement.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        JsonElement[] points = [.. document.RootElement.GetProperty("points").EnumerateArray()];
        Assert.Equal([100, 300, 600], points.Select(point => point.GetProperty("pressure").GetDouble()));
        foreach (string property in (string[])["relativeDensityLoaded", "relativeDensityReleased", "conductivity", "thicknessLoaded", "thicknessReleased"])
        {
            foreach (JsonElement point in points)
            {
                JsonElement value = point.GetProperty(property);
                Assert.Equal(["value", "low90", "high90", "extrapolated"], value.EnumerateObject().Select(each => each.Name), StringComparer.Ordinal);
                Assert.InRange(value.GetProperty("value").GetDouble(), value.GetProperty("low90").GetDouble(), value.GetProperty("high90").GetDouble());
            }
        }

        Assert.Equal([false, false, true], points.Select(point => point.GetProperty("relativeDensityLoaded").GetProperty("extrapolated").GetBoolean()));
        // The measured 300 MPa row: 1 − 0.0713 under load, 3.85 mS/cm.
        Assert.Equal(0.9287, points[1].GetProperty("relativeDensityLoaded").GetProperty("value").GetDouble(), 0.006);
        Assert.Equal(3.85, points[1].GetProperty("conductivity").GetProperty("value").GetDouble(), 0.2);
        JsonElement[] stack = [.. points[1].GetProperty("stack").EnumerateArray()];
        Assert.Equal([49, 97], stack.Select(one => one.GetProperty("pressure").GetDouble()));
        Assert.True(stack[0].GetProperty("conductivity").GetProperty("value").GetDouble() < stack[1].GetProperty("conductivity").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task The_die_takes_less_from_both_sides_and_a_longer_hold_is_denser()
    {
        async Task<JsonElement> Point(string more)
        {
            CommandLine.Result result = await CommandLine.RunAsync("pellet --material li6ps5cl-annealed --pressures 375MPa --mass 80mg --die 10mm --die-outer 30mm --json " + more, _folder);
            Assert.True(result.ExitCode == 0, result.Error);
            using var document = JsonDocument.Parse(result.Out);
            return document.RootElement.GetProperty("points")[0].Clone();
        }

        static double Of(JsonElement element, string name) => element.GetProperty(name).GetProperty("value").GetDouble();
        JsonElement usual = await Point(""), longer = await Point("--hold 1h"), rough = await Point("--wall-friction 0.4");
        JsonElement die = usual.GetProperty("die"), one = die.GetProperty("onePunch"), both = die.GetProperty("bothPunches");
        // Janssen by hand: exp(−4·0.2·0.6·L/10 mm) with the printed thickness under load.
        Assert.Equal(375 * Math.Exp(-0.048 * Of(usual, "thicknessLoaded")), Of(one, "lowestPressure"), 1e-6);
        Assert.True(Of(both, "lowestPressure") > Of(one, "lowestPressure"));
        Assert.Equal(0.5, Of(both, "densityDrop") / Of(one, "densityDrop"), 0.02);
        // μ·r·P·π·d·L = 0.2·0.06·375 MPa·π·10 mm·L.
        Assert.Equal(0.2 * 0.06 * 375 * Math.PI * 10 * Of(usual, "thicknessLoaded"), Of(die, "ejectionForce"), 1e-6);
        // Lamé: k·P·√(3b⁴ + a⁴)/(b² − a²) = 1500 MPa with a 5 mm, b 15 mm.
        Assert.Equal(1500 * 200 / Math.Sqrt((3 * 50625) + 625) / 0.6, Of(die.GetProperty("limit"), "largestPressure"), 0.01);
        Assert.True(Of(longer, "relativeDensityLoaded") > Of(usual, "relativeDensityLoaded"));
        Assert.True(Of(rough.GetProperty("die").GetProperty("onePunch"), "densityDrop") > Of(one, "densityDrop"));
    }

    [Fact]
    public async Task Warm_and_slow_pressing_are_denser_and_warm_pellets_conduct_more()
    {
        async Task<(double Density, double Sigma)> Point(string more)
        {
            CommandLine.Result result = await CommandLine.RunAsync("pellet --material li6ps5cl-annealed --pressures 375MPa --json " + more, _folder);
            Assert.True(result.ExitCode == 0, result.Error);
            using var document = JsonDocument.Parse(result.Out);
            JsonElement point = document.RootElement.GetProperty("points")[0];
            return (point.GetProperty("relativeDensityLoaded").GetProperty("value").GetDouble(), point.GetProperty("conductivity").GetProperty("value").GetDouble());
        }

        (double Density, double Sigma) usual = await Point(""), warm = await Point("--temperature 60C"), slow = await Point("--rate 0.01MPa/s");
        Assert.True(warm.Density > usual.Density && slow.Density > usual.Density);
        // E_a 35 kJ/mol from 25 to 60 °C: exp(35000/8.314·(1/298.15 − 1/333.15)) · 298.15/333.15 = 3.96, and a little for the density.
        Assert.InRange(warm.Sigma / usual.Sigma, 3.9, 4.3);
    }

    [Theory]
    [InlineData("pressure_MPa,conductivity_mS_cm\n100,2\n300,3\n", "without the contact of the electrodes")]
    [InlineData("pressure_MPa,thickness_load_mm,mass_mg,die_mm\n100,0.65,80.2,10\n200,0.61,80.2,10\n", "changes nothing")]
    public async Task An_electrode_contact_is_told(string table, string fragment)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "electrode.csv"), table, TestContext.Current.CancellationToken);
        CommandLine.Result result = await CommandLine.RunAsync("calibrate electrode.csv --class annealed --electrode-contact --json", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(fragment, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out nowhere/my.yaml", "there is no folder")]
    [InlineData("--out .", "is a folder")]
    [InlineData("--out my.yaml --plot my.pdf", "is not the name of a figure")]
    [InlineData("--out my.yaml --plot nowhere/my.svg", "there is no folder")]
    public async Task What_cannot_be_written_is_bad_input_and_leaves_nothing(string more, string fragment)
    {
        CommandLine.Result result = await CommandLine.RunAsync("calibrate pellets.csv --class annealed " + more, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(fragment, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", result.Error, StringComparison.Ordinal);
        Assert.Equal(["pellets.csv"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_figure_may_be_called_in_capitals()
    {
        CommandLine.Result result = await CommandLine.RunAsync("calibrate pellets.csv --class annealed --plot MY.SVG", _folder);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("<", await File.ReadAllTextAsync(Path.Combine(_folder, "MY-conductivity.SVG"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conductivity_far_from_what_is_known_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "far.csv"), "pressure_MPa,conductivity_mS_cm\n100,200\n300,330\n", TestContext.Current.CancellationToken);
        CommandLine.Result result = await CommandLine.RunAsync("calibrate far.csv --class annealed", _folder);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("row 1 conducts", result.Out, StringComparison.Ordinal);
        Assert.Contains("check the unit", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calibrate", "calibrate pellets.csv --material li6ps5cl-annealed --density 1.87g/cm3 --out my-lpscl.yaml")]
    [InlineData("calibrate-help", "calibrate --help")]
    [InlineData("calibrate-class", "calibrate pellets.csv --class aneal")]
    [InlineData("pellet", "pellet --material li6ps5cl-ball-milled --pressures 100,390,600MPa --stack 49,97MPa --mass 80mg --die 10mm")]
    [InlineData("pellet-help", "pellet --help")]
    [InlineData("pellet-die", "pellet --material li6ps5cl-annealed --pressures 150,375MPa --mass 80mg --die 10mm --die-material peek --die-outer 20mm --backing 40mm --hold 10min")]
    [InlineData("pellet-unknown", "pellet --material li6ps5lc --pressures 100MPa")]
    [InlineData("pellet-no-unit", "pellet --material li6ps5cl-annealed --pressures 20,30")]
    [InlineData("pellet-no-law", "pellet --material indium --pressures 20MPa")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        string transcript = $"$ isobar {commandLine}\n{result.Out}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        Golden.Check(transcript, "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Theory]
    [InlineData("calibrate pellets.csv --material li6ps5cl-annealed --class annealed")]
    [InlineData("calibrate missing.csv")]
    [InlineData("calibrate pellets.csv --density 1.87")]
    [InlineData("calibrate pellets.csv --density 0.01g/cm3")]
    [InlineData("calibrate pellets.csv --mass 80")]
    [InlineData("calibrate pellets.csv --pellets two")]
    [InlineData("calibrate pellets.csv --thickness-uncertainty 0um")]
    [InlineData("calibrate pellets.csv --plot out.pdf")]
    [InlineData("pellet --pressures 20MPa")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20,-30MPa")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 3t")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --hold 0s")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --temperature 800C")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --rate 0MPa/s")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --die-outer 20mm")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg --die 10mm --die-outer 9mm")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg --die 10mm --die-outer 20mm --backing 15mm")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg --die 10mm --die-outer 20mm --die-material peak")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg --die 10mm --die-material peek")]
    [InlineData("pellet --material li6ps5cl-annealed --pressures 20MPa --mass 80mg --die 10mm --wall-friction 1.2")]
    public async Task Bad_input_ends_with_one_and_says_what_to_do(string commandLine)
    {
        CommandLine.Result result = await CommandLine.RunAsync(commandLine, _folder);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }
}
