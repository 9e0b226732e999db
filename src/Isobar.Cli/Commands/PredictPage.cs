using System.Collections.Immutable;
using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Reports;
using Isobar.Lab.Runs;
using Isobar.Mechanics.Pellets;
using Isobar.Planning;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A forecast for people and machines.</summary>
internal static class PredictPage
{
    private const double AreaAndHour = 36000;

    public static void Write(IAnsiConsole page, CellForecast forecast, string after, ImmutableArray<DischargeFacts> runs, ImpedanceFacts? impedance)
    {
        HalfCellParameters cell = forecast.HalfCell;
        page.MarkupLineInterpolated($"[bold]{forecast.Cell.Name}, {after}[/]");
        Prose.Write(page, $"1C is {Quantity.Format(new CurrentDensity(cell.AmperesPerSquareMetre(1)), 3)}; from {Quantity.Format(new Voltage(cell.UpperVolts), 3)} in equilibrium to {Quantity.Format(new Voltage(cell.LowerVolts), 3)} at {forecast.Cell.Temperature}; bands hold 90 % of the possible cells");
        Prose.Write(page, $"contact: {Percent(cell.CathodeContactFraction)} of the particle surface, {Percent(cell.AnodeContactFraction)} of the anode; isolated {Percent(cell.IsolatedFraction)} of the active material; κ {Quantity.Format(new Conductivity(cell.CathodeIonicSiemensPerMetre), 2)}, σ {Quantity.Format(new Conductivity(cell.CathodeElectronicSiemensPerMetre), 2)} in the cathode");
        page.WriteLine();
        var table = new Listing("rate", "capacity mAh/cm²", "mean V", "energy mWh/cm²", "ended at") { Flexible = 4 };
        foreach (RateForecast rate in forecast.Rates)
        {
            DischargeFacts best = runs.Single(run => run.Rate.Equals(rate.CRate));
            table.Add(HalfCellPage.Rate(rate.CRate), Text(best.Band!.Capacity), Text(best.Band.MeanVoltage), Text(best.Band.Energy), HalfCellPage.Words(best.EndReason));
        }

        table.Write(page);
        HalfCellPage.WriteLosses(page, forecast.Rates.Select(rate => (rate.CRate, rate.Best)));
        if (impedance is not null) HalfCellPage.WriteImpedance(page, impedance);
        if (runs[0].StackPressureMegapascals is { Length: > 0 } pressure)
        {
            PlanPage.Note(page, "note", $"the stack pressure follows the breathing of the cell in its fixture: {Quantity.Number(pressure[0], 3)} MPa charged, {Quantity.Number(pressure[^1], 3)} MPa at the end of the discharge at {HalfCellPage.Rate(runs[0].Rate)}");
        }

        HalfCellPage.WriteEnds(page, runs);
        foreach (RateForecast rate in forecast.Rates)
        {
            int all = rate.Ends.Values.Sum(), stuck = rate.Ends.GetValueOrDefault(EndReason.CurrentNotCarried);
            if (stuck > 0) PlanPage.Note(page, "note", $"{stuck} of {all} possible cells do not carry {HalfCellPage.Rate(rate.CRate)} at all");
        }

        foreach (string warning in forecast.Warnings) PlanPage.Note(page, "note", warning);
    }

    public static DischargeFacts FactsOf(RateForecast rate) => DischargeFacts.Of(
        rate.CRate,
        rate.CurrentDensity.AmperesPerSquareMetre,
        rate.Best,
        new DischargeBandFacts(
            Band(rate.CoulombsPerSquareMetre, 1 / AreaAndHour, "mAh/cm²"),
            Band(rate.MeanVolts, 1, "V"),
            Band(rate.JoulesPerSquareMetre, 1 / AreaAndHour, "mWh/cm²"),
            rate.Ends.ToDictionary(end => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(end.Key.ToString()), end => end.Value, StringComparer.Ordinal),
            [.. rate.Band.CoulombsPerSquareMetre.Select(charge => charge / AreaAndHour)],
            rate.Band.Low90,
            rate.Band.High90));

    public static ImpedanceFacts FactsOf(ImpedanceForecast impedance) => ImpedanceFacts.Of(
        impedance.Hertz,
        impedance.Best,
        impedance.Stoichiometry,
        new ImpedanceBandFacts(
            [.. impedance.Real90.Select(band => 1e4 * band.Low)], [.. impedance.Real90.Select(band => 1e4 * band.High)],
            [.. impedance.Imaginary90.Select(band => 1e4 * band.Low)], [.. impedance.Imaginary90.Select(band => 1e4 * band.High)]));

    /// <summary>The symbols of the best cell as the model sees it, ready to be written into a parameter file.</summary>
    public static Dictionary<string, double> ContactOf(CellForecast forecast) =>
        HalfCellSymbols.All.ToDictionary(symbol => symbol.Symbol, symbol => symbol.Get(forecast.HalfCell), StringComparer.Ordinal);

    public static IEnumerable<string> Draw(string path, CellForecast forecast)
    {
        (double shown, HalfCellRun run) = HalfCellFigure.NearestToOneC(forecast.Rates.Select(rate => (rate.CRate, rate.Best)));
        // More than two bands lie over each other and say nothing: that of the slowest and that of the rate nearest to 1C.
        double slowest = forecast.Rates.Min(rate => rate.CRate);
        yield return ModelArguments.Draw(
            HalfCellFigure.Voltages(forecast.Cell.Name, [.. forecast.Rates.Select(rate => new DischargeCurve(HalfCellPage.Rate(rate.CRate), rate.Best, rate.CRate.Equals(slowest) || rate.CRate.Equals(shown) ? rate.Band : null))]), path);
        yield return ModelArguments.Draw(HalfCellFigure.Losses($"{forecast.Cell.Name}: where the voltage goes at {HalfCellPage.Rate(shown)}", run), path, "-losses");
        if (forecast.Impedance is not { } impedance) yield break;
        ImpedanceFacts facts = FactsOf(impedance);
        yield return ModelArguments.Draw(HalfCellFigure.Nyquist($"{forecast.Cell.Name}: impedance at half charge", facts.Real, facts.Imaginary, facts.Frequency), path, "-impedance");
        yield return ModelArguments.Draw(HalfCellFigure.Resistance($"{forecast.Cell.Name}: impedance at half charge", impedance), path, "-resistance");
    }

    private static BandFacts Band(BandedValue value, double scale, string unit) => new(scale * value.Value, scale * value.Low90, scale * value.High90, unit, value.Extrapolated);

    // All three to the place of the best value's third digit: a lower end near zero must not look better known than the rest.
    private static string Text(BandFacts band)
    {
        int decimals = band.Value > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(band.Value)), 0, 6) : 2;
        string Fixed(double value) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return $"{Fixed(band.Value)} ({Fixed(band.Low90)} to {Fixed(band.High90)})";
    }

    private static string Percent(double share) => Quantity.Number(100 * share, 2) + " %";
}
