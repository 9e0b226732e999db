using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Reports;

public sealed class FigureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static Figure Sample(string label = "median") => new(
        "Resistance of Li₆PS₅Cl",
        new FigureAxis("Sample pressure", "MPa", FigureScale.Logarithmic),
        new FigureAxis("Cell resistance", "Ω cm²"),
        [
            new ShadedRange(20, 60, "window", FigureColour.Green),
            new BandSeries("90 % band", [5, 50, 500], [20, 15.5, 12], [40, 25.5, 20], FigureColour.Blue),
            new LineSeries(label, [5, 50, 500], [30, 20.5, 16], FigureColour.Blue),
            new PointSeries("measured", [50], [19], FigureColour.Purple, [new Interval(18, 20)], [new Interval(46, 54)]),
            new VerticalMark(74, "habit", FigureColour.Muted, FigureLine.Dashed),
            new HorizontalMark(25, "limit", FigureColour.Muted),
        ])
    { Description = "A test." };

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_same_figure_is_the_same_svg_in_every_culture(string culture)
    {
        string here = FigureRenderer.ToSvg(Sample());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(here, FigureRenderer.ToSvg(Sample()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Everything_is_drawn_once()
    {
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(Sample())).Root!;
        string[] words = [.. svg.Descendants(s_svg + "text").Select(text => text.Value)];
        foreach (string word in (string[])["median", "90 % band", "measured", "habit", "limit", "window", "Cell resistance (Ω cm²)", "Sample pressure (MPa)", "100"])
        {
            Assert.Single(words, word);
        }

        Assert.Single(svg.Descendants(s_svg + "path"), path => path.Attribute("fill")?.Value == FigurePalette.Hex(FigureColour.Blue));
    }

    /// <summary>A dashed line is many strokes and a whole one is one; a browser and a PNG show the same.</summary>
    [Fact]
    public void Dashes_are_strokes_of_their_own()
    {
        Figure figure = Sample() with
        {
            Elements =
            [
                new LineSeries("", [5, 50, 500], [30, 20, 16], FigureColour.Blue),
                new LineSeries("", [5, 50, 500], [32, 22, 18], FigureColour.Vermilion, FigureLine.Dashed),
                new LineSeries("", [5, 50, 500], [34, 24, 20], FigureColour.Green, FigureLine.Dashed) { Stepped = true },
                new VerticalMark(74, "", FigureColour.Purple, FigureLine.Dashed),
            ],
        };
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(figure)).Root!;
        Assert.Equal(1, Strokes(FigureColour.Blue));
        foreach (FigureColour colour in (FigureColour[])[FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple]) Assert.InRange(Strokes(colour), 15, 120);

        int Strokes(FigureColour colour) =>
            svg.Descendants(s_svg + "path").Where(path => path.Attribute("stroke")?.Value == FigurePalette.Hex(colour)).Sum(path => path.Attribute("d")!.Value.Count(letter => letter == 'M'))
            + svg.Descendants(s_svg + "line").Count(line => line.Attribute("stroke")?.Value == FigurePalette.Hex(colour));
    }

    [Fact]
    public void Every_shape_names_its_paint_because_a_browser_fills_a_nameless_one_with_black()
    {
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(Sample())).Root!;
        IEnumerable<XElement> bare = svg.Descendants()
            .Where(shape => shape.Name.LocalName is "rect" or "path" or "ellipse" or "circle" or "text" && shape.Parent!.Name.LocalName != "clipPath")
            .Where(shape => shape.Attribute("fill") is null);
        Assert.Empty(bare);
    }

    [Fact]
    public void Every_colour_has_a_counterpart_on_dark_ground()
    {
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(Sample())).Root!;
        string[] known = ["none", .. FigurePalette.Pairs.Select(pair => pair.Light)];
        IEnumerable<string> used = svg.Descendants().Attributes().Where(a => a.Name.LocalName is "fill" or "stroke").Select(a => a.Value);
        Assert.All(used, colour => Assert.Contains(colour, known, StringComparer.Ordinal));
    }

    [Fact]
    public void Words_end_in_a_generic_font_family_and_the_svg_speaks_to_screen_readers()
    {
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(Sample())).Root!;
        Assert.All(svg.Descendants(s_svg + "text"), text => Assert.EndsWith(", sans-serif", text.Attribute("font-family")!.Value, StringComparison.Ordinal));
        Assert.Equal("Resistance of Li₆PS₅Cl", svg.Element(s_svg + "title")!.Value);
        Assert.Equal("A test.", svg.Element(s_svg + "desc")!.Value);
    }

    [Fact]
    public void A_label_with_markup_and_control_characters_stays_text()
    {
        XElement svg = XDocument.Parse(FigureRenderer.ToSvg(Sample("<script>a\u0001"))).Root!;
        Assert.Empty(svg.Descendants(s_svg + "script"));
        Assert.Contains(svg.Descendants(s_svg + "text"), text => text.Value == "<script>a\ufffd");
    }

    [Fact]
    public void A_png_lies_on_paper_and_not_on_nothing()
    {
        using SkiaSharp.SKBitmap picture = SkiaSharp.SKBitmap.Decode(FigureRenderer.ToPng(Sample(), scale: 1));
        Assert.Equal(SkiaSharp.SKColor.Parse(FigurePalette.Paper), picture.GetPixel(0, 0));
    }

    [Fact]
    public void A_png_has_twice_the_pixels()
    {
        byte[] png = FigureRenderer.ToPng(Sample());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(2 * 760, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Fact]
    public void A_logarithmic_axis_refuses_zero_and_says_which_axis()
    {
        Figure figure = Sample() with { Elements = [new LineSeries("a", [0, 1], [1, 2], FigureColour.Blue)] };
        ArgumentException error = Assert.Throws<ArgumentException>(() => FigureRenderer.ToSvg(figure));
        Assert.Contains("'Sample pressure'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_fonts_is_told_what_to_install()
    {
        FigureFontException error = Assert.Throws<FigureFontException>(() => FigureFont.Find(["No Such Family"]));
        Assert.Contains("fonts-dejavu-core", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thinning_a_long_trace_keeps_its_only_spike()
    {
        ImmutableArray<double> x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        ImmutableArray<double> y = [.. x.Select(i => i == 54_321 ? 9.0 : 1.0)];
        var line = new LineSeries("a", x, y, FigureColour.Blue);
        (double[] keptX, double[] keptY) = Thinning.ForWidth(x, y, 500, new Interval(0, 99_999), line);
        Assert.True(keptX.Length < 2_100, $"{keptX.Length} points are left");
        Assert.Equal(54_321, keptX[Array.IndexOf(keptY, 9.0)]);
        Assert.Equal(99_999, keptX[^1]);
    }

    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-10, 10, 4, "−10 −5 0 5 10")]
    [InlineData(88, 92, 3, "88 90 92")]
    public void Linear_ticks_are_round(double low, double high, int wanted, string expected) =>
        Assert.Equal(expected, string.Join(' ', FigureTicks.For(FigureScale.Linear, low, high, wanted).Select(tick => tick.Text)));

    [Fact]
    public void Logarithmic_ticks_are_ones_twos_and_fives() =>
        Assert.Equal("0.5 1 2 5 10 20 50 100", string.Join(' ', FigureTicks.For(FigureScale.Logarithmic, 0.5, 120, 6).Select(tick => tick.Text)));

    [Fact]
    public void Logarithmic_ticks_are_powers_of_ten_from_ten_thousand_on_and_below_a_thousandth()
    {
        Assert.Equal("10 100 1000 10⁴ 10⁵ 10⁶", string.Join(' ', FigureTicks.For(FigureScale.Logarithmic, 8, 2e6, 7).Select(tick => tick.Text)));
        Assert.Equal("10⁻⁴ 0.001 0.01 0.1 1", string.Join(' ', FigureTicks.For(FigureScale.Logarithmic, 1e-4, 1, 7).Select(tick => tick.Text)));
        Assert.Equal("4000 5000 7000 10⁴ 2·10⁴ 3·10⁴ 4·10⁴ 5·10⁴", string.Join(' ', FigureTicks.For(FigureScale.Logarithmic, 4e3, 6e4, 5).Select(tick => tick.Text)));
    }
}
