using System.Text;
using Isobar.Lab.Reports;

namespace Isobar.Cli;

/// <summary>Figures as SVG or PNG, by the ending of their name in small or capital letters.</summary>
internal static class FigureFile
{
    /// <summary>The whole path of a figure; refused, before anything is computed, when its name says neither SVG nor PNG.</summary>
    public static string PathOf(string asTyped, Surroundings surroundings) => IsPng(asTyped) || HasEnding(asTyped, ".svg")
        ? surroundings.PathOf(asTyped)
        : throw new Failure($"'{asTyped}' is not the name of a figure", "a name that ends in .svg or .png", "choose one of the two", "option --plot");

    /// <summary>The name of a figure that goes with another: the suffix between its name and its ending.</summary>
    public static string Beside(string path, string suffix) => Path.ChangeExtension(path, null) + suffix + Path.GetExtension(path);

    /// <summary>A figure in the form that the name of its file says.</summary>
    public static byte[] Bytes(string path, Figure figure) => IsPng(path) ? FigureRenderer.ToPng(figure) : Encoding.UTF8.GetBytes(FigureRenderer.ToSvg(figure));

    public static void Write(string path, Figure figure) => WholeFile.Write(path, Bytes(path, figure));

    /// <summary>A picture of contact maps in the form that the name of its file says.</summary>
    public static void Write(string path, ContactPicture picture) => WholeFile.Write(path, IsPng(path) ? ContactFigure.ToPng(picture) : Encoding.UTF8.GetBytes(ContactFigure.ToSvg(picture)));

    private static bool IsPng(string path) => HasEnding(path, ".png");

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);
}
