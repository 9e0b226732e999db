using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>
/// The stack in section, filled and pressed side by side. Heights are to one scale for both, given by a bar; widths are not to scale.
/// A layer too thin to see is drawn at the least height and said to be.
/// </summary>
internal static class SectionDrawing
{
    private const double Width = 820;
    private const double StackTop = 74;
    private const double StackHeight = 250;
    private const double PunchHeight = 34;
    private const double Wall = 16;
    private const double ColumnWidth = 190;
    private const double FilledLeft = 70;
    private const double PressedLeft = 320;
    private const double LeastHeight = 4;
    private const double CollectorHeight = 4;

    // What fits between the leader line and the right edge in bold 12 px; the whole name is in the table below.
    private const int LongestName = 34;

    /// <summary>A layer's place in a column, in drawing units.</summary>
    private readonly record struct Slab(LayerView Layer, double Top, double Height, bool ToScale);

    public static void Write(ImmutableArray<LayerView> layers, Cell cell, MarkupWriter svg)
    {
        double tallest = layers.Sum(layer => Math.Max(layer.ThicknessBefore.Metres, layer.ThicknessAfter.Metres));
        double perMetre = StackHeight / tallest;
        ImmutableArray<Slab> filled = Slabs(layers, layer => layer.ThicknessBefore.Metres, perMetre, out double filledTop);
        ImmutableArray<Slab> pressed = Slabs(layers, layer => layer.ThicknessAfter.Metres, perMetre, out double pressedTop);
        double bottom = StackTop + StackHeight, height = bottom + PunchHeight + 54;
        using MarkupWriter.Scope root = svg.Open(
            "svg",
            ("viewBox", $"0 0 {N(Width)} {N(height)}"), ("width", N(Width)), ("height", N(height)), ("role", "img"),
            ("aria-labelledby", "stack-title stack-desc"), ("font-family", "DejaVu Sans, Verdana, sans-serif"), ("font-size", "12"));
        svg.Element("title", $"Section through {cell.Name}", ("id", "stack-title"));
        svg.Element("desc", string.Join("; ", layers.Select(layer => $"{layer.Name}: {Change(layer)}")), ("id", "stack-desc"));
        Column(svg, "filled", FilledLeft, filled, filledTop, bottom, "filled", false);
        Column(svg, "pressed", PressedLeft, pressed, pressedTop, bottom, "pressed", true);
        Joins(svg, filled, pressed, filledTop, pressedTop, bottom);
        Names(svg, pressed, cell, pressedTop);
        ScaleBar(svg, perMetre, tallest, bottom);
        string note = "Heights to scale, widths not; particles are hinted; collector not to scale.";
        List<string> thick = [.. filled.Concat(pressed).Where(slab => !slab.ToScale).Select(slab => slab.Layer.Name).Distinct(StringComparer.Ordinal)];
        if (thick.Count > 0) note += $" Drawn thicker than it is: {string.Join(", ", thick)}.";
        svg.Element("text", note, ("x", N(FilledLeft - Wall)), ("y", N(height - 10)), ("font-size", "11"), ("fill", Hex(FigureColour.Muted)));
    }

    // Stacks the layers upwards from the lower punch.
    private static ImmutableArray<Slab> Slabs(ImmutableArray<LayerView> layers, Func<LayerView, double> metres, double perMetre, out double top)
    {
        double edge = StackTop + StackHeight;
        var slabs = new Slab[layers.Length];
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            double height = metres(layers[i]) * perMetre;
            double drawn = Math.Max(height, LeastHeight);
            edge -= drawn;
            slabs[i] = new Slab(layers[i], edge, drawn, height >= LeastHeight);
        }

