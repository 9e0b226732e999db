using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>
/// What a person must read on the press to make a sample pressure: the force, rounded to what the indication can show, in the
/// units on its face, and the sample pressure that this reading makes.
/// </summary>
/// <param name="Wanted">Force that makes the target on this die.</param>
/// <param name="Shown">The nearest force that the indication can show.</param>
/// <param name="Reading">The reading in the gauge's own unit, without the unit.</param>
/// <param name="Achieved">Nominal sample pressure at that reading, with the uncertainty of gauge, piston and die.</param>
internal readonly record struct GaugeReading(Force Wanted, Force Shown, string Reading, Estimate<SamplePressure> Achieved)
{
    /// <summary>The unit on the face of the gauge: bar of oil behind a piston, kN otherwise.</summary>
    public static string UnitOf(PressInstrument press) => press.Ram is null ? "kN" : "bar oil";

    /// <summary>
    /// The reading for a target. With F the shown force, d the die diameter and A the piston area, the relative standard
    /// uncertainties add in squares: u²(p) = u²(F) + (2 u(d))² + u²(A) (JCGM 100:2008, 5.1.6).
    /// </summary>
    public static GaugeReading For(SamplePressure target, Die die, PressInstrument press)
    {
        Force wanted = die.ForceFor(target);
        double step = press.Resolution.Newtons;
        var shown = new Force(step > 0 ? Math.Round(wanted.Newtons / step, MidpointRounding.AwayFromZero) * step : wanted.Newtons);
        SamplePressure achieved = die.PressureOf(shown);
        double relative = shown.Newtons == 0 ? 0 : Math.Sqrt(
            Square(press.Indicated(shown).Si.RelativeUncertainty)
            + Square(2 * die.Diameter.Si.RelativeUncertainty)
            + Square(press.Ram?.Area.Si.RelativeUncertainty ?? 0));
        return new GaugeReading(wanted, shown, Text(shown, step, press), new Estimate<SamplePressure>(achieved, achieved * relative));
    }

    // As many decimals as one step of the gauge has, so that the sheet shows no digit that the gauge does not.
    private static string Text(Force shown, double stepNewtons, PressInstrument press)
    {
        (double value, double step) = press.Ram is { } ram
            ? (ram.PressureFor(shown).In("bar"), ram.PressureFor(new Force(stepNewtons)).In("bar"))
            : (shown.Kilonewtons, stepNewtons / 1e3);
        if (step <= 0) return ReportText.Number(value, 4);
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 4);
        bool fits = Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) < 1e-6;
        return ReportText.Fixed(value, fits ? decimals : decimals + 1);
    }

    private static double Square(double x) => x * x;
}
