using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>Curves of a creeping contact over time, one for each load.</summary>
internal static class GrowthFigure
{
    private static readonly ImmutableArray<FigureColour> s_colours = [FigureColour.Blue, FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple];

    // From a second to an hour, and from an hour to years.
    private const double LongestInMinutes = 6 * 3600, LongestInHours = 10 * 86400;

    /// <summary>Share in contact with what is not known of the creep as a band.</summary>
    public static Figure Area(ContactPicture picture, int width, int height)
    {
        (string unit, double seconds) = Unit(picture);
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        foreach ((ImmutableArray<ContactGrowth> load, FigureColour colour) in Loads(picture))
        {
            ImmutableArray<double> time = [.. load.Select(one => one.Seconds / seconds)], area = [.. load.Select(one => 100 * one.Area)];
            if (load.Length > 1) elements.Add(new BandSeries("", time, [.. load.Select(one => 100 * one.AreaLow90)], [.. load.Select(one => 100 * one.AreaHigh90)], colour));
            if (load.Length > 1) elements.Add(new LineSeries(Label(picture, load), time, area, colour));
            elements.Add(new PointSeries("", time, area, colour));
        }

        return new Figure("Area in contact, with 90 % band", Time(picture, unit, seconds), new FigureAxis("Share in contact", "%"), elements.ToImmutable()) { Width = width, Height = height, Description = "Share of the area in contact over time." };
    }

    /// <summary>Voids that remain.</summary>
    public static Figure Voids(ContactPicture picture, int width, int height)
    {
        (string unit, double seconds) = Unit(picture);
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        foreach ((ImmutableArray<ContactGrowth> load, FigureColour colour) in Loads(picture))
        {
            ImmutableArray<double> time = [.. load.Select(one => one.Seconds / seconds)], voids = [.. load.Select(one => one.Voids)];
            if (load.Length > 1) elements.Add(new LineSeries(Label(picture, load), time, voids, colour));
            elements.Add(new PointSeries("", time, voids, colour));
        }

        return new Figure("Voids that remain", Time(picture, unit, seconds), new FigureAxis("Void volume over area", picture.LengthUnit), elements.ToImmutable()) { Width = width, Height = height, Description = "Void volume over the area against time." };
    }

    // The load at the first time; a fixture may take some of it later.
    private static string Label(ContactPicture picture, ImmutableArray<ContactGrowth> load) => $"{Quantity.Number(load[0].Pressure, 3)} {picture.PressureUnit}";

    private static (string Unit, double Seconds) Unit(ContactPicture picture) => picture.Growth.Max(one => one.Seconds) switch
    {
        <= LongestInMinutes => ("min", 60),
        <= LongestInHours => ("h", 3600),
        _ => ("d", 86400),
    };

    private static FigureAxis Time(ContactPicture picture, string unit, double seconds)
    {
        double low = picture.Growth.Min(one => one.Seconds) / seconds, high = picture.Growth.Max(one => one.Seconds) / seconds, room = Math.Max(1.1, Math.Pow(high / low, 0.04));
        return new FigureAxis("Time after loading", unit, FigureScale.Logarithmic, new Interval(low / room, high * room));
    }

    // A time that does not come after the one before begins another load.
    private static IEnumerable<(ImmutableArray<ContactGrowth> Load, FigureColour Colour)> Loads(ContactPicture picture)
    {
        int start = 0, number = 0;
        for (int i = 1; i <= picture.Growth.Length; i++)
        {
            if (i < picture.Growth.Length && picture.Growth[i].Seconds > picture.Growth[i - 1].Seconds) continue;
            yield return (picture.Growth[start..i], s_colours[number++ % s_colours.Length]);
            start = i;
        }
    }
}
