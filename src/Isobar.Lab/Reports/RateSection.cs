using Isobar.Electrochemistry;
using Isobar.Mechanics.Pellets;
using Isobar.Planning;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>What the pressures are worth in capacity, against habit; or what is missing to say it.</summary>
internal static class RateSection
{
    // C/m² in 1 mAh/cm².
    private const double MilliampereHour = 36000;

    public static void Write(RateOutlook outlook, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "rates", "What it is worth in capacity");
        if (outlook.Missing is { } missing)
        {
            html.Element("p", ReportText.Capital(missing) + ".", ("class", "note"));
            return;
        }

        CellPressures habit = outlook.Habit;
        string shorts = outlook.HabitShortRisk.Value > 0 ? $" At these {ReportText.Number(outlook.HabitShortRisk.Percent, 2)} % of the cells short, and then deliver nothing." : "";
        html.Element("p", $"Habit is {Megapascals(habit.CathodePressPa)} MPa on the cathode and {Megapascals(habit.StackPa)} MPa to attach and to stack.{shorts}");
        ReportTable.Write(
            html,
            "Areal discharge capacity with its 90 % band, from the half cell in the state of contact that the pressures leave. 1C empties the nominal capacity in an hour.",
            [new("discharge"), new("this plan (mAh/cm²)", true), new("after habit (mAh/cm²)", true), new("gain on habit (%)", true)],
            outlook.Rates.Select(rate => (ReportCell[])
            [
                ReportText.Number(rate.CRate, 1) + "C",
                Banded(rate.Chosen, MilliampereHour),
                Banded(rate.Habit, MilliampereHour),
                Gain(rate.Gain),
            ]));
        foreach (string note in outlook.Notes) html.Element("p", ReportText.Capital(note) + ".", ("class", "note"));
        if (outlook.Rates.Any(rate => rate.Gain.Extrapolated)) html.Element("p", "* A model was asked outside the range in which it was shown to hold.", ("class", "note"));
    }

    private static string Megapascals(double pascals) => ReportText.Megapascals(new SamplePressure(pascals));

    // A tenth of a per cent is less than anybody measures.
    private static string Gain(BandedValue gain) => $"{Tenths(gain.Value)} ({Tenths(gain.Low90)} to {Tenths(gain.High90)}){(gain.Extrapolated ? " *" : "")}";

    private static string Tenths(double share) => ReportText.Number(Math.Round(100 * share, 1));

    private static string Banded(BandedValue value, double unit) =>
        $"{ReportText.Number(value.Value / unit)} ({ReportText.Number(value.Low90 / unit)} to {ReportText.Number(value.High90 / unit)}){(value.Extrapolated ? " *" : "")}";
}
