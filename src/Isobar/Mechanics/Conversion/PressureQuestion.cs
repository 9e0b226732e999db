using Isobar.Cells;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;

namespace Isobar.Mechanics.Conversion;

/// <summary>What a pressure in MPa or Pa is the pressure of.</summary>
public enum PressureBasis
{
    /// <summary>The sample in the die.</summary>
    Sample,

    /// <summary>The oil in the press.</summary>
    Oil,
}

/// <summary>"My gauge says X: how many MPa in my die?", and the way back.</summary>
/// <param name="Reading">What the gauge or the recipe says, number and unit.</param>
public sealed record PressureQuestion(string Reading)
{
    /// <summary>The die; null when it is not known, which leaves the force as the whole answer.</summary>
    public Die? Die { get; init; }

    /// <summary>The piston; needed for a reading of oil pressure.</summary>
    public Ram? Ram { get; init; }

    /// <summary>What a pressure in MPa means; null lets the die and the ram decide where they leave no doubt.</summary>
    public PressureBasis? Basis { get; init; }

    /// <summary>How well the gauge indicates; null takes <see cref="TypicalPress"/>.</summary>
    public PressInstrument? Press { get; init; }

    /// <summary>Thickness of the pellet, for the force that the wall carries; null takes a thin pellet of 0.5 to 1.5 mm.</summary>
    public Length? PelletThickness { get; init; }

    /// <summary>
    /// The press of somebody who says nothing about it: a hand press of 15 t, or the next larger one that reaches the force,
    /// with a dial of class 1.6, which may be wrong by 1.6 % of full scale everywhere on the dial.
    /// </summary>
    /// <exception cref="ConversionException">The force is beyond the largest press assumed.</exception>
    public static PressInstrument TypicalPress(Force force)
    {
        double tons = CommonCapacitiesTons.FirstOrDefault(capacity => capacity >= Math.Abs(force.MetricTons));
        if (tons == 0)
        {
            throw new ConversionException(
                $"a force of {force}",
                $"at most {Quantity.Number(CommonCapacitiesTons[^1], 3)} t, the largest laboratory press assumed when none is described",
                "check the unit; for a larger press give its capacity: --capacity 200t");
        }

        return Dial(new Fraction(0.016), GaugeClassBasis.FullScale, Force.FromSi(tons * Force.NewtonsPerMetricTon));
    }

    /// <summary>A press of which only the gauge's limit of error and the full scale are known.</summary>
    public static PressInstrument Dial(Fraction limit, GaugeClassBasis basis, Force fullScale) => new(
        basis == GaugeClassBasis.FullScale
            ? $"gauge within {Quantity.Number(limit.Percent, 2)} % of its full scale of {Quantity.Number(fullScale.MetricTons, 3)} t"
            : $"gauge within {Quantity.Number(limit.Percent, 2)} % of the reading",
        fullScale,
        limit,
        basis,
        default,
        fullScale * 0.2,
        default);

    private static readonly double[] CommonCapacitiesTons = [15, 25, 40, 60, 100];
}

/// <summary>What the reading was.</summary>
public enum ReadingKind
{
    /// <summary>A force.</summary>
    Force,

    /// <summary>A pressure on the sample.</summary>
    SamplePressure,

    /// <summary>A pressure of oil.</summary>
    OilPressure,
}

/// <summary>What the same number would be if the ton were another ton.</summary>
/// <param name="Unit">The other ton, in words.</param>
/// <param name="Force">The force it would be.</param>
/// <param name="Nominal">The nominal sample pressure it would be.</param>
public sealed record OtherTon(string Unit, Force Force, SamplePressure Nominal);

/// <summary>The answer to a <see cref="PressureQuestion"/>.</summary>
/// <param name="Kind">What the reading was taken to be.</param>
/// <param name="Reading">The reading as it was given.</param>
/// <param name="Die">The die.</param>
/// <param name="Press">The gauge, as given or assumed.</param>
/// <param name="Force">The force on the punch, as indicated, with the uncertainty of the indication and of the ram.</param>
/// <param name="Oil">The oil pressure that shows this force; null without a ram.</param>
/// <param name="Nominal">Force over die area, the number that papers print.</param>
/// <param name="OnSample">Mean pressure over the pellet, the share carried by the wall subtracted.</param>
/// <param name="Budget">Where the uncertainty of <paramref name="OnSample"/> comes from, in MPa.</param>
/// <param name="OtherTons">What the reading would be in other tons; empty unless the reading is in tons.</param>
/// <param name="Habit">The whole or half number of tons behind the pressure, when there is one.</param>
/// <param name="Assumptions">What was not said and therefore assumed.</param>
/// <param name="Notes">What the user should know about this number.</param>
public sealed record PressureAnswer(
    ReadingKind Kind,
    string Reading,
    Die Die,
    PressInstrument Press,
    Estimate<Force> Force,
    OilPressure? Oil,
    SamplePressure Nominal,
    Estimate<SamplePressure> OnSample,
    UncertaintyBudget Budget,
    IReadOnlyList<OtherTon> OtherTons,
    TonHabit? Habit,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<string> Notes);

/// <summary>A reading that does not say enough to be a pressure; the parts say what was found, what was expected and what to write.</summary>
public sealed class ConversionException(string found, string expected, string next, Force? force = null) : FormatException($"{found}; expected {expected}; {next}")
{
    /// <summary>What was found.</summary>
    public string Found { get; } = found;

    /// <summary>What was expected instead.</summary>
    public string Expected { get; } = expected;

    /// <summary>What to do next.</summary>
    public string Next { get; } = next;

    /// <summary>The force, when at least that is known.</summary>
    public Force? Force { get; } = force;
}
