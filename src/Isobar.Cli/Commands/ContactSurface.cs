using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Surfaces;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>The surface of a contact, ready to be pressed.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Map">Heights, levelled and cropped.</param>
/// <param name="Spectrum">Its spectrum; null when pixels are missing.</param>
/// <param name="PointsPerShortestWavelength">How finely the grid resolves it; null when pixels are missing.</param>
/// <param name="Reduced">Whether its lengths are plain numbers.</param>
/// <param name="Repeats">Whether it is periodic by its making; a measured map is not, however it is pressed.</param>
/// <param name="Notes">What was chosen or assumed.</param>
internal sealed record ContactSurface(string Name, HeightMap Map, RadialSpectrum? Spectrum, double? PointsPerShortestWavelength, bool Reduced, bool Repeats, IReadOnlyList<string> Notes)
{
    /// <summary>Below this number of points the shortest waves are not resolved.</summary>
    public const double FewestPoints = 4;

    // The wave number below which this share of the squared gradient lies counts as the highest of a measured surface.
    private const double GradientShare = 0.99;

    public static ContactSurface Read(string path, Request request, Surroundings surroundings, CancellationToken cancellation)
    {
        string full = surroundings.PathOf(path);
        return Path.GetExtension(full).ToLowerInvariant() is ".yaml" or ".yml" ? OfRecipe(full, request, cancellation) : OfMap(full, request, cancellation);
    }

    /// <summary>Two surfaces, the second turned over onto the first.</summary>
    public ContactSurface Against(ContactSurface other)
    {
        if (Reduced != other.Reduced) throw new Failure("one surface has units and the other has none", "units for both, or for neither", "write the sizes in the same way", "option --against");
        try
        {
            HeightMap joined = SurfacePair.Join(Map, other.Map);
            return Measured($"{Name} on {other.Name}", joined, Reduced, Repeats && other.Repeats, [.. Notes, .. other.Notes]);
        }
        catch (ArgumentException fault)
        {
            throw new Failure(fault.Message, "two maps of one grid", "crop or interpolate one of them", "option --against");
        }
    }

    /// <summary>Warning with the number of points per shortest wavelength, when they are too few.</summary>
    public string? Warning() => PointsPerShortestWavelength is { } points && points < FewestPoints * (1 - 1e-9)
        ? $"{Quantity.Number(points, 3)} points per shortest wavelength; with fewer than {Quantity.Number(FewestPoints, 1)} the area and the largest pressure are those of the grid, not of the surface"
        : null;

    private static ContactSurface OfRecipe(string path, Request request, CancellationToken cancellation)
    {
        RecipeReading reading = RecipeFile.Read(path);
        if (request.Context.HeightUnit is not null || request.Context.Pitch is not null || request.Context.Width is not null || request.Width is not null)
        {
            throw new Failure("a recipe says its size itself", "--size, --pixel and --height-unit for height maps only", "leave them out", path);
        }

        if (reading.Reduced != request.Reduced)
        {
            throw new Failure(
                reading.Reduced ? "the size of the recipe has no unit and the modulus has one" : "the size of the recipe has a unit and the modulus has none",
                "plain numbers throughout, or units throughout",
                reading.Reduced ? "write for example 'size: 100 um', or --modulus 1 with plain pressures" : "write --modulus with its unit, or 'size: 1'",
                path);
        }

        SelfAffineSurface surface = SelfAffineSurface.Make(reading.Recipe, cancellation);
        HeightMap map = Level(surface.Map, ContactArguments.Level(request.Level, -1));
        string[] notes = SurfaceCrop.ToTransformSizes(map) == map
            ? []
            : throw new Failure(string.Create(CultureInfo.InvariantCulture, $"{map.Rows} points along a side"), "a number whose only prime factors are 2, 3 and 5", $"write 'points: {SurfaceCrop.ToTransformSizes(map).Rows}'", path);
        return new ContactSurface(Path.GetFileName(path), map, surface.Spectrum, reading.Recipe.PointsPerShortestWavelength, request.Reduced, Repeats: true, notes);
    }

    private static ContactSurface OfMap(string path, Request request, CancellationToken cancellation)
    {
        // In reduced units the heights and the size of a map without units are plain numbers.
        SurfaceFileContext context = request.Reduced && request.Width is { } width
            ? request.Context with { HeightUnit = new Length(1), Width = new Length(width) }
            : request.Context;
        SurfaceReading reading = SurfaceFile.Read(path, context, cancellation);
        List<string> notes = [.. reading.Notes];
        if (request.Reduced && request.Width is null) notes.Add("the map has lengths in metres and the modulus has no unit: lengths below are metres");
        int degree = ContactArguments.Level(request.Level, 1);
        HeightMap levelled = Level(reading.Map, degree);
        if (request.Level is null) notes.Add("levelled by a plane; --level says otherwise");
        HeightMap map = SurfaceCrop.ToTransformSizes(levelled);
        if (map != levelled) notes.Add(string.Create(CultureInfo.InvariantCulture, $"cropped from {levelled.Rows} × {levelled.Columns} to {map.Rows} × {map.Columns} points, whose only prime factors are 2, 3 and 5"));
        if (!request.Free) notes.Add("taken as periodic; --boundary free presses it alone");
        return Measured(Path.GetFileName(path), map, request.Reduced, repeats: false, notes);
    }

    private static ContactSurface Measured(string name, HeightMap map, bool reduced, bool repeats, IReadOnlyList<string> notes)
    {
        if (map.MissingCount > 0) return new ContactSurface(name, map, null, null, reduced, repeats, notes);
        RadialSpectrum spectrum = RadialSpectrum.Of(map, repeats);
        double goal = GradientShare * spectrum.Moment(2), sum = 0, highest = 0;
        foreach (SpectrumShell shell in spectrum.Shells)
        {
            highest = shell.WaveNumber;
            sum += shell.WaveNumber * shell.WaveNumber * shell.Variance;
            if (sum >= goal) break;
        }

        double? points = highest > 0 ? 2 * Math.PI / (highest * Math.Max(map.PitchXM, map.PitchYM)) : null;
        return new ContactSurface(name, map, spectrum, points, reduced, repeats, notes);
    }

    private static HeightMap Level(HeightMap map, int degree)
    {
        if (degree < 0) return map;
        try
        {
            return SurfaceLevelling.Level(map, degree);
        }
        catch (ArgumentException fault)
        {
            throw new Failure(fault.Message, "pixels that determine the form", "write --level mean", "option --level");
        }
    }

    /// <summary>What the command line says of the surface.</summary>
    /// <param name="Context">For height maps: units and missing pixels.</param>
    /// <param name="Width">Length of a row of a map without units, in a problem of reduced units.</param>
    /// <param name="Level">How to level.</param>
    /// <param name="Reduced">Whether the modulus is a plain number.</param>
    /// <param name="Free">Whether the map stands alone.</param>
    internal sealed record Request(SurfaceFileContext Context, double? Width, string? Level, bool Reduced, bool Free);
}
