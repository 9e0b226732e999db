using System.Diagnostics;
using System.Globalization;
using System.Text;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Numerics;
using Isobar.Numerics.Fourier;

namespace Isobar.Bench.Contact;

/// <summary>Rough contact: what a convolution and a solve cost, with the error beside each time.</summary>
internal static class ContactRun
{
    private const double Quick = 0.5;

    /// <summary>Measures the tables whose name has the filter in it and writes the page.</summary>
    public static string Page(string? filter, Machine machine, TextWriter progress)
    {
        (string Name, Action<StringBuilder> Write)[] tables =
        [
            // Memory first: the largest working set is that of all that was done before.
            ("memory", Memory), ("convolution", Convolutions), ("elastic", Elastic), ("threads", Threads), ("plastic", Plastic), ("conduction", Conduction), ("order", Orders),
        ];
        (string Name, Action<StringBuilder> Write)[] chosen = [.. tables.Where(table => filter is null || table.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Length == 0) throw new BenchException($"no table has '{filter}' in its name; there is {string.Join(", ", tables.Select(table => table.Name))}");
        StringBuilder page = PageText.Begin("Rough contact", machine);
        page.Append("Command: `dotnet run -c Release --project bench/Isobar.Bench -- contact --record`.\n");
        page.Append("Surface: self-affine, H = 0.8, band 4-64, rms gradient 1, seed 12345; pressures in units of the contact modulus. One thread unless said. CPU is the processor time of the process, the median of the repeats; spread is the distance of the quartiles over the median of the wall time.\n\n");
        foreach ((string name, Action<StringBuilder> write) in chosen)
        {
            progress.WriteLine(name);
            write(page);
            page.Append('\n');
        }

        return page.ToString();
    }

    private static void Convolutions(StringBuilder page)
    {
        page.Append("## Convolution: forward, symbol, inverse (smallest of the repeats; median in brackets)\n\n");
        PageText.Row(page, "points", "double", "double, 2 threads", "single", "FFTW estimate", "FFTW measure", "over estimate", "over measure", "largest difference from FFTW", "of single from double");
        PageText.Row(page, "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (int points in new[] { 256, 512, 1024, 2048 })
        {
            double[] noise = Noise(points), result = new double[noise.Length];
            var own = new RealTransform(points, points);
            Symbol symbol = own.CreateSymbol(InverseWave);
            Repeats alone = Time(() => own.Convolve(noise, symbol, result));
            var shared = new RealTransform(points, points, new ParallelLoop(2, static (count, body) => Parallel.For(0, count, body)));
            Symbol sharedSymbol = shared.CreateSymbol(InverseWave);
            double[] other = new double[noise.Length];
            Repeats both = Time(() => shared.Convolve(noise, sharedSymbol, other));
            if (!other.AsSpan().SequenceEqual(result)) throw new BenchException("two threads gave other bits than one");

            var single = new SingleTransform(points, points);
            Symbol singleSymbol = single.CreateSymbol(InverseWave);
            float[] rough = [.. noise.Select(x => (float)x)], roughResult = new float[noise.Length];
            Repeats fast = Time(() => single.Convolve(rough, points, points, singleSymbol, roughResult));
            double largest = result.Max(Math.Abs), roughError = 0;
            for (int i = 0; i < result.Length; i++) roughError = Math.Max(roughError, Math.Abs(roughResult[i] - result[i]) / largest);

            (string estimate, string measure, string overEstimate, string overMeasure, string error) = ("-", "-", "-", "-", "-");
            if (Fftw.IsInstalled)
            {
                var first = new Fftw(points, Fftw.Estimate, InverseWave);
                Repeats quick = Time(first.Convolve);
                noise.CopyTo(first.Field);
                first.Convolve();
                double difference = 0;
                for (int i = 0; i < result.Length; i++) difference = Math.Max(difference, Math.Abs(first.Field[i] - result[i]) / largest);
                Repeats planned = Time(new Fftw(points, Fftw.Measure, InverseWave).Convolve);
                (estimate, measure, overEstimate, overMeasure, error) = (quick.Text, planned.Text, Ratio(alone, quick), Ratio(alone, planned), Small(difference));
            }

            PageText.Row(page, Whole(points), alone.Text, both.Text, fast.Text, estimate, measure, overEstimate, overMeasure, error, Small(roughError));
        }
    }

    private static void Elastic(StringBuilder page)
    {
        page.Append("## Elastic contact from nothing, tolerance 1e-8 of the rms height\n\n");
        PageText.Row(page, "points", "p/E*", "CPU", "wall", "spread", "fine convolutions", "of these in double", "CG steps", "set changes", "residual, by one routine", "area", "mean gap");
        PageText.Row(page, "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (int points in new[] { 256, 512, 1024, 2048 })
        {
            HeightMap map = Surface(points);
            var solver = new ContactSolver(map, new ContactMedium(1), new ContactOptions { Conduction = false });
            foreach (double pressure in new[] { 0.005, 0.05, 0.2, 0.5 }) ElasticRow(page, map, solver, pressure, points >= 2048 ? 3 : 7);
        }
    }

    // One thread and two by turns, so that what else runs on the machine falls on both. The share that can be divided is measured on one thread, through a loop that notes how long it
    // is inside; it holds on a loaded machine too, and bounds the gain: 1/(1 − s/2).
    private static void Threads(StringBuilder page)
    {
        page.Append("## One thread and two, elastic contact from nothing, p/E* = 0.2\n\n");
        PageText.Row(page, "points", "wall, 1 thread (median)", "wall, 2 threads (median)", "gain", "CPU, 1 thread", "CPU, 2 threads", "share that is divided", "gain at most", "same bits");
        PageText.Row(page, "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
        foreach (int points in new[] { 512, 1024, 2048 })
        {
            HeightMap map = Surface(points);
            var alone = new ContactSolver(map, new ContactMedium(1), new ContactOptions { Conduction = false });
            var both = new ContactSolver(map, new ContactMedium(1), new ContactOptions { Conduction = false, Parallel = new ParallelLoop(2, static (count, body) => Parallel.For(0, count, body)) });
            var watch = new Stopwatch();
            var noted = new ContactSolver(map, new ContactMedium(1), new ContactOptions
            {
                Conduction = false,
                Parallel = new ParallelLoop(2, (count, body) =>
                {
                    watch.Start();
                    for (int i = 0; i < count; i++) body(i);
                    watch.Stop();
                }),
            });
            ContactState one = alone.Solve(0.2), two = both.Solve(0.2);
            noted.Solve(0.2);
            bool same = one.PressurePa.SequenceEqual(two.PressurePa) && one.GapM.SequenceEqual(two.GapM) && one.MeanGapM.Equals(two.MeanGapM);
            var ones = new List<Repeats>();
            var twos = new List<Repeats>();
            var shares = new List<double>();
            for (int repeat = points < 2048 ? 9 : 3; repeat > 0; repeat--)
            {
                ones.Add(Time(() => alone.Solve(0.2), 1, warm: false));
                twos.Add(Time(() => both.Solve(0.2), 1, warm: false));
                watch.Reset();
                Repeats whole = Time(() => noted.Solve(0.2), 1, warm: false);
                shares.Add(watch.Elapsed.TotalSeconds / whole.MedianSeconds);
            }

            double share = Median(shares), wallOne = Median(ones.Select(each => each.MedianSeconds)), wallTwo = Median(twos.Select(each => each.MedianSeconds));
            PageText.Row(
                page, Whole(points), Both(ones), Both(twos), PageText.Number(wallOne / wallTwo, "0.00"), PageText.Time(Median(ones.Select(each => each.CpuSeconds))), PageText.Time(Median(twos.Select(each => each.CpuSeconds))),
                PageText.Number(100 * share, "0.0") + " %", PageText.Number(1 / (1 - (0.5 * share)), "0.00"), same ? "yes" : throw new BenchException("two threads gave other bits than one"));
        }

        static string Both(List<Repeats> times) => $"{PageText.Time(times.Min(each => each.MedianSeconds))} ({PageText.Time(Median(times.Select(each => each.MedianSeconds)))})";

        static double Median(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }
    }

    private static void ElasticRow(StringBuilder page, HeightMap map, ContactSolver solver, double pressure, int repeats)
    {
        ContactState state = solver.Solve(pressure);
        Repeats times = Time(() => state = solver.Solve(pressure), repeats);
        PageText.Row(
            page, Whole(map.Rows), PageText.Number(pressure, "0.###"), PageText.Time(times.CpuSeconds), PageText.Time(times.MedianSeconds), PageText.Number(100 * times.Spread, "0") + " %",
            Whole(state.Convolutions), Whole(state.Convolutions - (2 * state.Iterations)), Whole(state.Iterations), Whole(state.OuterSteps), Small(Residual(map, state)),
            PageText.Number(state.Area, "0.00000000"), PageText.Number(state.MeanGapM, "0.0000000000"));
    }

    private static void Plastic(StringBuilder page)
    {
        page.Append("## With a hardness H, 256 × 256 points\n\n");
        PageText.Row(page, "H/E*", "p/H", "area", "area·H/p", "plastic area", "fine convolutions", "residual, by one routine", "CPU");
        PageText.Row(page, "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        HeightMap map = Surface(256);
        foreach (double hardness in new[] { 0.2, 0.5, 1 })
        {
            var solver = new ContactSolver(map, new ContactMedium(1) { HardnessPa = hardness }, new ContactOptions { Conduction = false });
            foreach (double share in new[] { 0.1, 0.4, 0.7, 0.9, 0.98 })
            {
                ContactState state = solver.Solve(share * hardness);
                Repeats times = Time(() => state = solver.Solve(share * hardness), 3);
                PageText.Row(
                    page, PageText.Number(hardness, "0.#"), PageText.Number(share, "0.##"), PageText.Number(state.Area, "0.00000"), PageText.Number(state.Area / share, "0.0000"),
                    PageText.Number(state.PlasticArea, "0.00000"), Whole(state.Convolutions), Small(Residual(map, state)), PageText.Time(times.CpuSeconds));
            }
        }
    }

    private static void Conduction(StringBuilder page)
    {
        page.Append("## Conduction at p/E* = 0.05\n\n");
        PageText.Row(page, "points", "what", "CPU", "convolutions", "result", "check");
        PageText.Row(page, "--:", "---", "--:", "--:", "--:", "---");
        foreach (int points in new[] { 256, 512 })
        {
            HeightMap map = Surface(points);
            var solver = new ContactSolver(map, new ContactMedium(1));
            ContactState state = solver.Solve(0.05);
            double bare = Time(() => new ContactSolver(map, new ContactMedium(1), new ContactOptions { Conduction = false }).Solve(0.05), 3).CpuSeconds;
            double whole = Time(() => state = new ContactSolver(map, new ContactMedium(1)).Solve(0.05), 3).CpuSeconds;
            ContactConduction conduction = state.Conduction!;
            state = solver.Solve(0.05);
            PageText.Row(page, Whole(points), "ℓ_c and stiffness", PageText.Time(Math.Max(whole - bare, 0)), Whole(conduction.Convolutions), PageText.Number(conduction.ConstrictionLengthM, "0.0000000000"), $"Barber 1 {PageText.Number(conduction.BarberProduct!.Value - 1, "+0.0e+0;-0.0e+0")}");
            ContactResistance resistance = solver.Resistance(state, 0.01);
            Repeats robin = Time(() => resistance = solver.Resistance(state, 0.01), 3);
            PageText.Row(page, Whole(points), "charge transfer 0.01", PageText.Time(robin.CpuSeconds), Whole(resistance.Convolutions), PageText.Number(resistance.ResistanceLengthM, "0.000000000"), $"between {PageText.Number(resistance.LowerBoundM, "0.0000")} and {PageText.Number(resistance.UpperBoundM, "0.0000")}");
            double[] frequencies = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -3 + (i * 10.0 / 39)))];
            System.Numerics.Complex[] sweep = [];
            Repeats impedance = Time(() => sweep = solver.Impedance(state, new ContactElectrics(1, 0.01), frequencies), 1);
            PageText.Row(page, Whole(points), "40 frequencies, 1 mHz to 10 MHz", PageText.Time(impedance.CpuSeconds), "-", PageText.Number(sweep[0].Real, "0.000000000"), $"{Small(Math.Abs((sweep[0].Real / resistance.ResistanceLengthM) - 1))} from the resistance at rest");
        }
    }

    private static void Orders(StringBuilder page)
    {
        page.Append("## Westergaard's wave at p̄ = 0.4 p*, mean deviation of the pressure over the mean pressure\n\n");
        PageText.Row(page, "points per wave", "error", "order");
        PageText.Row(page, "--:", "--:", "--:");
        double last = double.NaN;
        foreach (int points in new[] { 64, 128, 256, 512, 1024, 2048 })
        {
            double[] heights = new double[2 * points];
            for (int i = 0; i < heights.Length; i++) heights[i] = 0.01 * Math.Cos(2 * Math.PI * i / points);
            double full = ClosedFormContact.WaveFullPressurePa(1, 0.01, 1);
            ContactState state = new ContactSolver(new HeightMap(2, points, 1, 2.0 / points, heights), new ContactMedium(1), new ContactOptions { Conduction = false }).Solve(0.4 * full);
            double error = 0;
            for (int i = 0; i < points; i++)
                error += Math.Abs(state.PressurePa[i] - ClosedFormContact.WavePressurePa(0.4 * full, full, Math.Min(i, points - i) / (double)points, 1)) / (0.4 * full * points);
            PageText.Row(page, Whole(points), Small(error), double.IsNaN(last) ? "-" : PageText.Number(Math.Log2(last / error), "0.00"));
            last = error;
        }
    }

    private static void Memory(StringBuilder page)
    {
        page.Append("## 4096 × 4096 points\n\n");
        PageText.Row(page, "p/E*", "CPU", "wall", "fine convolutions", "residual, by the solver", "largest working set of the process", "per point");
        PageText.Row(page, "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        GC.Collect();
        HeightMap map = Surface(4096);
        GC.Collect();
        var solver = new ContactSolver(map, new ContactMedium(1), new ContactOptions { Conduction = false });
        ContactState state = null!;
        Repeats times = Time(() => state = solver.Solve(0.2), 1, warm: false);
        using var process = Process.GetCurrentProcess();
        PageText.Row(
            page, "0.2", PageText.Time(times.CpuSeconds), PageText.Time(times.MedianSeconds), Whole(state.Convolutions), Small(state.Residual), PageText.Size(process.PeakWorkingSet64),
            PageText.Number(process.PeakWorkingSet64 / (8.0 * 4096 * 4096), "0.0") + " doubles");
    }

    // Worst breach of the contact conditions over the rms height, from pressure and heights alone and with a transform of its own.
    private static double Residual(HeightMap map, ContactState state)
    {
        var transform = new RealTransform(map.Rows, map.Columns, lanes: LaneWidth.Scalar);
        double[] gap = new double[map.HeightsM.Length];
        transform.Convolve(state.PressurePa.ToArray(), transform.CreateSymbol((row, column) => InverseWave(row, column) / Math.PI), gap);
        double hardness = state.Medium.HardnessPa ?? double.PositiveInfinity, sum = 0;
        int count = 0;
        for (int i = 0; i < gap.Length; i++)
        {
            gap[i] -= map.HeightsM[i];
            if (!(state.PressurePa[i] > 0 && state.PressurePa[i] < hardness)) continue;
            sum += gap[i];
            count++;
        }

        double worst = 0;
        for (int i = 0; i < gap.Length; i++)
        {
            double g = gap[i] - (sum / count), p = state.PressurePa[i];
            worst = Math.Max(worst, p <= 0 ? -g : p < hardness ? Math.Abs(g) : g);
        }

        return worst / map.RmsM;
    }

    private static double InverseWave(int row, int column) => row == 0 && column == 0 ? 0 : 1 / Math.Sqrt(((double)row * row) + ((double)column * column));

    private static HeightMap Surface(int points) => SelfAffineSurface.Make(new SurfaceRecipe(1, points, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1)).Map;

    private static double[] Noise(int points)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, points * points).Select(_ => random.NextDouble() - 0.5)];
    }

    // Without a number of repeats: for half a second, at least five times.
    private static Repeats Time(Action run, int repeats = 0, bool warm = true)
    {
        if (warm) run();
        var wall = new List<double>();
        var cpu = new List<double>();
        var total = Stopwatch.StartNew();
        while (repeats > 0 ? wall.Count < repeats : wall.Count < 5 || total.Elapsed.TotalSeconds < Quick)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            run();
            wall.Add(watch.Elapsed.TotalSeconds);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        wall.Sort();
        cpu.Sort();
        return new Repeats(wall[0], wall[wall.Count / 2], cpu[cpu.Count / 2], (wall[3 * wall.Count / 4] - wall[wall.Count / 4]) / wall[wall.Count / 2]);
    }

    private static string Ratio(Repeats own, Repeats other) => PageText.Number(own.MinimumSeconds / other.MinimumSeconds, "0.00");

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Small(double value) => PageText.Number(value, "0.0e+0");

    private readonly record struct Repeats(double MinimumSeconds, double MedianSeconds, double CpuSeconds, double Spread)
    {
        public string Text => $"{PageText.Time(MinimumSeconds)} ({PageText.Time(MedianSeconds)})";
    }
}