        top = edge - CollectorHeight;
        return [.. slabs];
    }

    private static void Column(MarkupWriter svg, string id, double left, ImmutableArray<Slab> slabs, double top, double bottom, string name, bool dense)
    {
        double wallTop = StackTop - PunchHeight - 6, wallHeight = bottom + PunchHeight - wallTop;
        Rect(svg, left - Wall, wallTop, Wall, wallHeight, FigurePalette.WallFill);
        Rect(svg, left + ColumnWidth, wallTop, Wall, wallHeight, FigurePalette.WallFill);
        Rect(svg, left, wallTop - 12, ColumnWidth, top - wallTop + 12, FigurePalette.SteelFill);
        Rect(svg, left, bottom, ColumnWidth, PunchHeight, FigurePalette.SteelFill);
        Rect(svg, left, top, ColumnWidth, CollectorHeight, FigurePalette.CollectorFill);
        foreach (Slab slab in slabs) Layer(svg, $"stack-{id}", left, slab, dense);
        double middle = left + (ColumnWidth / 2);
        svg.Element("text", name, ("x", N(middle)), ("y", "14"), ("text-anchor", "middle"), ("font-weight", "bold"), ("fill", Hex(FigureColour.Ink)));
        svg.Element("text", "punch", ("x", N(middle)), ("y", N(bottom + 21)), ("text-anchor", "middle"), ("fill", Hex(FigureColour.Muted)));
        svg.Element(
            "text", "die wall", ("transform", $"translate({N(left - 4)} {N(bottom - 40)}) rotate(-90)"), ("font-size", "11"), ("fill", Hex(FigureColour.Muted)));
    }

    private static void Layer(MarkupWriter svg, string id, double left, Slab slab, bool dense)
    {
        bool metal = slab.Layer.Role == LayerRole.Anode;
        bool cathode = slab.Layer.Role == LayerRole.CathodeComposite;
        // A filled powder shows the paper between its grains, a pressed one its own ground.
        string ground = metal ? FigurePalette.LithiumFill : dense ? FigurePalette.SeparatorFill : FigurePalette.Paper;
        Rect(svg, left, slab.Top, ColumnWidth, slab.Height, ground);
        if (!metal)
        {
            string clip = $"{id}-{N(slab.Top)}";
            using (svg.Open("clipPath", ("id", clip))) Rect(svg, left, slab.Top, ColumnWidth, slab.Height, ground);
            using MarkupWriter.Scope grains = svg.Open("g", ("clip-path", $"url(#{clip})"));
            Grains(svg, left, slab, cathode, dense);
        }

        svg.Empty(
            "path", ("d", $"M{N(left)} {N(slab.Top)}H{N(left + ColumnWidth)}"), ("stroke", Hex(FigureColour.Ink)), ("stroke-width", "0.8"), ("fill", "none"));
    }

    // A shaken grid: even enough to read as a powder, uneven enough not to read as a pattern, and the same every time.
    private static void Grains(MarkupWriter svg, double left, Slab slab, bool cathode, bool dense)
    {
        double step = cathode ? 7.5 : dense ? 8 : 6.5;
        double radius = cathode ? 3.1 : dense ? 1.4 : 2.5;
        uint state = 2463534242;
        int row = 0;
        for (double y = slab.Top + (step / 2); y < slab.Top + slab.Height + radius; y += step * 0.87, row++)
        {
            for (double x = left + (row % 2 * step / 2); x < left + ColumnWidth + radius; x += step)
            {
                double dx = Next(ref state), dy = Next(ref state), size = radius * (0.75 + (0.5 * Next(ref state)));
                bool active = cathode && Next(ref state) < 0.72;
                string fill = active ? FigurePalette.CathodeParticle : FigurePalette.ElectrolyteGrain;
                svg.Empty("circle", ("cx", N(x + ((dx - 0.5) * step * 0.5))), ("cy", N(y + ((dy - 0.5) * step * 0.5))), ("r", N(active ? size : size * 0.8)), ("fill", fill));
            }
        }
    }

    // Marsaglia's xorshift: a drawing needs variety and no statistics.
    private static double Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state / 4294967296.0;
    }

    private static void Joins(MarkupWriter svg, ImmutableArray<Slab> filled, ImmutableArray<Slab> pressed, double filledTop, double pressedTop, double bottom)
    {
        Join(filledTop, pressedTop);
        for (int i = 1; i < filled.Length; i++) Join(filled[i].Top, pressed[i].Top);
        Join(bottom, bottom);

        void Join(double from, double to) => svg.Empty(
            "path", ("d", $"M{N(FilledLeft + ColumnWidth + Wall + 3)} {N(from)}L{N(PressedLeft - Wall - 3)} {N(to)}"),
            ("stroke", Hex(FigureColour.Muted)), ("stroke-width", "0.8"), ("stroke-dasharray", "3 3"), ("fill", "none"));
    }

    private static void Names(MarkupWriter svg, ImmutableArray<Slab> pressed, Cell cell, double top)
    {
        const double rows = 50, first = 38, x = PressedLeft + ColumnWidth + Wall + 22;
        (string Name, string Detail, string More, double At)[] names =
        [
            ("collector", Short(cell.Collector.Name), "", top + (CollectorHeight / 2)),
            .. pressed.Select(slab => (
                Short(slab.Layer.Name), Change(slab.Layer),
                $"{ReportText.Of(slab.Layer.Mass.Value)}, relative density {ReportText.Number(slab.Layer.RelativeDensity.Value.Percent)} %",
                slab.Top + (slab.Height / 2))),
        ];
        // Names keep their order and their distance; the last stays above the lower edge, the first takes what is left.
        double[] places = [.. names.Select(name => name.At)];
        for (int i = 1; i < places.Length; i++) places[i] = Math.Max(places[i], places[i - 1] + (i == 1 ? first : rows));
        double excess = Math.Max(0, places[^1] - (StackTop + StackHeight + 14));
        for (int i = places.Length - 1; i >= 0 && excess > 0; i--)
        {
            places[i] -= excess;
            if (i > 0) excess = Math.Max(0, places[i - 1] + (i == 1 ? first : rows) - places[i]);
        }

        for (int i = 0; i < names.Length; i++)
        {
            svg.Empty(
                "path", ("d", $"M{N(PressedLeft + ColumnWidth + 2)} {N(names[i].At)}H{N(PressedLeft + ColumnWidth + Wall + 2)}L{N(x - 4)} {N(places[i])}"),
                ("stroke", Hex(FigureColour.Muted)), ("stroke-width", "0.8"), ("fill", "none"));
            svg.Element("text", names[i].Name, ("x", N(x)), ("y", N(places[i] + 4)), ("font-weight", "bold"), ("fill", Hex(FigureColour.Ink)));
            svg.Element("text", names[i].Detail, ("x", N(x)), ("y", N(places[i] + 18)), ("font-size", "11"), ("fill", Hex(FigureColour.Muted)));
            if (names[i].More.Length > 0) svg.Element("text", names[i].More, ("x", N(x)), ("y", N(places[i] + 31)), ("font-size", "11"), ("fill", Hex(FigureColour.Muted)));
        }
    }

    private static void ScaleBar(MarkupWriter svg, double perMetre, double tallestMetres, double bottom)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(tallestMetres / 2)));
        double bar = new[] { 5.0, 2.0, 1.0 }.First(digit => digit * decade <= tallestMetres / 2) * decade;
        const double x = 34;
        double y = bottom - (bar * perMetre);
        svg.Empty(
            "path", ("d", $"M{N(x - 4)} {N(bottom)}H{N(x + 4)}M{N(x)} {N(bottom)}V{N(y)}M{N(x - 4)} {N(y)}H{N(x + 4)}"),
            ("stroke", Hex(FigureColour.Ink)), ("stroke-width", "1.4"), ("fill", "none"));
        svg.Element(
            "text", ReportText.Of(new Length(bar), 1), ("transform", $"translate({N(x - 9)} {N(0.5 * (y + bottom))}) rotate(-90)"),
            ("text-anchor", "middle"), ("fill", Hex(FigureColour.Ink)));
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)].TrimEnd() + "…";

    private static string Change(LayerView layer) => $"{ReportText.Of(layer.ThicknessBefore)} → {ReportText.Of(layer.ThicknessAfter)}";

    private static void Rect(MarkupWriter svg, double x, double y, double width, double height, string fill) =>
        svg.Empty("rect", ("x", N(x)), ("y", N(y)), ("width", N(width)), ("height", N(height)), ("fill", fill));

    private static string N(double value) => MarkupWriter.Coordinate(value);

    private static string Hex(FigureColour colour) => FigurePalette.Hex(colour);
}
