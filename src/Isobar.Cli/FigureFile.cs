using System.Text;
using Isobar.Lab.Reports;

namespace Isobar.Cli;

/// <summary>Writes a figure as SVG or PNG, by the ending of its name.</summary>
internal static class FigureFile
{
    public static void Write(string path, string asTyped, Figure figure)
    {
        string extension = Path.GetExtension(path);
        if (extension is not (".svg" or ".png")) throw new Failure($"'{asTyped}' is not the name of a figure", "a name that ends in .svg or .png", "choose one of the two", "option --plot");
        WholeFile.Write(path, extension is ".png" ? FigureRenderer.ToPng(figure) : Encoding.UTF8.GetBytes(FigureRenderer.ToSvg(figure)));
    }
}
