using Isobar.Cells;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;

namespace Isobar.Mechanics.Conversion;

/// <summary>
/// Turns a gauge reading into the pressure on the sample, with its uncertainty, or a wanted pressure into the force that makes it.
/// <para>
/// Nominal: p = F/(π d²/4). On the sample, mean over a pellet of thickness L pressed from one side: p·(1 − e^(−x))/x with x = 4μkL/d
/// (<see cref="WallFriction"/>), μ the wall friction and k the ratio of radial to axial stress. The friction of the ram's seal is not included.
/// </para>
/// </summary>
public static class PressureConversion
{
    private static readonly Length ThinPellet = new(1e-3);

    /// <summary>Answers a question.</summary>
    /// <exception cref="ConversionException">The reading or what is known about die and ram does not say enough; the message says what to add.</exception>
    public static PressureAnswer Answer(PressureQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        Reading reading = Reading.Of(question);
        Force? known = ForceWithoutDie(question, reading);
        if (question.Die is not { } die) throw WithoutDie(question, reading, known);

        Force force = known ?? die.ForceFor(new SamplePressure(reading.Si));
        PressInstrument press = question.Press ?? PressureQuestion.TypicalPress(force);
        UncertaintyBudget budget = UncertaintyBudget.Of(Model(question, reading, die, press, force));
        var onSample = new Estimate<SamplePressure>(budget.Result with
        {
            Value = budget.Result.Value * 1e6,
            StandardUncertainty = budget.Result.StandardUncertainty * 1e6,
            Scale = EstimateScale.Logarithmic,
        });
        SamplePressure nominal = die.PressureOf(force);
        return new PressureAnswer(
            reading.Kind,
            question.Reading.Trim(),
            die,
            press,
            ForceEstimate(question, reading, press, force),
            question.Ram?.PressureFor(force),
            nominal,
            onSample,
            budget,
            OtherTons(reading, die),
            TonHabit.Of(force, die.Diameter.Value),
            Assumptions(question, reading, press),
            Notes(reading, die, press, force, nominal));
    }

    private static Force? ForceWithoutDie(PressureQuestion question, Reading reading)
    {
        if (reading.Kind == ReadingKind.Force) return new Force(reading.Si);
        if (reading.Kind == ReadingKind.SamplePressure) return null;
        if (question.Ram is { } ram) return ram.ForceOf(new OilPressure(reading.Si));
        throw new ConversionException(
            $"'{question.Reading}' is the pressure of oil, and the piston it acts on is not known",
            "the ram of the press: oil pressure times piston area is the force, and only the force and the die make the pressure on the sample",
            "add the piston's area or bore: --ram 12.6cm2, or --ram 40mm (press manual or name plate)");
    }

    private static ConversionException WithoutDie(PressureQuestion question, Reading reading, Force? force)
    {
        if (force is { } newtons)
        {
            return new ConversionException(
                $"'{question.Reading}' is a force of {newtons}, and the die it presses on is not known",
                "the inner diameter of the die: only force over area is a pressure",
                "add it: --die 10mm, or --die 13mm",
                newtons);
        }

        // The dies of the commonest pressing tools: a recipe copied from another die shows here.
        TonHabit? habit = TonHabit.Of(new SamplePressure(reading.Si), new Length(10e-3), new Length(13e-3));
        string aside = habit is null ? "" : $" ({habit} makes {habit.Pressure.Megapascals.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} MPa)";
        return new ConversionException(
            $"'{question.Reading}' is read as a pressure on the sample, and the die is not known",
            $"the inner diameter of the die: pressure times area is the force{aside}",
            "add it: --die 10mm, or --die 13mm; if it is the oil pressure on the gauge, add --basis oil and --ram as well");
    }

    private static MeasurementModel Model(PressureQuestion question, Reading reading, Die die, PressInstrument press, Force force)
    {
        double indicationLimit = Math.Sqrt(3) * press.Indicated(force).StandardUncertainty.Newtons / 1e3;
        UncertainInput indicated = UncertainInput.Between("gauge", "F", force.Kilonewtons - indicationLimit, force.Kilonewtons + indicationLimit, "kN");
        UncertainInput thickness = question.PelletThickness is { } given
            ? new UncertainInput("pellet thickness", "L", given.Millimetres, 0, UnitText: "mm")
            : UncertainInput.Between("pellet thickness", "L", 0.5 * ThinPellet.Millimetres, 1.5 * ThinPellet.Millimetres, "mm");
        double ramShare = RamShare(question, reading);
        return new MeasurementModel(
            "mean pressure on the sample",
            "MPa",
            [
                indicated,
                new UncertainInput("ram area (relative)", "A/A₀", 1, ramShare),
                new UncertainInput("die diameter", "d", die.Diameter.Value.Millimetres, die.Diameter.StandardUncertainty.Millimetres, UnitText: "mm"),
                UncertainInput.Of("wall friction", "μ", die.WallFriction.Si),
                UncertainInput.Of("radial over axial stress", "k", die.LateralRatio.Si),
                thickness,
            ],
            static x => 1e3 * x[0] * x[1] / (Math.PI / 4 * x[2] * x[2]) * WallFriction.MeanTransmitted(0, 1e-3 * x[5], 1e-3 * x[2], x[3], x[4]));
    }

