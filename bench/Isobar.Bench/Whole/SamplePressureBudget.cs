using Isobar.Numerics.Propagation;

namespace Isobar.Bench.Whole;

/// <summary>
/// The budget of a pressed pellet: F = 29 452 N with 0.5 % of reading (normal) and ±100 N (rectangular), d = 10.00(1) mm, wall loss between
/// 0 and 4 %. Its mean and uncertainty are known from outside.
/// </summary>
internal static class SamplePressureBudget
{
    public const int Trials = 1_000_000;
    public const double ReferenceMegapascals = 367.49;
    public const double ReferenceUncertaintyMegapascals = 4.815;

    private static readonly MeasurementModel s_model = new(
        "pressure on the sample",
        "MPa",
        [
            new UncertainInput("force", "F", 29452, 0.005 * 29452, UnitText: "N"),
            UncertainInput.Between("indication", "ΔF", -100, 100, "N"),
            new UncertainInput("diameter", "d", 10, 0.01, UnitText: "mm"),
            UncertainInput.Between("wall loss", "f", 0, 0.04),
        ],
        static x => (x[0] + x[1]) * (1 - x[3]) / (Math.PI / 4 * x[2] * x[2]));

    public static MonteCarloResult Draw() => MonteCarloPropagation.Run(s_model, Trials, 20250101, 0.95);

    public static Answer AnswerOf(MonteCarloResult result) => new(
        $"{PageText.Number(result.Mean, "0.0000")} MPa, u {PageText.Number(result.StandardUncertainty, "0.0000")} MPa",
        $"{PageText.Number(result.Mean - ReferenceMegapascals, "+0.0000;-0.0000")} MPa, u {PageText.Number(result.StandardUncertainty - ReferenceUncertaintyMegapascals, "+0.0000;-0.0000")} MPa against {PageText.Number(ReferenceMegapascals, "0.00")} and {PageText.Number(ReferenceUncertaintyMegapascals, "0.000")}");
}
