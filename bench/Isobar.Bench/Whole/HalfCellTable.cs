using System.Globalization;
using Isobar.Electrochemistry.HalfCell;

namespace Isobar.Bench.Whole;

/// <summary>The reference half cell and the fine tables that its speed is held against, where a checkout lies beside them.</summary>
internal static class HalfCellTable
{
    private const string NoTable = "no reference table beside this checkout";

    public static HalfCellParameters Cell { get; } = new()
    {
        CathodeThicknessMetres = 60e-6,
        SeparatorThicknessMetres = 100e-6,
        ActiveFraction = 0.5,
        ElectrolyteFraction = 0.4,
        ParticleRadiusMetres = 2.5e-6,
        MaximumMolesPerCubicMetre = 49000,
        InitialStoichiometry = 0.3,
        SeparatorSiemensPerMetre = 0.25,
        CathodeIonicSiemensPerMetre = 0.04,
        CathodeElectronicSiemensPerMetre = 1,
        DiffusionSquareMetresPerSecond = 4e-15,
        CathodeExchangeAmperesPerSquareMetre = 0.5,
        AnodeExchangeAmperesPerSquareMetre = 10,
        CollectorOhmSquareMetres = 5e-4,
        DoubleLayerFaradsPerSquareMetre = 0.1,
        LowerVolts = 3.55,
        UpperVolts = 4.3,
        OpenCircuit = HyperbolicCurve.Chen2020,
    };

    /// <summary>End of a 1C discharge, and its largest distance from the table, after and before 10 s.</summary>
    public static Answer OfDischarge(HalfCellRun run)
    {
        string check = $"{PageText.Number(run.TimeSeconds[^1], "0.0000")} s, {run.Effort.TimeSteps} steps, {run.Effort.Iterations} iterations";
        if (Rows("pybamm_assb_halfcell_discharge.csv") is not { } rows) return new Answer(check, NoTable);
        double early = 0, late = 0, end = 0;
        foreach (string[] row in rows.Where(row => string.Equals(row[0], "base", StringComparison.Ordinal) && Number(row[1]) is 1))
        {
            end = Number(row[5]);
            if (end > run.TimeSeconds[^1]) continue;
            double miss = Math.Abs(run.VoltsAt(end) - Number(row[7]));
            if (end < 10) early = Math.Max(early, miss);
            else late = Math.Max(late, miss);
        }

        return new Answer(check, $"{PageText.Number(1e3 * late, "0.000")} mV after 10 s, {PageText.Number(1e3 * early, "0.00")} mV before, end {PageText.Number(1e3 * (run.TimeSeconds[^1] - end), "+0.0;-0.0")} ms");
    }

    /// <summary>The same for D(x), which has no table: distance from a much finer run.</summary>
    public static Answer OfVariableDiffusion(HalfCellRun run, HalfCellRun fine)
    {
        double late = 0;
        for (int i = 0; i < fine.Volts.Length; i++)
        {
            double time = fine.TimeSeconds[i];
            if (time >= 10 && time <= run.TimeSeconds[^1]) late = Math.Max(late, Math.Abs(run.VoltsAt(time) - fine.Volts[i]));
        }

        return new Answer(
            $"{PageText.Number(run.TimeSeconds[^1], "0.0000")} s, {run.Effort.TimeSteps} steps",
            $"{PageText.Number(1e3 * late, "0.000")} mV after 10 s, end {PageText.Number(1e3 * (run.TimeSeconds[^1] - fine.TimeSeconds[^1]), "+0.0;-0.0")} ms, from a run of 60 cells, 24 nodes and 1 µV");
    }

    /// <summary>The frequencies of the table, or as many between the same ends.</summary>
    public static double[] Frequencies() =>
        Rows("pybamm_assb_halfcell_eis.csv") is { } rows ? [.. rows.Skip(1).Select(row => Number(row[0]))] : [.. Enumerable.Range(0, 81).Select(i => Math.Pow(10, (i / 8.0) - 4))];

    /// <summary>Largest relative distance of a spectrum from the closed form of the table.</summary>
    public static Answer OfSpectrum(IReadOnlyList<ImpedanceSplit> spectrum)
    {
        string check = $"{spectrum.Count} frequencies, {PageText.Number(1e4 * spectrum[0].Total.Real, "0.00000")} Ω cm² at the lowest";
        if (Rows("pybamm_assb_halfcell_eis.csv") is not { } rows) return new Answer(check, NoTable);
        double worst = 0;
        foreach ((string[] row, ImpedanceSplit split) in rows.Skip(1).Zip(spectrum))
        {
            worst = Math.Max(worst, Math.Max(Math.Abs((split.Total.Real / Number(row[3])) - 1), Math.Abs((split.Total.Imaginary / Number(row[4])) - 1)));
        }

        return new Answer(check, $"{PageText.Number(worst, "0.0e+0")} relative, real and imaginary part each");
    }

    private static List<string[]>? Rows(string file)
    {
        for (DirectoryInfo? folder = new(Checkout.Root); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", "cell-model", file);
            if (File.Exists(path)) return [.. File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(','))];
        }

        return null;
    }

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
