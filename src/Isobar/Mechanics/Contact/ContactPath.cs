using System.Collections.Immutable;

namespace Isobar.Mechanics.Contact;

/// <summary>One point of a path: a mean pressure or a mean gap to be reached.</summary>
public readonly record struct ContactTarget
{
    private ContactTarget(double value, bool isGap) => (Value, IsGap) = (value, isGap);

    /// <summary>Pa, or m when <see cref="IsGap"/>.</summary>
    public double Value { get; }

    /// <summary>True when the distance is held, false when the load is.</summary>
    public bool IsGap { get; }

    /// <summary>Force over the area of the map, Pa.</summary>
    public static ContactTarget Pressure(double meanPa) =>
        meanPa > 0 && double.IsFinite(meanPa) ? new(meanPa, false) : throw new ArgumentOutOfRangeException(nameof(meanPa), meanPa, "the mean pressure must be above zero");

    /// <summary>
    /// Distance between the mean planes of the two deformed surfaces, m. With free boundaries: between the mean plane of the rough surface and the
    /// half-space far away, which may be negative.
    /// </summary>
    public static ContactTarget Gap(double metres) =>
        double.IsFinite(metres) ? new(metres, true) : throw new ArgumentOutOfRangeException(nameof(metres), metres, "the gap must be a number");
}

/// <summary>
/// Loads in the order in which they are applied; going down is unloading. What has flowed stays: below the largest load seen, the surface keeps the shape it
/// was pressed into there. Above it the state is that of a first loading, which does not depend on the steps taken.
/// </summary>
/// <param name="Targets">The points.</param>
public sealed record ContactPath(ImmutableArray<ContactTarget> Targets)
{
    /// <summary>Loads up, and down again through the same ones when asked.</summary>
    /// <param name="meanPa">Mean pressures, Pa.</param>
    /// <param name="unload">Whether to come back through them, without the last.</param>
    public static ContactPath Pressures(IEnumerable<double> meanPa, bool unload = false)
    {
        ImmutableArray<ContactTarget> up = [.. meanPa.Select(ContactTarget.Pressure)];
        return new(unload ? [.. up, .. up.Reverse().Skip(1)] : up);
    }
}
