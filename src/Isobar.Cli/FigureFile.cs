using System.Text;
using Isobar.Lab.Reports;

namespace Isobar.Cli;

/// <summary>Figures as SVG or PNG, by the ending of their name.</summary>
internal static class FigureFile
{
    /// <summary>The whole path of a figure; refused, before anything is computed, when its name says neither SVG nor PNG.</summary>
    public static string PathOf(string asTyped, Surroundings surroundings)
    {
        RequireName(asTyped);
        return surroundings.PathOf(asTyped);
    }

    /// <summary>A figure in the form that the name of its file says.</summary>
    public static byte[] Bytes(string path, Figure figure) => IsPng(path) ? FigureRenderer.ToPng(figure) : Encoding.UTF8.GetBytes(FigureRenderer.ToSvg(figure));

    public static void Write(string path, string asTyped, Figure figure)
    {
        RequireName(asTyped);
        WholeFile.Write(path, Bytes(path, figure));
    }

    private static void RequireName(string asTyped)
    {
        if (IsPng(asTyped) || Path.GetExtension(asTyped).Equals(".svg", StringComparison.OrdinalIgnoreCase)) return;
        throw new Failure($"'{asTyped}' is not the name of a figure", "a name that ends in .svg or .png", "choose one of the two", "option --plot");
    }

    private static bool IsPng(string path) => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
}
