using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Isobar.Cli;
using Isobar.Tests.Files.Surfaces;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>isobar contact, as a user types it.</summary>
public sealed class ContactCommandTests : IDisposable
{
    private const string Reduced = "size: 1\npoints: 256\nhurst: 0.8\nkLow: 4\nkRolloff: 4\nkHigh: 64\nseed: 12345\nrmsGradient: 1\n";
    private const string Small = "isobar: surface/1\nsize: 20 um\npoints: 48\nhurst: 0.8\nkLow: 2\nkHigh: 12\nseed: 7\nrmsGradient: 0.2\n";

    // Wall time is the machine's and the hour's; how many convolutions it takes is the solver's affair.
    private static readonly Regex s_effort = new(@"^\d+ convolutions, worst residual [\d.e-]+ of the rms height, [\d.e+-]+ s$", RegexOptions.Multiline, TimeSpan.FromSeconds(5));

    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-contact-").FullName;

    public ContactCommandTests()
    {
        Write("reduced.yaml", Reduced);
        Write("small.yaml", Small);
        Write("coarse.yaml", Small.Replace("points: 48", "points: 40", StringComparison.Ordinal).Replace("kHigh: 12", "kHigh: 16", StringComparison.Ordinal));
        Write("odd.yaml", Small.Replace("points: 48", "points: 49", StringComparison.Ordinal));
        Write("wrong.yaml", Small.Replace("hurst: 0.8", "hurst: 1.8", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(_folder, "map.sdf"), SurfaceSamples.SdfText());
        File.WriteAllBytes(Path.Combine(_folder, "holed.sdf"), SurfaceSamples.SdfText("0 1 -2 3 4 BAD 6 7 -8 9 10 11"));
        File.WriteAllBytes(Path.Combine(_folder, "map.npy"), SurfaceSamples.Npy("<f8"));
        File.WriteAllBytes(Path.Combine(_folder, "wave.xyz"), Wave(25, 27));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Every number of a load against the independent solution of the same surface.</summary>
    [Theory]
    [InlineData(0.05, 0.117263794, 0.104514472, 1.82472189, 0.012845665, 0.0689053319, 7.2569407)]
    [InlineData(0.2, 0.396881104, 0.368761946, 2.15334487, 0.00396811241, 0.0127251987, 39.3110078)]
    public async Task An_elastic_load_is_the_independent_one(double pressure, double area, double corrected, double highest, double gap, double constriction, double stiffness)
    {
        JsonElement load = await LoadAsync(string.Create(CultureInfo.InvariantCulture, $"contact reduced.yaml --modulus 1 --pressure {pressure} --json"));
        // One pixel is 1.5e-5 of the area: the same pixels touch.
        Assert.Equal(area, load.GetProperty("area").GetDouble(), 1e-9);
        Assert.Equal(corrected, load.GetProperty("areaCorrected").GetDouble(), 1e-8);
        Assert.Equal(highest, load.GetProperty("pMax").GetDouble(), 1e-6);
        Assert.Equal(gap, load.GetProperty("meanGap").GetDouble(), 1e-7);
        Assert.Equal(gap, load.GetProperty("voidVolume").GetDouble(), 1e-7);
        Assert.Equal(constriction, load.GetProperty("constrictionLength").GetDouble(), 1e-5 * constriction);
        Assert.Equal(stiffness, load.GetProperty("stiffness").GetDouble(), 1e-4 * stiffness);
        Assert.Equal(1, load.GetProperty("barberProduct").GetDouble(), 1e-3);
        Assert.InRange(load.GetProperty("residual").GetDouble(), 0, 1e-8);
        Assert.InRange(load.GetProperty("convolutions").GetInt32(), 1, 300);
        Assert.Equal(0, load.GetProperty("plasticArea").GetDouble());
    }

    [Fact]
    public async Task A_flowing_load_is_the_independent_one()
    {
        JsonElement load = await LoadAsync("contact reduced.yaml --modulus 1 --hardness 0.5 --pressure 0.1 --json");
        Assert.Equal(0.260604858, load.GetProperty("area").GetDouble(), 1e-9);
        Assert.Equal(0.142044067, load.GetProperty("plasticArea").GetDouble(), 1e-9);
        Assert.Equal(0.00738333466, load.GetProperty("voidVolume").GetDouble(), 1e-7);
        Assert.Equal(0.000437025417, load.GetProperty("plasticVolume").GetDouble(), 1e-8);
        Assert.Equal(0.5, load.GetProperty("pMax").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Charge_transfer_lies_between_its_bounds()
    {
        JsonElement load = await LoadAsync("contact reduced.yaml --modulus 1 --pressure 0.05 --charge-transfer 0.01 --json"), resistance = load.GetProperty("resistance");
        Assert.Equal(0.164811566, resistance.GetProperty("value").GetDouble(), 1e-6);
        Assert.Equal(0.0689053319 + (0.01 / 0.117263794), resistance.GetProperty("lower").GetDouble(), 1e-6);
        Assert.True(resistance.GetProperty("upper").GetDouble() >= resistance.GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Units_are_only_other_numbers_for_the_same_contact()
    {
        JsonElement reduced = await LoadAsync("contact reduced.yaml --modulus 1 --hardness 0.5 --pressure 0.1 --json");
        Write("real.yaml", Reduced.Replace("size: 1", "size: 50 um", StringComparison.Ordinal));
        JsonElement real = await LoadAsync("contact real.yaml --modulus 20GPa --hardness 10GPa --pressure 2GPa --conductivity 4mS/cm --json");
        Assert.Equal(reduced.GetProperty("area").GetDouble(), real.GetProperty("area").GetDouble(), 1e-9);
        Assert.Equal(50 * reduced.GetProperty("voidVolume").GetDouble(), real.GetProperty("voidVolume").GetDouble(), 1e-6);
        double constriction = 50 * reduced.GetProperty("constrictionLength").GetDouble();
        Assert.Equal(constriction, real.GetProperty("constrictionLength").GetDouble(), 1e-5 * constriction);
        // ℓ/σ: µm → 1e-6 m, over 0.4 S/m, in Ω m² → 1e4 Ω cm².
        Assert.Equal(constriction * 1e-6 / 0.4 * 1e4, real.GetProperty("constrictionResistance").GetDouble(), 1e-5 * constriction);
        Assert.Equal(20000 / 50.0 * reduced.GetProperty("stiffness").GetDouble(), real.GetProperty("stiffness").GetDouble(), 0.05);
    }

    [Fact]
    public async Task The_answer_does_not_depend_on_the_number_of_threads()
    {
        string one = Without(await RunAsync("contact small.yaml --modulus 20GPa --hardness 1GPa --pressure 25,74MPa --unload --threads 1 --json"));
        string four = Without(await RunAsync("contact small.yaml --modulus 20GPa --hardness 1GPa --pressure 25,74MPa --unload --threads 4 --json"));
        Assert.Equal(one, four);

        static string Without(CommandLine.Result result)
        {
            Assert.True(result.ExitCode == 0, result.Error);
            return Regex.Replace(result.Out, "\"seconds\": [^\n]*", "", RegexOptions.None, TimeSpan.FromSeconds(5));
        }
    }

    [Theory]
    [InlineData("contact", "contact small.yaml --modulus 20GPa --hardness 1GPa --pressure 25,74MPa --unload --conductivity 3mS/cm --charge-transfer 5ohmcm2 --frequency 1Hz..1MHz --threads 1")]
    [InlineData("contact-reduced", "contact reduced.yaml --modulus 1 --pressure 0.05,0.2 --threads 1")]
    [InlineData("contact-fast", "contact small.yaml --modulus 20GPa --hardness 1GPa --pressure 5,25,74MPa --conductivity 3mS/cm --fast")]
    [InlineData("contact-help", "contact --help")]
    [InlineData("contact-coarse", "contact coarse.yaml --modulus 20GPa --pressure 25MPa --threads 1")]
    [InlineData("contact-measured", "contact wave.xyz --modulus 20GPa --pressure 5MPa --threads 1")]
    [InlineData("contact-too-hard", "contact small.yaml --modulus 20GPa --hardness 50MPa --pressure 25,74MPa")]
    [InlineData("contact-no-unit", "contact map.npy --modulus 20GPa --pressure 25MPa")]
    [InlineData("contact-creep", "contact small.yaml --modulus 8GPa --pressure 1,2MPa --creep lithium --times 1min,1h,1d --conductivity 3mS/cm --threads 1")]
    [InlineData("contact-creep-relaxing", "contact small.yaml --modulus 8GPa --pressure 2MPa --creep lithium --hardness 5MPa --times 1s,1h --temperature 60°C --fixture 20kN/mm --die 13mm --threads 1")]
    [InlineData("contact-creep-unknown", "contact small.yaml --modulus 8GPa --pressure 1MPa --creep indium --hardness 5MPa --times 1h")]
    [InlineData("contact-free-layer", "contact small.yaml --modulus 8GPa --pressure 100MPa --layer 5um --boundary free --threads 1")]
    [InlineData("contact-holes", "contact holed.sdf --modulus 20GPa --pressure 25MPa")]
    [InlineData("contact-mixed-units", "contact reduced.yaml --modulus 20GPa --pressure 25MPa")]
    [InlineData("contact-wrong-recipe", "contact wrong.yaml --modulus 20GPa --pressure 25MPa")]
    [InlineData("contact-odd", "contact odd.yaml --modulus 20GPa --pressure 25MPa")]
    public async Task A_command_line_prints_its_reviewed_page(string name, string commandLine)
    {
        CommandLine.Result result = await RunAsync(commandLine);
        string transcript = $"$ isobar {commandLine}\n{s_effort.Replace(result.Out, "(convolutions, worst residual, time)")}{(result.Error.Length > 0 ? "--- error stream ---\n" + result.Error : "")}--- exit code {result.ExitCode} ---";
        transcript = transcript.Replace(_folder, "(folder)", StringComparison.Ordinal);
        Golden.Check(transcript, "tests", "Isobar.Tests", "Cli", "Transcripts", name + ".txt");
    }

    [Theory]
    [InlineData("contact small.yaml --modulus 20 --pressure 25MPa")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25")]
    [InlineData("contact small.yaml --modulus -1GPa --pressure 25MPa")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --charge-transfer 5ohmcm2")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --frequency 1Hz..1MHz")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --conductivity 3mS/cm --charge-transfer 5ohmcm2 --frequency 1MHz..1Hz")]
    [InlineData("contact reduced.yaml --modulus 1 --pressure 0.1 --conductivity 1 --charge-transfer 1 --frequency 1Hz..1MHz")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --missing guess")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --level round")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --boundary open")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --boundary free --layer 50nm")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 0MPa")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h,1min")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 0s")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep gold --times 1h")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep indium --hardness 5MPa --times 1h")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep indium --times 1h")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --times 1h")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --die 13mm")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --fixture 20kN/mm")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --fixture 20kN/mm --die 0mm")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --temperature warm")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 7.4MPa --creep lithium --times 1h")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --unload")]
    [InlineData("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --fast")]
    [InlineData("contact reduced.yaml --modulus 1 --pressure 0.1 --creep lithium --times 1h")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --tolerance 1")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --threads 0")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --plot out.pdf")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --plot out.svg --fast")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --size 20um")]
    [InlineData("contact small.yaml --modulus 20GPa --pressure 25MPa --against map.sdf")]
    [InlineData("contact map.npy --modulus 20GPa --pressure 25MPa --pixel 1um --size 4um --height-unit um")]
    [InlineData("contact missing.sdf --modulus 20GPa --pressure 25MPa")]
    [InlineData("contact small.yaml --pressure 25MPa")]
    public async Task Bad_input_ends_with_one_and_says_what_to_do(string commandLine)
    {
        CommandLine.Result result = await RunAsync(commandLine);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_answers_with_what_is_solved()
    {
        using var cancellation = new CancellationTokenSource();
        using StringWriter output = new();
        using var error = new CancelAt(cancellation, "load 3 of 4");
        var surroundings = new Surroundings(output, error) { Folder = _folder, LabFolder = Path.Combine(_folder, "lab") };
        int exitCode = await IsobarProgram.RunAsync(["contact", "small.yaml", "--modulus", "20GPa", "--pressure", "1,5,25,74MPa", "--json"], surroundings, cancellation.Token);
        Assert.Equal(3, exitCode);
        using var document = JsonDocument.Parse(output.ToString());
        Assert.Equal(2, document.RootElement.GetProperty("loads").GetArrayLength());
        Assert.True(document.RootElement.GetProperty("cancelled").GetBoolean());
        Assert.Equal("cancelled after 2 of 4 loads", document.RootElement.GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData("out.svg")]
    [InlineData("out.png")]
    public async Task The_figure_is_written_where_it_was_asked_for(string file)
    {
        CommandLine.Result result = await RunAsync($"contact small.yaml --modulus 20GPa --hardness 1GPa --pressure 25,74MPa --unload --conductivity 3mS/cm --charge-transfer 5ohmcm2 --frequency 1Hz..1MHz --plot {file}");
        Assert.True(result.ExitCode == 0, result.Error);
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(_folder, file), TestContext.Current.CancellationToken);
        byte[] begin = file.EndsWith("svg", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes("<svg") : [0x89, (byte)'P', (byte)'N', (byte)'G'];
        Assert.Equal(begin, bytes[..4]);
        Assert.Contains($"wrote {file}", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creeping_contact_tells_every_time_with_its_band()
    {
        CommandLine.Result result = await RunAsync("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1s,10min,1d --conductivity 3mS/cm --charge-transfer 2ohmcm2 --json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        JsonElement[] loads = [.. document.RootElement.GetProperty("loads").EnumerateArray()];
        Assert.Equal([0, 1, 600, 86400], loads.Select(load => load.GetProperty("creep").GetProperty("time").GetDouble()));
        double area = 0, resistance = double.PositiveInfinity;
        foreach (JsonElement load in loads)
        {
            JsonElement creep = load.GetProperty("creep");
            Assert.True(load.GetProperty("areaCorrected").GetDouble() > area && load.GetProperty("resistance").GetProperty("value").GetDouble() < resistance);
            (area, resistance) = (load.GetProperty("areaCorrected").GetDouble(), load.GetProperty("resistance").GetProperty("value").GetDouble());
            Assert.InRange(area, creep.GetProperty("areaLow90").GetDouble() - 1e-9, creep.GetProperty("areaHigh90").GetDouble() + 1e-9);
            // The stress in the metal is the pressure of the spot over 2.8, and lithium was measured from 0.28 to 2.83 MPa.
            double stress = creep.GetProperty("stress").GetDouble();
            Assert.Equal(creep.GetProperty("spotPressure").GetDouble() / 2.8, stress, 1e-9);
            Assert.Equal(stress is < 0.28 or > 2.83, creep.GetProperty("extrapolated").GetBoolean());
            Assert.Equal(1, load.GetProperty("pressure").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public async Task A_fixture_loses_load_as_the_contact_closes()
    {
        JsonElement load = await LoadAsync("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --fixture 20kN/mm --die 13mm --json", 1), start = await LoadAsync("contact small.yaml --modulus 8GPa --pressure 1MPa --creep lithium --times 1h --json");
        // ΔP = k·Δv/A with A = π/4·(13 mm)² = 132.7 mm²: 0.1507 MPa for each µm.
        double closed = start.GetProperty("voidVolume").GetDouble() - load.GetProperty("voidVolume").GetDouble();
        Assert.Equal(1 - (20 / (Math.PI / 4 * 169) * closed), load.GetProperty("pressure").GetDouble(), 1e-5);
        Assert.True(closed > 0);
    }

    [Fact]
    public async Task A_creeping_contact_is_drawn_over_time()
    {
        CommandLine.Result result = await RunAsync("contact small.yaml --modulus 8GPa --pressure 1,2MPa --creep lithium --times 1s,1min,1h --plot creep.svg");
        Assert.True(result.ExitCode == 0, result.Error);
        string svg = await File.ReadAllTextAsync(Path.Combine(_folder, "creep.svg"), TestContext.Current.CancellationToken);
        Assert.Contains("Time after loading (min)", svg, StringComparison.Ordinal);
        Assert.Contains("2.00 MPa", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contact_everywhere_has_no_number_for_its_stiffness_and_says_so()
    {
        JsonElement load = await LoadAsync("contact reduced.yaml --modulus 1 --pressure 3 --json");
        Assert.Equal(1, load.GetProperty("area").GetDouble());
        Assert.Equal(0, load.GetProperty("constrictionLength").GetDouble());
        Assert.Equal(JsonValueKind.Null, load.GetProperty("stiffness").ValueKind);
    }

    [Fact]
    public async Task Two_surfaces_are_rougher_than_one()
    {
        Write("other.yaml", Small.Replace("seed: 7", "seed: 8", StringComparison.Ordinal));
        JsonElement one = await LoadAsync("contact small.yaml --modulus 20GPa --pressure 74MPa --json"), both = await LoadAsync("contact small.yaml --against other.yaml --modulus 20GPa --pressure 74MPa --json");
        // Independent heights add in squares: √2 in height and gradient, and the area at small load goes with one over the gradient.
        Assert.InRange(both.GetProperty("areaCorrected").GetDouble() / one.GetProperty("areaCorrected").GetDouble(), 0.5, 0.9);
    }

    private Task<CommandLine.Result> RunAsync(string commandLine) => CommandLine.RunAsync(commandLine, _folder);

    private async Task<JsonElement> LoadAsync(string commandLine, int number = 0)
    {
        CommandLine.Result result = await RunAsync(commandLine);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.GetProperty("loads")[number].Clone();
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    // Two waves on a slope; 25 × 27 points have sizes that the transform takes.
    private static byte[] Wave(int rows, int columns)
    {
        var text = new StringBuilder("x_um,y_um,z_nm\n");
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double z = (40 * Math.Cos(2 * Math.PI * 2 * j / columns)) + (30 * Math.Cos(2 * Math.PI * i / rows)) + (2.0 * i);
                text.Append(CultureInfo.InvariantCulture, $"{0.5 * j:0.0},{0.5 * i:0.0},{z:0.000}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Ctrl-C as soon as a word appears on the error stream.
    private sealed class CancelAt(CancellationTokenSource source, string word) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is not null && value.Contains(word, StringComparison.Ordinal)) source.Cancel();
        }
    }
}
