using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Isobar.Electrochemistry.HalfCell;

namespace Isobar.Bench.Whole;

/// <summary>The half cell: discharges, spectra and a sweep, each with its time and its error against the fine reference tables.</summary>
internal static class HalfCellPage
{
    /// <summary>The word by which this program starts itself for one first call.</summary>
    public const string ColdWord = "cold-cell";

    private static readonly HalfCellOptions s_variable = new();

    /// <summary>Measures what has the filter in its name and writes the page.</summary>
    public static string Page(string? filter, Machine machine, TextWriter progress)
    {
        BenchCase[] cases = [.. Cases().Where(each => filter is null || each.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (cases.Length == 0) throw new BenchException($"nothing has '{filter}' in its name; there is {string.Join(", ", Cases().Select(each => $"'{each.Name}'"))}");
        StringBuilder page = PageText.Begin("Half cell", machine);
        page.Append("Base set of the reference tables (60 µm NMC811 and LPSCl against Li, a particle class of 2.5 µm), 1C to 3.55 V. `dotnet run -c Release --project bench/Isobar.Bench -- cell --record`\n\n");
        page.Append("Error: against the table of an independent finite-volume code on 80 cells and 160 shells, whose own early seconds are less exact than these runs.\n");
        page.Append("The default setting is meant for 0.1 mV at any rate and contact fraction, the fast one for sweeps; both take 20 cells here. A first call is timed inside a new process, compilation of the model included.\n\n");
        PageText.Row(page, "run", "n", "min", "median", "spread", "CPU", "allocated", "check value", "error");
        PageText.Row(page, "---", "--:", "--:", "--:", "--:", "--:", "--:", "---", "---");
        foreach (BenchCase each in cases)
        {
            progress.WriteLine(each.Name);
            WholeRun.Write(page, each.Measure());
        }

        return page.ToString();
    }

    /// <summary>One first call; prints wall and processor time in seconds and the end of the discharge.</summary>
    public static void Cold(bool fast, TextWriter output)
    {
        HalfCellParameters cell = HalfCellTable.Cell;
        HalfCellOptions options = fast ? HalfCellOptions.Fast : HalfCellOptions.Default;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        HalfCellRun run = new HalfCellSolver(options).Discharge(cell, 1);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall:R} {cpu.TotalSeconds:R} {run.TimeSeconds[^1]:F4}"));
    }

    private static IEnumerable<BenchCase> Cases()
    {
        HalfCellParameters cell = HalfCellTable.Cell, variable = cell with { DiffusionFactor = new Decade() };
        HalfCellSolver usual = new(), fast = new(HalfCellOptions.Fast), ten = new(HalfCellOptions.Fast with { RadialNodes = 10 }), spectral = new(s_variable);
        HalfCellRun fine = new HalfCellSolver(new HalfCellOptions { Cells = 60, RadialNodes = 24, VoltageToleranceVolts = 1e-6 }).Discharge(variable, 1);
        yield return new CallCase<HalfCellRun>("1C, default", () => usual.Discharge(cell, 1), HalfCellTable.OfDischarge);
        yield return new CallCase<HalfCellRun>("1C, fast", () => fast.Discharge(cell, 1), HalfCellTable.OfDischarge);
        yield return new CallCase<HalfCellRun>("1C, D(x), default, 12 radial nodes", () => spectral.Discharge(variable, 1), run => HalfCellTable.OfVariableDiffusion(run, fine));
        yield return new CallCase<HalfCellRun>("1C, D(x), fast, 10 radial nodes", () => ten.Discharge(variable, 1), run => HalfCellTable.OfVariableDiffusion(run, fine));
        yield return new FirstCallCase("1C, default, first call of a process", fast: false);
        yield return new FirstCallCase("1C, fast, first call of a process", fast: true);
        double[] hertz = HalfCellTable.Frequencies();
        HalfCellParameters half = cell with { InitialStoichiometry = 0.5 };
        yield return new CallCase<ImmutableArray<ImpedanceSplit>>("81 frequencies", () => HalfCellImpedance.AtEquilibrium(half, hertz), spectrum => HalfCellTable.OfSpectrum(spectrum));
        double[] exact = HalfCellSweep.Capacities(HalfCellOptions.Default);
        yield return new CallCase<double[]>("1000 cells, pressure × rate × thickness, 2 threads", () => HalfCellSweep.Capacities(HalfCellOptions.Fast), capacities => new Answer(
            $"{PageText.Number(capacities.Sum() / 3600, "0.0000")} Ah/m² in all",
            $"{PageText.Number(exact.Zip(capacities, (a, b) => Math.Abs(a - b) / 36000).Max(), "0.0e+0")} mAh/cm² at most from the default setting"));
    }

    /// <summary>D(x) = D_s·e^(2(x − ½)).</summary>
    private sealed class Decade() : StoichiometryCurve(0, 1)
    {
        public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
        {
            for (int i = 0; i < stoichiometries.Length; i++)
            {
                values[i] = Math.Exp(2 * (stoichiometries[i] - 0.5));
                slopes[i] = 2 * values[i];
            }
        }
    }
}

/// <summary>The first discharge in a process of its own.</summary>
/// <param name="name">What runs.</param>
/// <param name="fast">True: with the fast setting.</param>
internal sealed class FirstCallCase(string name, bool fast) : BenchCase(name)
{
    // As the number of repeats is chosen: 25 processes.
    private const double SecondsPerProcess = 0.2;

    protected override double WarmUp()
    {
        Once();
        return SecondsPerProcess;
    }

    protected override (Sample Sample, Answer Answer) Once()
    {
        string[] words = [typeof(FirstCallCase).Assembly.Location, HalfCellPage.ColdWord, fast ? "fast" : "default"];
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start) ?? throw new BenchException("dotnet did not start");
        string[] numbers = process.StandardOutput.ReadToEnd().Trim().Split(' ');
        process.WaitForExit();
        if (process.ExitCode != 0 || numbers.Length != 3) throw new BenchException($"'{Name}' ended with {process.ExitCode}");
        return (
            new Sample(double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture), double.NaN),
            new Answer($"{numbers[2]} s", "as warm"));
    }
}

/// <summary>A thousand cells: ten states of contact as stack pressure makes them, ten rates, ten thicknesses.</summary>
internal static class HalfCellSweep
{
    private const int Steps = 10;
    private const int Threads = 2;

    /// <summary>Discharge capacities, C/m².</summary>
    public static double[] Capacities(HalfCellOptions options)
    {
        var capacities = new double[Steps * Steps * Steps];
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            var solver = new HalfCellSolver(options);
            // Every second cell: fast and slow ones fall evenly to both.
            for (int i = thread; i < capacities.Length; i += Threads)
            {
                (HalfCellParameters cell, double rate) = Case(i);
                capacities[i] = solver.Discharge(cell, rate).DischargedCoulombsPerSquareMetre[^1];
            }
        });
        return capacities;
    }

    private static (HalfCellParameters Cell, double Rate) Case(int index)
    {
        double megapascals = Math.Pow(10, -0.3 + (2.0 * (index % Steps) / (Steps - 1))), rate = 0.1 * Math.Pow(30, (double)(index / Steps % Steps) / (Steps - 1));
        double contact = megapascals / (megapascals + 2);
        return (
            HalfCellTable.Cell with
            {
                CathodeThicknessMetres = 30e-6 + (10e-6 * (index / (Steps * Steps))),
                CathodeContactFraction = contact,
                AnodeContactFraction = Math.Sqrt(contact),
                CollectorOhmSquareMetres = 200e-4 * Math.Pow(megapascals, -0.6) / 100,
            },
            rate);
    }
}
