using ScottPlot;
using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>
/// A line in dashes, each drawn as a stroke of its own: the SVG canvas of the drawing library knows no dashes and would draw the line whole. Numbers are those that the plotting library sees.
/// </summary>
internal sealed class DashedLine(IReadOnlyList<(double X, double Y)> points, Color colour, float width) : IPlottable
{
    private const float Dash = 7, Gap = 4;

    // Beyond the paper by this much nothing is dashed.
    private const float Margin = 20;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(points.Min(p => p.X), points.Max(p => p.X), points.Min(p => p.Y), points.Max(p => p.Y));

    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        Pixel[] way = [.. points.Select(point => Axes.GetPixel(new Coordinates(point.X, point.Y)))];
        // Where the pattern stands: dash first, then gap.
        float phase = 0;
        for (int i = 1; i < way.Length; i++) phase = Stroke(path, way[i - 1], way[i], rp.DataRect.Expand(Margin), phase);
        using var paint = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true, Color = new SKColor(colour.ARGB) };
        rp.Canvas.DrawPath(path, paint);
    }

    private static float Stroke(SKPath path, Pixel from, Pixel to, PixelRect paper, float phase)
    {
        float dx = to.X - from.X, dy = to.Y - from.Y, length = MathF.Sqrt((dx * dx) + (dy * dy));
        if (!(length > 0)) return phase;
        (float start, float end) = Inside(from, dx, dy, paper);
        if (start >= end) return phase;
        for (float at = start * length; at < end * length;)
        {
            bool inked = phase < Dash;
            float next = Math.Min(end * length, at + (inked ? Dash : Dash + Gap) - phase);
            if (inked)
            {
                // A dash goes around a corner in one stroke.
                if (at > start * length || phase == 0 || path.IsEmpty) path.MoveTo(from.X + (dx * at / length), from.Y + (dy * at / length));
                path.LineTo(from.X + (dx * next / length), from.Y + (dy * next / length));
            }

            phase += next - at;
            if (phase >= Dash + Gap - 1e-3f) phase = 0;
            else if (inked && next < end * length) phase = Dash;
            at = next;
        }

        return phase;
    }

    // The part of the way that lies on the paper, as shares of it.
    private static (float Start, float End) Inside(Pixel from, float dx, float dy, PixelRect paper)
    {
        float start = 0, end = 1;
        Cut(from.X, dx, paper.Left, paper.Right);
        Cut(from.Y, dy, paper.Top, paper.Bottom);
        return (start, end);

        void Cut(float at, float step, float low, float high)
        {
            if (step == 0)
            {
                if (at < low || at > high) end = start;
                return;
            }

            float a = (low - at) / step, b = (high - at) / step;
            start = Math.Max(start, Math.Min(a, b));
            end = Math.Min(end, Math.Max(a, b));
        }
    }
}
