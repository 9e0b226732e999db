using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>
/// Draws a <see cref="Figure"/> as SVG or PNG. The same figure gives the same bytes, in every culture and however often it is drawn.
/// The plotting library is used here and known nowhere else.
/// </summary>
public static class FigureRenderer
{
    /// <summary>The figure as a self-contained SVG document with its title drawn in it.</summary>
    /// <exception cref="FigureFontException">The machine has no font for figures.</exception>
    public static string ToSvg(Figure figure)
    {
        var output = new StringWriter();
        output.NewLine = "\n";
        new MarkupWriter(output).Tree(Svg(figure, "f", titled: true));
        return output.ToString() + "\n";
    }

    /// <summary>The figure as PNG with its title, at a multiple of its size.</summary>
    /// <exception cref="FigureFontException">The machine has no font for figures.</exception>
    public static byte[] ToPng(Figure figure, int scale = 2)
    {
        using var surface = SKSurface.Create(new SKImageInfo(figure.Width * scale, figure.Height * scale));
        surface.Canvas.Scale(scale);
        Draw(figure, surface.Canvas, titled: true);
        // The plotting library clears the canvas to its transparent background, so the paper goes beneath afterwards.
        surface.Canvas.DrawColor(SKColor.Parse(FigurePalette.Paper), SKBlendMode.DstOver);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The figure as an SVG element whose ids begin with a prefix, so that many can stand in one document.</summary>
    internal static XElement Svg(Figure figure, string idPrefix, bool titled)
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(figure.Width, figure.Height), stream))
        {
            Draw(figure, canvas, titled);
        }

        return FigureSvg.Clean(Encoding.UTF8.GetString(stream.ToArray()), figure, FigureFont.Installed, idPrefix);
    }

    private static void Draw(Figure figure, SKCanvas canvas, bool titled)
    {
        FigureFont font = FigureFont.Installed;
        FigureFrame frame = FigureFrame.Of(figure, font, titled);
        using var plot = new Plot();
        Style(plot, frame, font);
        foreach (FigureElement element in figure.Elements) Add(plot, frame, element);
        plot.Axes.SetLimits(frame.DrawnX(frame.X.Low), frame.DrawnX(frame.X.High), frame.DrawnY(frame.Y.Low), frame.DrawnY(frame.Y.High));
        // The library draws a plot twice when it draws it for the first time, which an SVG would keep; so the first time goes nowhere.
        plot.RenderInMemory(figure.Width, figure.Height);
        plot.Render(canvas, new PixelRect(0, figure.Width, figure.Height, 0));
        FigureLabels.Draw(canvas, frame, font, titled);
    }

    private static void Style(Plot plot, FigureFrame frame, FigureFont font)
    {
        plot.Font.Set(font.Family);
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.HideLegend();
        plot.Layout.Fixed(new PixelPadding(frame.Left, frame.Figure.Width - frame.Right, frame.Figure.Height - frame.BottomEdge, frame.TopEdge));
        plot.Axes.Top.IsVisible = plot.Axes.Right.IsVisible = false;
        plot.Axes.Left.FrameLineStyle.IsVisible = false;
        plot.Axes.Bottom.FrameLineStyle.Color = Colour(FigureColour.Muted);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Color.FromHex(FigurePalette.Grid);
        plot.Axes.Bottom.TickGenerator = Ticks(frame.XTicks, frame.DrawnX);
        plot.Axes.Left.TickGenerator = Ticks(frame.YTicks, frame.DrawnY);
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontName = font.Family;
            axis.TickLabelStyle.FontSize = FigureFrame.TickSize;
            axis.TickLabelStyle.ForeColor = Colour(FigureColour.Ink);
            axis.MajorTickStyle.Color = Colour(FigureColour.Muted);
        }

        plot.Axes.Left.MajorTickStyle.Length = 0;
    }

    private static NumericManual Ticks(ImmutableArray<FigureTick> ticks, Func<double, double> drawn) =>
        new([.. ticks.Select(tick => drawn(tick.Value))], [.. ticks.Select(tick => tick.Text)]);

    private static void Add(Plot plot, FigureFrame frame, FigureElement element)
    {
        switch (element)
        {
            case LineSeries line: AddLine(plot, frame, line); break;
            case PointSeries points: AddPoints(plot, frame, points); break;
            case BandSeries band: AddBand(plot, frame, band); break;
            case ShadedRange range:
                HorizontalSpan span = plot.Add.HorizontalSpan(frame.DrawnX(Math.Max(range.Low, frame.X.Low)), frame.DrawnX(Math.Min(range.High, frame.X.High)));
                span.FillColor = Colour(range.Colour).WithAlpha(0.10);
                span.LineStyle.IsVisible = false;
                break;
            case VerticalMark mark:
                AddMark(plot, frame, mark, mark.Line, (mark.X, frame.Y.Low), (mark.X, frame.Y.High));
                break;
            case HorizontalMark mark:
                AddMark(plot, frame, mark, mark.Line, (frame.X.Low, mark.Y), (frame.X.High, mark.Y));
                break;
            default:
                throw new ArgumentException($"figure '{frame.Figure.Title}' has a {element.GetType().Name}, which the renderer does not draw");
        }
    }

    private static void AddLine(Plot plot, FigureFrame frame, LineSeries line)
    {
        (double[] x, double[] y) = Thinning.ForWidth(line.X, line.Y, frame.Figure.Width, frame.X, line);
        double[] drawnX = Map(x, frame.DrawnX), drawnY = Map(y, frame.DrawnY);
        if (line.Line == FigureLine.Dashed)
        {
            plot.Add.Plottable(new DashedLine([.. Corners(drawnX, drawnY, line.Stepped)], Colour(line.Colour), 1.4f));
            return;
        }

        Scatter scatter = plot.Add.ScatterLine(drawnX, drawnY);
        scatter.ConnectStyle = line.Stepped ? ConnectStyle.StepHorizontal : ConnectStyle.Straight;
        Line(scatter.LineStyle, line.Colour, 1.8f);
    }

    private static IEnumerable<(double X, double Y)> Corners(double[] x, double[] y, bool stepped)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (stepped && i > 0) yield return (x[i], y[i - 1]);
            yield return (x[i], y[i]);
        }
    }

    private static void AddMark(Plot plot, FigureFrame frame, FigureElement mark, FigureLine line, (double X, double Y) from, (double X, double Y) to)
    {
        (double x1, double y1, double x2, double y2) = (frame.DrawnX(from.X), frame.DrawnY(from.Y), frame.DrawnX(to.X), frame.DrawnY(to.Y));
        if (line == FigureLine.Dashed)
        {
            plot.Add.Plottable(new DashedLine([(x1, y1), (x2, y2)], Colour(mark.Colour), 1.4f));
            return;
        }

        LinePlot whole = plot.Add.Line(x1, y1, x2, y2);
        Line(whole.LineStyle, mark.Colour, 1.4f);
        whole.MarkerStyle.IsVisible = false;
    }

    private static void AddBand(Plot plot, FigureFrame frame, BandSeries band)
    {
        FillY fill = plot.Add.FillY(Map(band.X, frame.DrawnX), Map(band.Low, frame.DrawnY), Map(band.High, frame.DrawnY));
        fill.FillColor = Colour(band.Colour).WithAlpha(0.16);
        fill.LineStyle.IsVisible = false;
        fill.MarkerStyle.IsVisible = false;
    }

    private static void AddPoints(Plot plot, FigureFrame frame, PointSeries points)
    {
        for (int i = 0; i < points.X.Length; i++)
        {
            double x = frame.DrawnX(points.X[i]), y = frame.DrawnY(points.Y[i]);
            if (!points.YBars.IsDefaultOrEmpty) AddBar(plot, points, x, frame.DrawnY(points.YBars[i].Low), x, frame.DrawnY(points.YBars[i].High));
            if (!points.XBars.IsDefaultOrEmpty) AddBar(plot, points, frame.DrawnX(points.XBars[i].Low), y, frame.DrawnX(points.XBars[i].High), y);
        }

        Scatter scatter = plot.Add.ScatterPoints(Map(points.X, frame.DrawnX), Map(points.Y, frame.DrawnY));
        scatter.MarkerShape = points.Open ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
        scatter.MarkerSize = points.X.Length > 60 ? 4 : 7;
        scatter.MarkerLineWidth = 1.5f;
        scatter.Color = Colour(points.Colour);
    }

    private static void AddBar(Plot plot, PointSeries points, double x1, double y1, double x2, double y2)
    {
        LinePlot bar = plot.Add.Line(x1, y1, x2, y2);
        Line(bar.LineStyle, points.Colour, 1.4f);
        bar.MarkerStyle.IsVisible = false;
    }

    private static void Line(LineStyle style, FigureColour colour, float width)
    {
        style.Color = Colour(colour);
        style.Width = width;
    }

    private static Color Colour(FigureColour colour) => Color.FromHex(FigurePalette.Hex(colour));

    private static double[] Map(IReadOnlyList<double> values, Func<double, double> drawn)
    {
        var mapped = new double[values.Count];
        for (int i = 0; i < mapped.Length; i++) mapped[i] = drawn(values[i]);
        return mapped;
    }
}
