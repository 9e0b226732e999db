using Isobar.Mechanics.Pellets;
using Isobar.Planning;

namespace Isobar.Lab.Runs;

/// <summary>Areal discharge capacity at one C-rate.</summary>
/// <param name="Rate">C-rate.</param>
/// <param name="Chosen">After the pressures of the plan.</param>
/// <param name="Habit">After the habitual pressures.</param>
/// <param name="Gain">What the plan gains on habit.</param>
public sealed record RateFacts(double Rate, BandFacts Chosen, BandFacts Habit, BandFacts Gain);

/// <summary>What a plan is worth in capacity, for machines.</summary>
/// <param name="Discharges">One entry per C-rate; empty when something is missing.</param>
/// <param name="HabitMegapascals">The habitual pressures, by the keys of the windows.</param>
/// <param name="HabitShortRiskPercent">Share of cells expected to short at the habitual pressures.</param>
/// <param name="Notes">What the numbers leave out.</param>
/// <param name="Missing">Why there are no numbers; null when there are.</param>
public sealed record RatesFacts(RateFacts[] Discharges, SortedDictionary<string, double> HabitMegapascals, double HabitShortRiskPercent, string[] Notes, string? Missing)
{
    // C/m² in 1 mAh/cm².
    private const double MilliampereHour = 36000;

    /// <summary>The facts of an outlook.</summary>
    public static RatesFacts Of(RateOutlook outlook) => new(
        [.. outlook.Rates.Select(rate => new RateFacts(rate.CRate, Band(rate.Chosen, 1 / MilliampereHour, "mAh/cm²"), Band(rate.Habit, 1 / MilliampereHour, "mAh/cm²"), Band(rate.Gain, 100, "%")))],
        new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["separator_press"] = outlook.Habit.SeparatorPressPa / 1e6,
            ["cathode_press"] = outlook.Habit.CathodePressPa / 1e6,
            ["attach"] = outlook.Habit.AttachPa / 1e6,
            ["stack"] = outlook.Habit.StackPa / 1e6,
        },
        outlook.HabitShortRisk.Percent,
        [.. outlook.Notes],
        outlook.Missing);

    private static BandFacts Band(BandedValue value, double scale, string unit) => new(scale * value.Value, scale * value.Low90, scale * value.High90, unit, value.Extrapolated);
}
