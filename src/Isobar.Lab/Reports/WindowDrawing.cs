using System.Collections.Immutable;
using Isobar.Planning;

namespace Isobar.Lab.Reports;

/// <summary>
/// Each step's window on one logarithmic axis of sample pressure: a bar from lowest to highest that fades where its end is
/// uncertain, the chosen pressure with its 90 % band, and the two pressures that habit puts everywhere.
/// </summary>
internal static class WindowDrawing
{
    private const double Width = 940;
    private const double Left = 210;
    private const double Right = 916;
    private const double Top = 44;
    private const double RowHeight = 62;

    // One metric ton on 13 mm and three on 10 mm: where the habits come from.
    private static readonly (double Megapascals, string Text)[] s_habits = [(74, "habit 74 MPa"), (375, "habit 375 MPa")];

    public static void Write(ImmutableArray<PressureWindow> windows, MarkupWriter html)
    {
        if (windows.Length == 0)
        {
            html.Element("p", "The plan has no pressing.");
            return;
        }

        Axis axis = Axis.Of(windows);
        double bottom = Top + (RowHeight * windows.Length), height = bottom + 46;
        using MarkupWriter.Scope figure = html.Open("figure");
        html.Element("figcaption", "Green: defensible pressures, fading over the 90 % band of each end. Dot: chosen, with the 90 % band of what reaches the sample.");
        using MarkupWriter.Scope frame = html.Open("div", ("class", "wide"));
        using MarkupWriter.Scope svg = html.Open(
            "svg",
            ("viewBox", $"0 0 {N(Width)} {N(height)}"), ("width", N(Width)), ("height", N(height)), ("role", "img"),
            ("aria-labelledby", "windows-title windows-desc"), ("font-family", "DejaVu Sans, Verdana, sans-serif"), ("font-size", "12.5"));
        html.Element("title", "Pressure windows", ("id", "windows-title"));
        html.Element("desc", string.Join("; ", windows.Select(Describe)), ("id", "windows-desc"));
        Grid(html, axis, bottom);
        for (int i = 0; i < windows.Length; i++) Row(html, axis, windows[i], i);
    }

    private static void Grid(MarkupWriter svg, Axis axis, double bottom)
    {
        foreach (FigureTick tick in FigureTicks.For(FigureScale.Logarithmic, axis.Low, axis.High, 7))
        {
            Line(svg, axis.X(tick.Value), Top, axis.X(tick.Value), bottom, FigurePalette.Grid, 1);
            Words(svg, tick.Text, axis.X(tick.Value), bottom + 18, "middle", FigureColour.Ink);
        }

        Line(svg, Left, bottom, Right, bottom, FigurePalette.Hex(FigureColour.Muted), 1);
        Words(svg, "Sample pressure (MPa)", Right, bottom + 38, "end", FigureColour.Muted);
        foreach ((double megapascals, string text) in s_habits)
        {
            if (megapascals < axis.Low || megapascals > axis.High) continue;
            double x = axis.X(megapascals);
            Line(svg, x, Top - 8, x, bottom, FigurePalette.Hex(FigureColour.Muted), 1.2, "5 4");
            bool atEnd = x + 110 > Right;
            Words(svg, text, atEnd ? Right : x, Top - 15, atEnd ? "end" : "middle", FigureColour.Muted);
        }
    }

    private static void Row(MarkupWriter svg, Axis axis, PressureWindow window, int index)
    {
        double y = Top + (RowHeight * index) + 36;
        if (index > 0) Line(svg, 0, y - 36, Right, y - 36, FigurePalette.Grid, 1);
        Words(svg, ReportText.Capital(window.Label), 0, y - 2, "start", FigureColour.Ink, bold: true);
        Words(svg, WindowSection.Name(window.Kind), 0, y + 15, "start", FigureColour.Muted);
        double low = window.Low.Pressure.Megapascals, high = window.High.Pressure.Megapascals;
        if (low <= high)
        {
            Bar(svg, axis, window, index, y);
            End(svg, axis.X(low), y, FigureColour.Green);
            End(svg, axis.X(high), y, FigureColour.Green);
        }
        else
        {
            // The lowest lies above the highest: nothing satisfies both, and a bar would say otherwise.
            End(svg, axis.X(low), y, FigureColour.Vermilion);
            End(svg, axis.X(high), y, FigureColour.Vermilion);
            Words(svg, "no pressure satisfies both ends", Math.Min(axis.X(low) + 8, Right - 220), y + 20, "start", FigureColour.Vermilion);
        }

        double x = axis.X(window.Chosen.Value.Megapascals);
        string ink = FigurePalette.Hex(FigureColour.Ink);
        double from = axis.X(window.Chosen.Low90.Megapascals), to = axis.X(window.Chosen.High90.Megapascals);
        svg.Empty("path", ("d", $"M{N(from)} {N(y)}H{N(to)}M{N(from)} {N(y - 5)}V{N(y + 5)}M{N(to)} {N(y - 5)}V{N(y + 5)}"), ("stroke", ink), ("stroke-width", "1.8"), ("fill", "none"));
        svg.Empty("circle", ("cx", N(x)), ("cy", N(y)), ("r", "5"), ("fill", ink));
        string text = ReportText.Of(window.Chosen.Value);
        // Paper behind the number, so that a habit's line does not strike it through.
        svg.Element(
            "text", text, ("x", N(Math.Clamp(x, Left + 30, Right - 30))), ("y", N(y - 14)), ("text-anchor", "middle"), ("font-weight", "bold"),
            ("fill", ink), ("stroke", FigurePalette.Paper), ("stroke-width", "4"), ("stroke-linejoin", "round"), ("paint-order", "stroke"));
    }

