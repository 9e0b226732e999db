using Isobar.Mechanics.Contact;
using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>Maps of a contact as PNG images; a map with more points than pixels shows every second, third, ... of them.</summary>
internal static class ContactRaster
{
    private const int MostPixels = 512;
    private const double WidestShare = 0.98;
    private static readonly SKColor s_closed = SKColor.Parse("#0B2A4A"), s_middle = SKColor.Parse("#5E93B8"), s_open = SKColor.Parse("#F4F1E8"), s_missing = SKColor.Parse("#9AA5B1");

    /// <summary>In contact blue, flowing vermilion, apart pale, without a height grey.</summary>
    public static byte[] Contact(ContactState state)
    {
        SKColor touching = Colour(FigureColour.Blue), flowing = Colour(FigureColour.Vermilion), apart = SKColor.Parse("#E9EDF0");
        double cap = state.Medium.HardnessPa is { } hardness ? hardness * (1 - 1e-9) : double.PositiveInfinity;
        return Png(state, i => double.IsNaN(state.GapM[i]) ? s_missing : state.PressurePa[i] >= cap ? flowing : state.PressurePa[i] > 0 ? touching : apart);
    }

    /// <summary>Closed gaps dark, open ones pale, contact vermilion; the widest shade is the gap that 98 % of the pixels stay below.</summary>
    public static byte[] Gaps(ContactState state, out double widest)
    {
        double[] gaps = [.. state.GapM.ToArray().Where(gap => gap > 0)];
        Array.Sort(gaps);
        double scale = widest = gaps.Length > 0 ? gaps[(int)(WidestShare * (gaps.Length - 1))] : 1;
        SKColor touching = Colour(FigureColour.Vermilion);
        return Png(state, i => double.IsNaN(state.GapM[i]) ? s_missing : state.PressurePa[i] > 0 ? touching : Shade(Math.Clamp(state.GapM[i] / scale, 0, 1)));
    }

    /// <summary>The shades of gaps from closed to open, as a strip.</summary>
    public static byte[] Ramp()
    {
        using var bitmap = new SKBitmap(128, 1, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int x = 0; x < 128; x++) bitmap.SetPixel(x, 0, Shade(x / 127.0));
        return Encoded(bitmap);
    }

    private static byte[] Png(ContactState state, Func<int, SKColor> at)
    {
        HeightMap map = state.Map;
        int stride = Math.Max(1, (Math.Max(map.Rows, map.Columns) + MostPixels - 1) / MostPixels), width = map.Columns / stride, height = map.Rows / stride;
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++) bitmap.SetPixel(column, row, at((row * stride * map.Columns) + (column * stride)));
        }

        return Encoded(bitmap);
    }

    private static SKColor Shade(double x) => x < 0.5 ? Mix(s_closed, s_middle, 2 * x) : Mix(s_middle, s_open, (2 * x) - 1);

    private static SKColor Mix(SKColor one, SKColor other, double share) =>
        new((byte)(one.Red + (share * (other.Red - one.Red))), (byte)(one.Green + (share * (other.Green - one.Green))), (byte)(one.Blue + (share * (other.Blue - one.Blue))));

    private static SKColor Colour(FigureColour colour) => SKColor.Parse(FigurePalette.Hex(colour));

    private static byte[] Encoded(SKBitmap bitmap)
    {
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
