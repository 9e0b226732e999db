namespace Isobar.Quantities;

/// <summary>A length or a thickness.</summary>
/// <param name="Metres">The value in the SI unit that the name says.</param>
public readonly record struct Length(double Metres) : IQuantity<Length>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "length",
        [
            new("m", 1),
            new("cm", 1e-2),
            new("mm", 1e-3, Printed: true),
            new("um", 1e-6, 0, true, "µm", "micron", "microns"),
            new("nm", 1e-9, Printed: true),
            new("in", 0.0254, 0, false, "inch"),
        ]);

    /// <inheritdoc/>
    public double Si => Metres;

    /// <summary>The length in mm.</summary>
    public double Millimetres => Metres / 1e-3;

    /// <summary>The length in µm.</summary>
    public double Micrometres => Metres / 1e-6;

    /// <inheritdoc/>
    public static Length FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>An area.</summary>
/// <param name="SquareMetres">The value in the SI unit that the name says.</param>
public readonly record struct Area(double SquareMetres) : IQuantity<Area>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "area",
        [
            new("m2", 1),
            new("cm2", 1e-4, Printed: true),
            new("mm2", 1e-6, Printed: true),
        ]);

    /// <inheritdoc/>
    public double Si => SquareMetres;

    /// <summary>The area in cm².</summary>
    public double SquareCentimetres => SquareMetres / 1e-4;

    /// <inheritdoc/>
    public static Area FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A span of time.</summary>
/// <param name="Seconds">The value in the SI unit that the name says.</param>
public readonly record struct Duration(double Seconds) : IQuantity<Duration>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "duration",
        [
            new("s", 1, 0, true, "sec"),
            new("ms", 1e-3),
            new("min", 60, Printed: true),
            new("h", 3600, 0, true, "hr"),
            new("d", 86400, 0, false, "day", "days"),
        ]);

    /// <inheritdoc/>
    public double Si => Seconds;

    /// <inheritdoc/>
    public static Duration FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A frequency, cycles per second.</summary>
/// <param name="Hertz">The value in the SI unit that the name says.</param>
public readonly record struct Frequency(double Hertz) : IQuantity<Frequency>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "frequency",
        [
            new("Hz", 1, Printed: true),
            new("mHz", 1e-3, Printed: true),
            new("kHz", 1e3, Printed: true),
            new("MHz", 1e6, Printed: true),
        ]);

    /// <inheritdoc/>
    public double Si => Hertz;

    /// <inheritdoc/>
    public static Frequency FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A share of one: mass fraction, relative density, probability.</summary>
/// <param name="Value">The value in the SI unit that the name says.</param>
public readonly record struct Fraction(double Value) : IQuantity<Fraction>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "fraction",
        [
            new("", 1),
            new("%", 1e-2, 0, true, "percent"),
            new("wt%", 1e-2, 0, false, "wt.%"),
            new("vol%", 1e-2, 0, false, "vol.%"),
        ]);

    /// <inheritdoc/>
    public double Si => Value;

    /// <summary>The share in percent.</summary>
    public double Percent => Value * 100;

    /// <inheritdoc/>
    public static Fraction FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}
