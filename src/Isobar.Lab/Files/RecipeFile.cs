using System.Globalization;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads the recipe of a surface: <c>size, points, hurst, kLow, kRolloff, kHigh, seed, rmsGradient</c> (or <c>rmsHeight</c>), and where wanted <c>anisotropy</c> and <c>lay</c>. The line
/// <c>isobar: surface/1</c> may stand at its head. A size without unit is a problem of reduced units. Strict, as every file of people.
/// </summary>
public static class RecipeFile
{
    private const string Format = "surface/1";

    /// <summary>Reads a recipe from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a recipe that can be followed.</exception>
    public static RecipeReading Read(string path) => Read(TextFile.Read(path));

    /// <summary>Reads a recipe from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a recipe that can be followed.</exception>
    public static RecipeReading Parse(string text, string pathForMessages) => Read(new SourceText(pathForMessages, text));

    private static RecipeReading Read(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        if (root.Find("isobar") is not null) root.RequireFormat(Format);
        root.AsMap("a surface recipe", "isobar", "size", "points", "hurst", "kLow", "kRolloff", "kHigh", "seed", "rmsGradient", "rmsHeight", "anisotropy", "lay");
        (double size, bool reduced) = Extent(root.Require("size", "the recipe", "100 um"), "the size");
        FileNode points = root.Require("points", "the recipe", "512"), seed = root.Require("seed", "the recipe", "12345");
        double low = Number(root.Require("kLow", "the recipe", "4"), "kLow"), high = Number(root.Require("kHigh", "the recipe", "64"), "kHigh");
        (RecipeRoughness roughness, double amount) = Amount(root, reduced);
        SurfaceRecipe recipe = new(
            size, (int)Whole(points, "the number of points", SurfaceRecipe.LargestPoints), Number(root.Require("hurst", "the recipe", "0.8"), "the Hurst exponent"),
            low, root.Find("kRolloff") is { } rolloff ? Number(rolloff, "kRolloff") : low, high, Whole(seed, "the seed", ulong.MaxValue), roughness, amount)
        {
            Anisotropy = root.Find("anisotropy") is { } anisotropy ? Number(anisotropy, "the anisotropy") : 1,
            LayRadians = root.Find("lay") is { } lay ? Math.PI / 180 * Degrees(lay) : 0,
        };
        if (recipe.Fault() is { } fault) throw (root.Find(fault.Key) ?? root).Error($"found {fault.Found}", fault.Expected, $"correct '{fault.Key}'");
        return new RecipeReading(recipe, reduced);
    }

    private static (RecipeRoughness, double) Amount(FileMap root, bool reduced)
    {
        FileNode? gradient = root.Find("rmsGradient"), height = root.Find("rmsHeight");
        if (gradient is not null && height is not null) throw height.Error("both rmsGradient and rmsHeight are given", "one of the two; the other follows", "remove one");
        if (gradient is not null) return (RecipeRoughness.Gradient, Number(gradient, "the rms gradient"));
        if (height is null) throw root.Error("the recipe has no 'rmsGradient'", "the key 'rmsGradient', or 'rmsHeight'", "add a line such as 'rmsGradient: 0.3'");
        (double amount, bool plain) = Extent(height, "the rms height");
        return plain == reduced ? (RecipeRoughness.Height, amount) : throw height.Error($"the rms height is {((FileScalar)height).Text}", reduced ? "a plain number, as the size is" : "a length with its unit, as the size is", "use units for both, or for neither");
    }

    // A plain number is a length in a problem of reduced units.
    private static (double Value, bool Reduced) Extent(FileNode node, string what)
    {
        string text = node.AsText(what);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain) ? (plain, true) : (node.Positive<Length>(what).Metres, false);
    }

    private static double Number(FileNode node, string what)
    {
        string text = node.AsText(what);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw node.Error($"{what} is '{text}'", "a plain number with a decimal point", $"correct {what}");
    }

    private static double Degrees(FileNode node)
    {
        string text = node.AsText("the lay"), number = text.Replace("°", "", StringComparison.Ordinal).Replace("deg", "", StringComparison.Ordinal).Trim();
        bool marked = number.Length < text.Length;
        return marked && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double degrees) && double.IsFinite(degrees) ? degrees : throw node.Error($"the lay is '{text}'", "an angle in degrees, such as '30 deg'", "correct the lay");
    }

    private static ulong Whole(FileNode node, string what, ulong most)
    {
        string text = node.AsText(what);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= most ? number : throw node.Error($"{what} is '{text}'", $"a whole number from 0 to {most.ToString(CultureInfo.InvariantCulture)}", $"correct {what}");
    }
}

/// <summary>A recipe as its file says it.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Reduced">Whether its lengths are plain numbers.</param>
public sealed record RecipeReading(SurfaceRecipe Recipe, bool Reduced);
