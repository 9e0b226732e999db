using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>One moment of the achieved trace with what it is known to.</summary>
/// <param name="TimeSeconds">Time in the run, s.</param>
/// <param name="StepIndex">Step of the protocol, from 0.</param>
/// <param name="PressurePa">Nominal sample pressure, Pa.</param>
/// <param name="StandardUncertaintyPa">Its standard uncertainty, Pa.</param>
public readonly record struct AchievedPressure(double TimeSeconds, int StepIndex, double PressurePa, double StandardUncertaintyPa);

/// <summary>
/// What a sample pressure is known to: p = F/(π d²/4) with u²(p)/p² = u²(F)/F² + 4u²(d)/d² + u²(φ), φ the mean share of the force that the die
/// wall carries, 2μkL/d, taken as the half-width of a rectangular distribution because it is not corrected for (JCGM 100, 4.3.7).
/// </summary>
/// <param name="Die">The die.</param>
/// <param name="Press">The press whose indication is the evidence.</param>
/// <param name="Thickness">Thickness of the pressed stack, for the wall's share; a tenth of the diameter when left out.</param>
public sealed record PressureBudget(Die Die, PressInstrument Press, Length? Thickness = null)
{
    // Pellets are thin discs: without a measured thickness a tenth of the diameter is assumed.
    private const double AssumedAspect = 0.1;

    /// <summary>Mean share of the force that the wall carries.</summary>
    public Fraction WallShare
    {
        get
        {
            double aspect = Thickness is { } length ? length.Metres / Die.Diameter.Value.Metres : AssumedAspect;
            return new Fraction(2 * Die.WallFriction.Value.Value * Die.LateralRatio.Value.Value * aspect);
        }
    }

    /// <summary>Part of the standard uncertainty that the force brings, Pa.</summary>
    public double FromForcePa(double pressurePa) => Press.Indicated(Die.ForceFor(new SamplePressure(pressurePa))).StandardUncertainty.Newtons / Die.Area.SquareMetres;

    /// <summary>Part that the diameter brings, Pa.</summary>
    public double FromDiameterPa(double pressurePa) => 2 * Die.Diameter.StandardUncertainty.Metres / Die.Diameter.Value.Metres * Math.Abs(pressurePa);

    /// <summary>Part that the friction of the wall brings, Pa.</summary>
    public double FromWallPa(double pressurePa) => WallShare.Value / Math.Sqrt(3) * Math.Abs(pressurePa);

    /// <summary>A pressure with its standard uncertainty.</summary>
    public Estimate<SamplePressure> At(double pressurePa)
    {
        double force = FromForcePa(pressurePa), diameter = FromDiameterPa(pressurePa), wall = FromWallPa(pressurePa);
        return new Estimate<SamplePressure>(new Estimate(pressurePa, Math.Sqrt((force * force) + (diameter * diameter) + (wall * wall))));
    }

    /// <summary>The achieved trace of a run, sample by sample.</summary>
    public ImmutableArray<AchievedPressure> Trace(RunRecord run)
    {
        var trace = ImmutableArray.CreateBuilder<AchievedPressure>(run.Samples.Length);
        foreach (TraceSample sample in run.Samples)
            trace.Add(new AchievedPressure(sample.TimeSeconds, sample.StepIndex, sample.PressurePa, At(sample.PressurePa).Si.StandardUncertainty));
        return trace.MoveToImmutable();
    }
}
