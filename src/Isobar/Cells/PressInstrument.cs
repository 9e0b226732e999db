using Isobar.Quantities;

namespace Isobar.Cells;

/// <summary>Whether a gauge's class is a share of what it reads or of its full scale.</summary>
public enum GaugeClassBasis
{
    /// <summary>Load cells calibrated to ISO 7500-1: per cent of the reading.</summary>
    Reading,

    /// <summary>Dial gauges (EN 837-1): per cent of full scale, so that small loads are poorly known.</summary>
    FullScale,
}

/// <summary>
/// The laboratory's press and its force indication, as far as the planner and the uncertainty budget need it.
/// </summary>
/// <param name="Name">What the laboratory calls it.</param>
/// <param name="Capacity">Largest force.</param>
/// <param name="GaugeClass">Limit of error of the indication, a share: 0.01 is class 1.</param>
/// <param name="ClassBasis">Share of what.</param>
/// <param name="Resolution">Smallest step of the indication.</param>
/// <param name="LowestCalibrated">Smallest force inside the calibrated range.</param>
/// <param name="Repeatability">Relative standard deviation with which the same set force is reached again, operator and control included.</param>
/// <param name="Ram">Piston, when the indication is oil pressure.</param>
public sealed record PressInstrument(
    string Name,
    Force Capacity,
    Fraction GaugeClass,
    GaugeClassBasis ClassBasis,
    Force Resolution,
    Force LowestCalibrated,
    Fraction Repeatability,
    Ram? Ram = null)
{
    /// <summary>Whether the press tells the thickness of the sample; steps that go by the thickness need it.</summary>
    public bool TellsThickness { get; init; } = true;

    /// <summary>Highest temperature of its platens; null for a press that does not heat.</summary>
    public Temperature? HottestPlatens { get; init; }

    /// <summary>
    /// Standard uncertainty of a force as indicated: the class limit and the half resolution step taken as rectangular, u = a/√3 (JCGM 100, 4.3.7).
    /// </summary>
    public Estimate<Force> Indicated(Force force)
    {
        (double relative, Force absolute) = ErrorParts;
        return new Estimate<Force>(force, new Force(Math.Sqrt((relative * relative * force.Newtons * force.Newtons) + (absolute.Newtons * absolute.Newtons))));
    }

    /// <summary>The standard uncertainty of <see cref="Indicated"/> in its two parts: relative to the reading, and the same at every reading.</summary>
    internal (double Relative, Force Absolute) ErrorParts
    {
        get
        {
            double limit = GaugeClass.Value / Math.Sqrt(3), step = 0.5 * Resolution.Newtons / Math.Sqrt(3), full = limit * Capacity.Newtons;
            return ClassBasis == GaugeClassBasis.FullScale ? (0, new Force(Math.Sqrt((full * full) + (step * step)))) : (limit, new Force(step));
        }
    }
}
