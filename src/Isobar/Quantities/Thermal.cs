namespace Isobar.Quantities;

/// <summary>How fast a temperature changes.</summary>
/// <param name="KelvinsPerSecond">The rate in K/s.</param>
public readonly record struct TemperatureRate(double KelvinsPerSecond) : IQuantity<TemperatureRate>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "temperature rate",
        [new("K/s", 1, Printed: true), new("K/min", 1.0 / 60, 0, true, "°C/min", "degC/min"), new("K/h", 1.0 / 3600)]);

    /// <inheritdoc/>
    public double Si => KelvinsPerSecond;

    /// <inheritdoc/>
    public static TemperatureRate FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A difference of two temperatures. Not a temperature: 5 K of difference are 5 K, and never 278 K.</summary>
/// <param name="Kelvins">The difference in K.</param>
public readonly record struct TemperatureDifference(double Kelvins) : IQuantity<TemperatureDifference>
{
    private const string Degrees = "a difference of temperatures is written in K, so that it cannot be taken for a temperature";

    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "temperature difference",
        [new("K", 1, Printed: true), new("mK", 1e-3)],
        [new("degC", Degrees), new("°C", Degrees), new("C", Degrees), new("degF", Degrees)]);

    /// <inheritdoc/>
    public double Si => Kelvins;

    /// <inheritdoc/>
    public static TemperatureDifference FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}