    private static void Bar(MarkupWriter svg, Axis axis, PressureWindow window, int index, double y)
    {
        double a = axis.X(window.Low.Band90.Low / 1e6), d = axis.X(window.High.Band90.High / 1e6);
        double b = axis.X(window.Low.Band90.High / 1e6), c = axis.X(window.High.Band90.Low / 1e6);
        // Bands that overlap leave no place that is surely inside; the bar then is fullest halfway.
        if (b > c) b = c = 0.5 * (b + c);
        string id = "window-" + ReportText.Count(index), green = FigurePalette.Hex(FigureColour.Green);
        using (svg.Open("linearGradient", ("id", id), ("gradientUnits", "userSpaceOnUse"), ("x1", N(a)), ("x2", N(Math.Max(d, a + 0.5))), ("y1", "0"), ("y2", "0")))
        {
            // A low end at or below zero lies outside a logarithmic axis: the bar begins at the edge at full strength.
            (double X, double Opacity)[] stops = [(a, window.Low.Pressure.Megapascals <= axis.Low ? 0.42 : 0.02), (b, 0.42), (c, 0.42), (d, 0.02)];
            foreach ((double at, double opacity) in stops)
            {
                svg.Empty("stop", ("offset", N(d > a ? Math.Clamp((at - a) / (d - a), 0, 1) : 0)), ("stop-color", green), ("stop-opacity", N(opacity)));
            }
        }

        svg.Empty("rect", ("x", N(a)), ("y", N(y - 9)), ("width", N(Math.Max(d - a, 0.5))), ("height", "18"), ("rx", "3"), ("fill", $"url(#{id})"));
    }

    private static void End(MarkupWriter svg, double x, double y, FigureColour colour) =>
        Line(svg, x, y - 11, x, y + 11, FigurePalette.Hex(colour), 2);

    private static string Describe(PressureWindow window) =>
        $"{window.Label}: {ReportText.Megapascals(window.Low.Pressure)} to {ReportText.Megapascals(window.High.Pressure)} MPa, chosen {ReportText.Of(window.Chosen.Value)}";

    private static void Line(MarkupWriter svg, double x1, double y1, double x2, double y2, string stroke, double width, string dash = "none") => svg.Empty(
        "path", ("d", $"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}"), ("stroke", stroke), ("stroke-width", N(width)), ("stroke-dasharray", dash), ("fill", "none"));

    private static void Words(MarkupWriter svg, string text, double x, double y, string anchor, FigureColour colour, bool bold = false) => svg.Element(
        "text", text, ("x", N(x)), ("y", N(y)), ("text-anchor", anchor), ("font-weight", bold ? "bold" : "normal"), ("fill", FigurePalette.Hex(colour)));

    private static string N(double value) => MarkupWriter.Coordinate(value);

    /// <summary>The common axis. What lies beyond its ends is drawn at the end.</summary>
    private readonly record struct Axis(double Low, double High)
    {
        public double X(double megapascals) =>
            megapascals <= Low ? Left : megapascals >= High ? Right : Left + (Math.Log(megapascals / Low) / Math.Log(High / Low) * (Right - Left));

        public static Axis Of(ImmutableArray<PressureWindow> windows)
        {
            List<double> all = [.. windows.SelectMany(w => (double[])
                [w.Low.Band90.Low, w.Low.Pressure.Pascals, w.High.Band90.High, w.High.Pressure.Pascals, w.Chosen.Value.Pascals]).Select(pascals => pascals / 1e6)];
            // Under a tenth of a megapascal no press can be set; a window that reaches lower runs off the axis.
            double least = all.Where(p => p >= 0.1).DefaultIfEmpty(0.1).Min();
            return new Axis(least / 1.25, Math.Max(all.Max(), least * 2) * 1.15);
        }
    }
}
