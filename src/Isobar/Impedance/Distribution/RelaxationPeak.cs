namespace Isobar.Impedance.Distribution;

/// <summary>A peak of a distribution of relaxation times: one process.</summary>
/// <param name="Seconds">Where its middle lies: the mean of ln τ over the peak, as τ.</param>
/// <param name="Ohms">Area between the valleys on both sides: its resistance.</param>
/// <param name="InBand">Whether it lies inside of what the frequencies cover, 1/ω of the highest to 1/ω of the lowest. What lies outside is a guess about unseen frequencies.</param>
/// <param name="LogWidth">Standard deviation of ln τ over the peak.</param>
public sealed record RelaxationPeak(double Seconds, double Ohms, bool InBand, double LogWidth)
{
    /// <summary>C = τ/R.</summary>
    public double Farads => Seconds / Ohms;

    /// <summary>Frequency of the top of its arc, 1/(2π·τ).</summary>
    public double Hertz => 1 / (2 * Math.PI * Seconds);
}
