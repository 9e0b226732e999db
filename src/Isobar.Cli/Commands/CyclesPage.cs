using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar cycles</c> found, for people.</summary>
internal static class CyclesPage
{
    public static void Write(IAnsiConsole page, string name, CyclerFile file, CyclingResult result)
    {
        page.MarkupLineInterpolated($"[bold]{name}[/]: {file.Format}");
        foreach (string line in file.Dialect) Prose.Write(page, "  " + line, 4);
        foreach (FileFact fact in file.Facts) Prose.Write(page, $"  {fact.Name}: {new string([.. fact.Text.Where(c => !char.IsControl(c))])}", 4);
        page.WriteLine();
        bool pressure = !file.Series.PressurePa.IsEmpty;
        var cycles = new Listing([.. (string[])["cycle", "charge", "discharge", "efficiency", "energy", "rate", "V charge", "V disch."], .. pressure ? (string[])["pressure"] : []]);
        foreach (Cycle cycle in result.Cycles)
        {
            HalfCycle? shown = cycle.Discharge ?? cycle.Charge;
            cycles.Add(
            [
                cycle.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) + (cycle.Complete ? "" : " (part)"), Capacity(cycle.Charge), Capacity(cycle.Discharge), Efficiency(cycle.CoulombicEfficiency),
                cycle.EnergyEfficiency is { } energy ? Quantity.Number(100 * energy, 3) + " %" : "", shown is null ? "" : Rate(shown.RatePerHour(result.ReferenceCoulombs)), Volts(cycle.Charge), Volts(cycle.Discharge),
                .. pressure ? (string[])[Pressure(shown)] : [],
            ]);
        }

        if (!result.Cycles.IsEmpty) cycles.Write(page);
        foreach (string note in file.Notes.Concat(result.Notes)) PlanPage.Note(page, "note", note);
    }

    private static string Capacity(HalfCycle? half) => half is null ? "" : SpectraPage.Scaled(half.Capacity.Value / 3600, "Ah");

    // What the rows leave open is told where it can be seen; the error of the cycler's current is not in the rows.
    private static string Efficiency(Estimate? efficiency)
    {
        if (efficiency is not { } value) return "";
        string per = (100 * value.Value).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        return 100 * value.StandardUncertainty >= 0.005 ? $"{per} ± {Quantity.Number(100 * value.StandardUncertainty, 1)} %" : per + " %";
    }

    private static string Rate(double perHour) => perHour >= 0.95 ? Quantity.Number(perHour, 2) + " C" : "C/" + Quantity.Number(1 / perHour, 2);

    private static string Volts(HalfCycle? half) => half is null ? "" : Quantity.Number(half.MeanVolts, 4);

    private static string Pressure(HalfCycle? half) => half?.Pressure is not { } pressure ? "" : $"{Quantity.Number(pressure.Value / 1e6, 4)} MPa ({Quantity.Number(half.LowestPressurePa / 1e6, 4)} to {Quantity.Number(half.HighestPressurePa / 1e6, 4)})";
}
