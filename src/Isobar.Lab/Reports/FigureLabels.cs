using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>
/// Writes names beside what they name, so that no legend is needed: series at their right end, marks at their top, ranges at
/// their foot. Names that would overlap are moved apart.
/// </summary>
internal static class FigureLabels
{
    private const float LineHeight = 15;

    /// <summary>Whether the element's name stands in the right margin.</summary>
    public static bool IsAtTheEnd(FigureElement element) =>
        element.Label.Length > 0 && element is LineSeries or BandSeries or PointSeries or HorizontalMark;

    public static void Draw(SKCanvas canvas, FigureFrame frame, FigureFont font, bool titled)
    {
        Figure figure = frame.Figure;
        if (titled) Text(canvas, font, figure.Title, 12, 20, 14, FigureColour.Ink, bold: true);
        Text(canvas, font, figure.Y.LabelWithUnit, 12, frame.TopEdge - 13, FigureFrame.LabelSize, FigureColour.Muted);
        string x = figure.X.LabelWithUnit;
        Text(canvas, font, x, frame.Right - font.Width(x, FigureFrame.LabelSize), figure.Height - 8, FigureFrame.LabelSize, FigureColour.Muted);
        Ends(canvas, frame, font);
        Marks(canvas, frame, font);
        Ranges(canvas, frame, font);
    }

    private static void Ends(SKCanvas canvas, FigureFrame frame, FigureFont font)
    {
        List<(FigureElement Element, float Y)> names = [.. frame.Figure.Elements
            .Where(IsAtTheEnd)
            .Select(element => (element, Math.Clamp(frame.PixelY(EndValue(element)), frame.TopEdge, frame.BottomEdge)))
            .OrderBy(name => name.Item2)];
        float[] heights = Spread([.. names.Select(name => name.Y)], frame.TopEdge, frame.BottomEdge);
        for (int i = 0; i < names.Count; i++)
        {
            Text(canvas, font, names[i].Element.Label, frame.Right + 7, heights[i] + 4, FigureFrame.LabelSize, names[i].Element.Colour);
        }
    }

    private static double EndValue(FigureElement element) => element switch
    {
        LineSeries line => line.Y[^1],
        BandSeries band => 0.5 * (band.Low[^1] + band.High[^1]),
        PointSeries points => points.Y[^1],
        HorizontalMark mark => mark.Y,
        _ => throw new ArgumentException($"{element.GetType().Name} has no end", nameof(element)),
    };

    // Pushes sorted heights apart from the top down, then back up from the bottom edge.
    private static float[] Spread(float[] heights, float top, float bottom)
    {
        for (int i = 1; i < heights.Length; i++) heights[i] = Math.Max(heights[i], heights[i - 1] + LineHeight);
        float limit = bottom;
        for (int i = heights.Length - 1; i >= 0; i--)
        {
            heights[i] = Math.Max(Math.Min(heights[i], limit), top);
            limit = heights[i] - LineHeight;
        }

        return heights;
    }

    private static void Marks(SKCanvas canvas, FigureFrame frame, FigureFont font)
    {
        // One row per mark that would run into an earlier one.
        var ends = new List<float>();
        List<VerticalMark> marks = [.. frame.Figure.Elements.OfType<VerticalMark>().OrderBy(m => m.X)];
        foreach (VerticalMark mark in marks.Where(m => m.Label.Length > 0))
        {
            float width = font.Width(mark.Label, FigureFrame.LabelSize);
            float line = frame.PixelX(mark.X);
            float left = line + 5;
            // To the left of its line when there is no room to the right, or when another line would cross the words.
            bool crossed = marks.Any(other => other.X > mark.X && frame.PixelX(other.X) < left + width);
            if (left + width > frame.Right || (crossed && line - 5 - width > frame.Left)) left = line - 5 - width;
            int row = 0;
            while (row < ends.Count && ends[row] > left - 8) row++;
            if (row == ends.Count) ends.Add(0);
            ends[row] = left + width;
            Text(canvas, font, mark.Label, left, frame.TopEdge + 12 + (row * LineHeight), FigureFrame.LabelSize, mark.Colour);
        }
    }

    private static void Ranges(SKCanvas canvas, FigureFrame frame, FigureFont font)
    {
        foreach (ShadedRange range in frame.Figure.Elements.OfType<ShadedRange>().Where(r => r.Label.Length > 0))
        {
            float width = font.Width(range.Label, FigureFrame.LabelSize);
            (float from, float to) = WidestGap(frame, range);
            float left = Math.Clamp(0.5f * (from + to - width), frame.Left + 4, Math.Max(frame.Left + 4, frame.Right - width - 4));
            Text(canvas, font, range.Label, left, frame.BottomEdge - 7, FigureFrame.LabelSize, range.Colour);
        }
    }

    // Vertical marks cut a range into parts; the name goes into the widest.
    private static (float From, float To) WidestGap(FigureFrame frame, ShadedRange range)
    {
        float low = frame.PixelX(Math.Max(range.Low, frame.X.Low)), high = frame.PixelX(Math.Min(range.High, frame.X.High));
        float[] edges = [low, .. frame.Figure.Elements.OfType<VerticalMark>().Select(m => frame.PixelX(m.X)).Where(x => x > low && x < high).Order(), high];
        int widest = Enumerable.Range(0, edges.Length - 1).MaxBy(i => edges[i + 1] - edges[i]);
        return (edges[widest], edges[widest + 1]);
    }

    private static void Text(SKCanvas canvas, FigureFont font, string text, float x, float y, float size, FigureColour colour, bool bold = false)
    {
        using SKFont skFont = font.At(size, bold);
        using var paint = new SKPaint { Color = SKColor.Parse(FigurePalette.Hex(colour)), IsAntialias = true };
        canvas.DrawText(ReportText.Printable(text), x, y, SKTextAlign.Left, skFont, paint);
    }
}
