namespace Isobar.Control;

/// <summary>
/// Heated platens, die and sample as three lumps. SI units.
/// <para>C_p·dT_p/dt = P − G_pd·(T_p − T_d) − G_a·(T_p − T_a); C_d·dT_d/dt = G_pd·(T_p − T_d) − G_ds·(T_d − T_s) − G_da·(T_d − T_a);
/// C_s·dT_s/dt = G_ds·(T_d − T_s). Each grows with its own temperature; the sum is what the press feels as growth of the column.</para>
/// Lumps are good while the sample is thin: the Biot number of a millimetre of powder between steel punches is far below 0.1.
/// </summary>
/// <param name="PlatenCapacity">Heat capacity of the platens, J/K.</param>
/// <param name="DieCapacity">Heat capacity of die and punches, J/K.</param>
/// <param name="SampleCapacity">Heat capacity of the sample, J/K.</param>
/// <param name="PlatenToDie">Conductance, W/K.</param>
/// <param name="DieToSample">Conductance, W/K.</param>
/// <param name="PlatenToAir">Conductance, W/K; the only cooling there is.</param>
/// <param name="DieToAir">Conductance, W/K.</param>
/// <param name="LargestPower">Power of the heaters, W.</param>
/// <param name="AmbientKelvins">Temperature of the room, K.</param>
/// <param name="PlatenGrowth">Growth of the platens within the force loop, m/K.</param>
/// <param name="DieGrowth">Growth of the punches, m/K.</param>
/// <param name="SampleGrowth">Growth of the sample, m/K.</param>
public sealed record HeatedColumnParameters(
    double PlatenCapacity,
    double DieCapacity,
    double SampleCapacity,
    double PlatenToDie,
    double DieToSample,
    double PlatenToAir,
    double DieToAir,
    double LargestPower,
    double AmbientKelvins,
    double PlatenGrowth,
    double DieGrowth,
    double SampleGrowth)
{
    /// <summary>
    /// A laboratory press: two steel platens of 1.5 kg each with 500 W, a 13 mm steel die of 0.8 kg with 60 mm of punches, a sample of 0.2 g. Growth
    /// of steel 12 ppm/K over 20 mm of each platen that the insulation does not shield and over the punches. Orders of magnitude of such presses.
    /// </summary>
    public static HeatedColumnParameters Laboratory { get; } = new(1400, 380, 0.25, 6, 0.5, 1.2, 0.2, 500, 293.15, 4.8e-7, 7.2e-7, 2e-8);
}

/// <summary>The state of heated platens with die and sample, and their thermostat: PI on the platens' own sensor, with the integral stopped when the heaters are at their end.</summary>
public sealed class HeatedColumn
{
    private const double Proportional = 60;
    private const double IntegralSeconds = 300;

    private readonly HeatedColumnParameters _p;
    private double _integral;
    private double _setpoint = double.NaN;

    /// <summary>A stack at the temperature of the room.</summary>
    public HeatedColumn(HeatedColumnParameters parameters)
    {
        _p = parameters;
        PlatenKelvins = DieKelvins = SampleKelvins = parameters.AmbientKelvins;
    }

    /// <summary>Temperature of the platens, the one that the device reads.</summary>
    public double PlatenKelvins { get; private set; }

    /// <summary>Temperature of die and punches.</summary>
    public double DieKelvins { get; private set; }

    /// <summary>Temperature of the sample.</summary>
    public double SampleKelvins { get; private set; }

    /// <summary>Power of the heaters now, W.</summary>
    public double PowerWatts { get; private set; }

    /// <summary>Whether the heaters take commands; a relay that has stuck keeps them at full power.</summary>
    public bool Stuck { get; set; }

    /// <summary>How much longer the column is than at the temperature of the room, m.</summary>
    public double GrowthMetres =>
        (_p.PlatenGrowth * (PlatenKelvins - _p.AmbientKelvins)) + (_p.DieGrowth * (DieKelvins - _p.AmbientKelvins)) + (_p.SampleGrowth * (SampleKelvins - _p.AmbientKelvins));

    /// <summary>Sets the temperature of the platens; not a number switches the heating off.</summary>
    public void Write(double kelvins)
    {
        if (double.IsNaN(kelvins)) _integral = 0;
        _setpoint = kelvins;
    }

    /// <summary>Lets time pass. Steps of up to a second are exact to a per mille of the rise.</summary>
    public void Step(double seconds)
    {
        PowerWatts = Stuck ? _p.LargestPower : Power(seconds);
        double toDie = _p.PlatenToDie * (PlatenKelvins - DieKelvins);
        double toSample = _p.DieToSample * (DieKelvins - SampleKelvins);
        double platen = PowerWatts - toDie - (_p.PlatenToAir * (PlatenKelvins - _p.AmbientKelvins));
        double die = toDie - toSample - (_p.DieToAir * (DieKelvins - _p.AmbientKelvins));
        PlatenKelvins += platen / _p.PlatenCapacity * seconds;
        DieKelvins += die / _p.DieCapacity * seconds;

        // The sample is light and follows within a second: its own step is exact for a die that stands still.
        SampleKelvins += (DieKelvins - SampleKelvins) * (1 - Math.Exp(-_p.DieToSample / _p.SampleCapacity * seconds));
    }

    private double Power(double seconds)
    {
        if (double.IsNaN(_setpoint)) return 0;
        double error = _setpoint - PlatenKelvins;
        double wanted = (Proportional * error) + _integral;
        double power = Math.Clamp(wanted, 0, _p.LargestPower);
        bool pushesOut = (wanted > _p.LargestPower && error > 0) || (wanted < 0 && error < 0);
        if (!pushesOut) _integral += Proportional * error * seconds / IntegralSeconds;
        return power;
    }
}
