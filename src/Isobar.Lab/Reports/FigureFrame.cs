using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>
/// Where a figure's numbers land on the page: the limits of its axes and the rectangle of the data. "Drawn" numbers are what
/// the plotting library sees: the numbers themselves on a linear axis, their decimal logarithm on a logarithmic one.
/// </summary>
internal sealed class FigureFrame
{
    public const float LabelSize = 12;
    public const float TickSize = 11.5f;
    private const float Top = 30;
    private const float Bottom = 46;

    private FigureFrame(Figure figure, Interval x, Interval y, float left, float right, float titleHeight)
    {
        Figure = figure;
        X = x;
        Y = y;
        Left = left;
        Right = figure.Width - right;
        this.TopEdge = Top + titleHeight;
        BottomEdge = figure.Height - Bottom;
        XTicks = Ticks(figure.X, x, Math.Max(2, (int)((Right - Left) / 65)));
        YTicks = Ticks(figure.Y, y, Math.Max(2, (int)((BottomEdge - TopEdge) / 38)));
    }

    public Figure Figure { get; }

    /// <summary>Limits of the horizontal axis in its own numbers.</summary>
    public Interval X { get; private set; }

    /// <summary>Limits of the vertical axis in its own numbers.</summary>
    public Interval Y { get; private set; }

    public float Left { get; }

    public float Right { get; }

    public float TopEdge { get; }

    public float BottomEdge { get; }

    public ImmutableArray<FigureTick> XTicks { get; }

    public ImmutableArray<FigureTick> YTicks { get; }

    public double DrawnX(double x) => Drawn(Figure.X.Scale, x);

    public double DrawnY(double y) => Drawn(Figure.Y.Scale, y);

    public float PixelX(double x) => Pixel(DrawnX(x), DrawnX(X.Low), DrawnX(X.High), Left, Right);

    public float PixelY(double y) => Pixel(DrawnY(y), DrawnY(Y.Low), DrawnY(Y.High), BottomEdge, TopEdge);

    /// <summary>Finds limits and margins for a figure.</summary>
    public static FigureFrame Of(Figure figure, FigureFont font, bool titled)
    {
        Interval x = Limits(figure.X, figure, Xs(figure), 0);
        Interval y = Limits(figure.Y, figure, Ys(figure), 0.06);
        float title = titled ? 26 : 0;
        float right = 18 + figure.Elements.Where(FigureLabels.IsAtTheEnd).Select(e => font.Width(e.Label, LabelSize) + 10).DefaultIfEmpty(0).Max();
        // The ticks decide how wide the left margin is, and the frame decides the ticks; heights do not depend on the margin.
        var trial = new FigureFrame(figure, x, y, 60, right, title);
        float left = 16 + trial.YTicks.Select(tick => font.Width(tick.Text, TickSize)).DefaultIfEmpty(0).Max();
        var frame = new FigureFrame(figure, x, y, Math.Max(left, 34), right, title);
        return figure.EqualScales ? new FigureFrame(figure, frame.Widened().X, frame.Widened().Y, Math.Max(left, 34), right, title) : frame;
    }

    // Equal scales: the shorter axis gets more range until a unit is as long on both.
    private (Interval X, Interval Y) Widened()
    {
        double perPixelX = (X.High - X.Low) / (Right - Left);
        double perPixelY = (Y.High - Y.Low) / (BottomEdge - TopEdge);
        return perPixelX > perPixelY
            ? (X, Y with { High = Y.Low + (perPixelX * (BottomEdge - TopEdge)) })
            : (X with { High = X.Low + (perPixelY * (Right - Left)) }, Y);
    }

    private static ImmutableArray<FigureTick> Ticks(FigureAxis axis, Interval limits, int wanted) => axis.Names.IsEmpty
        ? FigureTicks.For(axis.Scale, limits.Low, limits.High, wanted)
        : [.. axis.Names.Select((name, i) => new FigureTick(i + 1, name))];

    private static float Pixel(double drawn, double low, double high, float atLow, float atHigh) =>
        (float)(atLow + ((drawn - low) / (high - low) * (atHigh - atLow)));

    private static double Drawn(FigureScale scale, double value) => scale == FigureScale.Logarithmic ? Math.Log10(value) : value;

    private static Interval Limits(FigureAxis axis, Figure figure, IEnumerable<double> values, double margin)
    {
        if (axis.Range is { } range)
        {
            if (!(range.Low < range.High)) throw new ArgumentException($"the range of axis '{axis.Label}' in figure '{figure.Title}' runs from {Quantity.Number(range.Low)} to {Quantity.Number(range.High)}; it must ascend");
            if (axis.Scale == FigureScale.Logarithmic && range.Low <= 0) throw NotPositive(axis, figure, range.Low);
            return range;
        }

        if (!axis.Names.IsEmpty) return new Interval(0.4, axis.Names.Length + 0.6);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"figure '{figure.Title}' has the value {Quantity.Number(value)} on axis '{axis.Label}'; leave points out that are not numbers");
            if (axis.Scale == FigureScale.Logarithmic && value <= 0) throw NotPositive(axis, figure, value);
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high) throw new ArgumentException($"figure '{figure.Title}' has nothing to draw along axis '{axis.Label}'; give it data or a range");
        double a = Drawn(axis.Scale, low), b = Drawn(axis.Scale, high);
        double room = b - a;
        // A constant series gets a tenth of itself on either side; the room of a factor on a logarithmic axis.
        if (room <= 0) (a, b, room) = axis.Scale == FigureScale.Logarithmic || a == 0 ? (a - 0.3, b + 0.3, 0) : (a - (0.1 * Math.Abs(a)), b + (0.1 * Math.Abs(b)), 0);
        double bottom = axis.Scale == FigureScale.Linear && low >= 0 && a - (margin * room) < 0 ? 0 : a - (margin * room);
        double top = b + (margin * room);
        return axis.Scale == FigureScale.Logarithmic ? new Interval(Math.Pow(10, bottom), Math.Pow(10, top)) : new Interval(bottom, top);
    }

    private static ArgumentException NotPositive(FigureAxis axis, Figure figure, double value) =>
        new($"axis '{axis.Label}' of figure '{figure.Title}' is logarithmic and cannot show {Quantity.Number(value)}; use a linear axis or leave the point out");

    private static IEnumerable<double> Xs(Figure figure) => figure.Elements.SelectMany(element => element switch
    {
        LineSeries line => line.X,
        BandSeries band => band.X,
        PointSeries points => points.X.Concat(Ends(points.XBars)),
        VerticalMark mark => [mark.X],
        ShadedRange range => [range.Low, range.High],
        _ => (IEnumerable<double>)[],
    });

    private static IEnumerable<double> Ys(Figure figure) => figure.Elements.SelectMany(element => element switch
    {
        LineSeries line => line.Y,
        BandSeries band => band.Low.Concat(band.High),
        PointSeries points => points.Y.Concat(Ends(points.YBars)),
        HorizontalMark mark => [mark.Y],
        _ => (IEnumerable<double>)[],
    });

    private static IEnumerable<double> Ends(ImmutableArray<Interval> bars) =>
        bars.IsDefault ? [] : bars.SelectMany(bar => (double[])[bar.Low, bar.High]);
}
