using System.Globalization;
using System.Text.RegularExpressions;
using Isobar.Lab.Reports;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Docs;

/// <summary>
/// The figures of docs/science are drawn by the models from the built-in constants and the published tables. A figure that has changed is written beside
/// the reviewed one as *.received; ISOBAR_ACCEPT=1 replaces the reviewed one. ISOBAR_FIGURES=folder writes every figure as PNG too, to be looked at.
/// </summary>
public sealed class ScienceFigureTests
{
    // Coordinates are pixels. The last digits of exp and pow differ between processors; a twentieth of a pixel is not seen.
    private const double PixelTolerance = 0.05;

    private static readonly Regex s_number = new(@"-?\d+(\.\d+)?(e-?\d+)?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static readonly Dictionary<string, Func<Figure>> s_figures =
        MechanicsFigures.All.Concat(StructureFigures.All).Concat(DieFigures.All).Concat(PelletFigures.All).Concat(ContactFigures.All).Concat(CellFigures.All).Concat(HalfCellFigures.All).Concat(ImpedanceDocFigures.All).Concat(PressFigures.All).ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. s_figures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Figure_in_the_documents_is_what_the_models_draw(string name)
    {
        Assert.SkipUnless(FigureFont.Installed.Family == "DejaVu Sans", "the reviewed figures are set in DejaVu Sans, which places the words; install fonts-dejavu-core");
        Figure figure = s_figures[name]();
        if (Environment.GetEnvironmentVariable("ISOBAR_FIGURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, name + ".png"), FigureRenderer.ToPng(figure));
        }

        string file = Repository.PathOf("docs", "images", name + ".svg");
        string drawn = FigureRenderer.ToSvg(figure);
        string? reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
        if (reviewed is not null && SamePicture(reviewed, drawn))
        {
            File.Delete(file + ".received");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (Environment.GetEnvironmentVariable("ISOBAR_ACCEPT") == "1")
        {
            File.WriteAllText(file, drawn);
            return;
        }

        File.WriteAllText(file + ".received", drawn);
        Assert.Fail($"docs/images/{name}.svg differs from what the models draw; look at docs/images/{name}.svg.received and, when it is right, run the tests again with ISOBAR_ACCEPT=1");
    }

    [Fact]
    public void Every_figure_is_shown_on_a_page_and_every_shown_figure_exists()
    {
        string[] pages = [.. Directory.GetFiles(Repository.PathOf("docs", "science"), "*.md").Select(File.ReadAllText)];
        Assert.All(Names, name => Assert.Contains(pages, page => page.Contains($"(../images/{name.Data}.svg)", StringComparison.Ordinal)));
        IEnumerable<string> shown = pages.SelectMany(page => Regex.Matches(page, @"\(\.\./images/(?<name>[^)]+)\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value));
        Assert.All(shown, image => Assert.True(File.Exists(Repository.PathOf("docs", "images", image)), image));
    }

    [Theory]
    [InlineData("<path d=\"M1.00 2\"/>", "<path d=\"M1.04 2\"/>", true)]
    [InlineData("<path d=\"M1.00 2\"/>", "<path d=\"M1.10 2\"/>", false)]
    [InlineData("<text>a</text>", "<text>b</text>", false)]
    [InlineData("M1 2", "M1 2 3", false)]
    public void Pictures_are_the_same_to_a_twentieth_of_a_pixel(string one, string other, bool same) => Assert.Equal(same, SamePicture(one, other));

    private static bool SamePicture(string one, string other)
    {
        if (!string.Equals(s_number.Replace(one, "#"), s_number.Replace(other, "#"), StringComparison.Ordinal)) return false;
        return s_number.Matches(one).Zip(s_number.Matches(other)).All(pair => Math.Abs(Number(pair.First) - Number(pair.Second)) <= PixelTolerance);

        static double Number(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);
    }
}