    // Only a force that was found through the ram carries the ram's uncertainty.
    private static double RamShare(PressureQuestion question, Reading reading) =>
        reading.Kind == ReadingKind.OilPressure && question.Ram is { } ram ? ram.Area.Si.RelativeUncertainty : 0;

    private static Estimate<Force> ForceEstimate(PressureQuestion question, Reading reading, PressInstrument press, Force force)
    {
        double gauge = press.Indicated(force).StandardUncertainty.Newtons;
        double ram = RamShare(question, reading) * force.Newtons;
        return new Estimate<Force>(force, new Force(Math.Sqrt((gauge * gauge) + (ram * ram))));
    }

    private static List<OtherTon> OtherTons(Reading reading, Die die)
    {
        (string Symbol, string Name, double Newtons)[] tons =
        [
            ("t", "metric", Force.NewtonsPerMetricTon),
            ("short_ton", "US short", Force.NewtonsPerShortTon),
            ("long_ton", "UK long", Force.NewtonsPerLongTon),
        ];
        int own = Array.FindIndex(tons, ton => string.Equals(ton.Symbol, reading.UnitSymbol, StringComparison.Ordinal));
        var others = new List<OtherTon>();
        if (own < 0) return others;
        double count = reading.Si / tons[own].Newtons;
        for (int i = 0; i < tons.Length; i++)
        {
            if (i == own) continue;
            var force = new Force(count * tons[i].Newtons);
            others.Add(new OtherTon(tons[i].Name, force, die.PressureOf(force)));
        }

        return others;
    }

    private static List<string> Assumptions(PressureQuestion question, Reading reading, PressInstrument press)
    {
        var assumptions = new List<string>();
        if (reading.Kind == ReadingKind.SamplePressure)
        {
            assumptions.Add(question.Basis is null
                ? $"{question.Reading.Trim()} is the nominal pressure on the sample (force over die area), not the oil pressure on the gauge"
                : $"{question.Reading.Trim()} is the nominal pressure on the sample (force over die area)");
        }

        if (question.Press is null) assumptions.Add($"gauge not described: class 1.6 dial on a {TonHabit.Plain(press.Capacity.MetricTons)} t press (1.6 % of full scale)");
        if (question.PelletThickness is null) assumptions.Add("thickness not given: a thin pellet of 0.5 to 1.5 mm");
        if (reading.Kind == ReadingKind.OilPressure) assumptions.Add("friction of the ram's seal is not included; it makes the true force smaller");
        return assumptions;
    }

    private static List<string> Notes(Reading reading, Die die, PressInstrument press, Force force, SamplePressure nominal)
    {
        var notes = new List<string>();
        if (nominal > die.Limit) notes.Add($"{nominal} is above the {die.Limit} that the {die.MaterialName} die may carry: do not press before you have checked the die's own limit");
        if (press.ClassBasis == GaugeClassBasis.FullScale && force > press.Capacity) notes.Add($"{force} is beyond the press's capacity of {press.Capacity}");
        else if (press.ClassBasis == GaugeClassBasis.FullScale && force.Newtons < press.LowestCalibrated.Newtons * (1 - 1e-9))
        {
            double share = 100 * force.Newtons / press.Capacity.Newtons;
            notes.Add($"the load is {Quantity.Number(share, 2)} % of full scale; gauges are usually calibrated from 20 % up: a smaller press or a load cell would know it better");
        }

        if (reading.Kind == ReadingKind.SamplePressure
            && TonHabit.Of(force, die.Diameter.Value) is null
            && TonHabit.Of(nominal, new Length(10e-3), new Length(13e-3)) is { } elsewhere)
        {
            notes.Add($"{Quantity.Number(nominal.Megapascals, 3)} MPa is {elsewhere}; a recipe in tons from that die does not carry over to yours");
        }

        return notes;
    }
}
