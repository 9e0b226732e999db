using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>No font for figures was found on the machine; the message says what to install.</summary>
public sealed class FigureFontException : InvalidOperationException
{
    internal FigureFontException(IEnumerable<string> wanted)
        : base($"no font for figures was found (looked for {string.Join(", ", wanted)}); install one, on Debian and Ubuntu: apt-get install fonts-dejavu-core")
    {
    }
}

/// <summary>The one font family of figures, found once. Its metrics place the words.</summary>
internal sealed class FigureFont
{
    // DejaVu first: it has the subscripts of chemical formulas, and figures are the same on every machine that has it.
    private static readonly string[] s_wanted = ["DejaVu Sans", "Verdana", "Helvetica", "Arial", "Liberation Sans"];
    private static readonly Lazy<FigureFont> s_installed = new(() => Find(s_wanted));

    private FigureFont(SKTypeface regular, SKTypeface bold)
    {
        Regular = regular;
        Bold = bold;
    }

    /// <summary>The font of this machine.</summary>
    public static FigureFont Installed => s_installed.Value;

    private SKTypeface Regular { get; }

    private SKTypeface Bold { get; }

    public string Family => Regular.FamilyName;

    /// <summary>Family list for SVG: the font the words were measured with, then ones that any viewer has.</summary>
    public string SvgFamily => string.Equals(Family, s_wanted[0], StringComparison.Ordinal) ? "DejaVu Sans, Verdana, sans-serif" : Family + ", Verdana, sans-serif";

    /// <summary>The first wanted family that is installed.</summary>
    /// <exception cref="FigureFontException">None is.</exception>
    public static FigureFont Find(IReadOnlyList<string> wanted)
    {
        foreach (string family in wanted)
        {
            // The font manager answers an unknown name with another family, so the answer's own name decides.
            SKTypeface found = SKTypeface.FromFamilyName(family);
            if (string.Equals(found.FamilyName, family, StringComparison.OrdinalIgnoreCase))
            {
                return new FigureFont(found, SKTypeface.FromFamilyName(family, SKFontStyle.Bold));
            }
        }

        throw new FigureFontException(wanted);
    }

    /// <summary>How wide a text is, in pixels.</summary>
    public float Width(string text, float size, bool bold = false)
    {
        using SKFont font = At(size, bold);
        return font.MeasureText(text);
    }

    /// <summary>The font at a size, with letters placed as the design says and not moved onto the pixel grid.</summary>
    public SKFont At(float size, bool bold) => new(bold ? Bold : Regular, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };
}
