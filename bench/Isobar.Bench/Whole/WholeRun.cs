using System.Globalization;
using System.Text;
using System.Text.Json;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Bench.Whole;

/// <summary>The runs that a user waits for, each with its time and its answer.</summary>
internal static class WholeRun
{
    // 3 t on 10 mm: 3000 kg · 9.80665 m/s² over π/4 · (10 mm)², MPa.
    private const double ThreeTonsMegapascals = 3000 * 9.80665 / (Math.PI / 4 * 100);

    /// <summary>Measures what has the filter in its name and writes the page.</summary>
    public static string Page(string? filter, Machine machine, TextWriter progress)
    {
        var example = new ExampleCell();
        BenchCase[] cases = [.. Cases(example).Where(each => filter is null || each.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (cases.Length == 0) throw new BenchException($"nothing has '{filter}' in its name; there is {string.Join(", ", Cases(example).Select(each => $"'{each.Name}'"))}");
        StringBuilder page = PageText.Begin("Whole runs", machine);
        page.Append(CultureInfo.InvariantCulture, $"Example cell `examples/nmc811-lpscl-li`, {example.Result.Run.Samples[^1].TimeSeconds / 60:0.0} min of pressing, {example.Result.Run.Samples.Length} samples. Spread: distance of the quartiles over the median.\n");
        page.Append("CPU is summed over threads; above the wall time it is other threads, below it waiting, for a disk or for a turn on a loaded machine.\n\n");
        PageText.Row(page, "run", "n", "min", "median", "spread", "CPU", "allocated", "check value", "error");
        PageText.Row(page, "---", "--:", "--:", "--:", "--:", "--:", "--:", "---", "---");
        foreach (BenchCase each in cases)
        {
            progress.WriteLine(each.Name);
            Write(page, each.Measure());
        }

        return page.ToString();
    }

    /// <summary>Writes one measured run as a row.</summary>
    public static void Write(StringBuilder page, Timing timing) => PageText.Row(
        page,
        timing.Name,
        timing.Samples.Count.ToString(CultureInfo.InvariantCulture),
        PageText.Time(timing.MinimumSeconds),
        PageText.Time(timing.MedianSeconds),
        PageText.Number(100 * timing.Spread, "0") + " %",
        double.IsNaN(timing.CpuSeconds) ? "-" : PageText.Time(timing.CpuSeconds),
        double.IsNaN(timing.AllocatedBytes) ? "-" : PageText.Size(timing.AllocatedBytes),
        timing.Answer.Check,
        timing.Answer.Error);

    private static IEnumerable<BenchCase> Cases(ExampleCell example)
    {
        yield return new CallCase<Plan>("plan, rate", () => Planner.Plan(example.Cell, Goal.Rate), OfPlan);
        yield return new CallCase<Plan>("plan, reliability", () => Planner.Plan(example.Cell, Goal.Reliability), OfPlan);
        yield return new CallCase<CellState>("one cell state", () => CellState.After(example.Parameters, example.History), state => new Answer(ExampleCell.Resistance(state.TotalOhmSquareMetres)));
        yield return new CallCase<CellEnsemble>("draw 400 cells", () => CellEnsemble.Of(example.Cell, 1), ensemble => example.OfStates(ensemble.StatesAfter(example.Pressures)));
        CellEnsemble drawn = CellEnsemble.Of(example.Cell, 1);
        yield return new CallCase<CellState[]>("states of 400 cells", () => drawn.StatesAfter(example.Pressures), example.OfStates);
        yield return new CallCase<double>("pressing, press alone", () => PressReplay.LargestDepartureAsync(example.Bench, example.Result.Run).GetAwaiter().GetResult(), departure => new Answer(
            $"{example.Result.Run.Samples.Length} samples",
            $"{PageText.Number(departure, "0.###")} N at most from the recorded run"));
        yield return new CallCase<ProtocolRunResult>("pressing, engine and store", example.Press, result => OfRun(result.Digest, result.Overall, example));
        yield return new CallCase<string>("report of the run, HTML", () => ReportAssembly.Html(example.Report), html => new Answer($"{ExampleCell.Short(html)}, {PageText.Size(Encoding.UTF8.GetByteCount(html))}"));
        yield return new CallCase<Cells.Cell>("read the cell file", () => CellFile.Read(Checkout.ExampleCell, BuiltInMaterials.Library), cell => new Answer(
            $"{cell.Layers.Length} layers, {PageText.Number(cell.Layers.Sum(layer => layer.Mass.Value.Kilograms) * 1e6, "0.00")} mg"));
        yield return new CallCase<Numerics.Propagation.MonteCarloResult>("10⁶ trials of a pressure budget", SamplePressureBudget.Draw, SamplePressureBudget.AnswerOf);
        yield return new CallCase<Reproducibility.CellSetAnswer>("check of 10 000 cells × 20 columns", LargeCellSet.Check, LargeCellSet.AnswerOf);
        yield return new ColdCase("`isobar convert`, new process", ["convert", "3t", "--die", "10mm"], OfConversion);
        yield return new ColdCase(
            "`isobar run`, new process",
            ["run", Checkout.ExampleCell, "--goal", "rate", "--seed", ExampleCell.Seed.ToString(CultureInfo.InvariantCulture), "--out", "{folder}", "--lab", "{folder}"],
            json => OfRun(json.GetProperty("run").GetProperty("digest").GetString()!, Enum.Parse<StepJudgement>(json.GetProperty("run").GetProperty("judgement").GetString()!, ignoreCase: true), example));
    }

    private static Answer OfPlan(Plan plan) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(" / ", new[] { "separator_press", "cathode_press", "attach", "stack" }.Select(key => PageText.Number(plan.Chosen.Pressures[key].Megapascals, "0.#")))} MPa, {ExampleCell.Resistance(plan.Chosen.Resistance.Value.OhmSquareMetres)}, {ExampleCell.Short(PlanFacts.ToJson(plan))}"));

    private static Answer OfRun(string digest, StepJudgement judgement, ExampleCell example) => new(
        $"{judgement.ToString().ToLowerInvariant()}, {digest[..12]}",
        string.Equals(digest, example.Result.Digest, StringComparison.Ordinal) ? "same run to the last bit" : "another run than in this process");

    private static Answer OfConversion(JsonElement json)
    {
        double megapascals = json.GetProperty("nominalMPa").GetProperty("value").GetDouble();
        return new Answer($"{PageText.Number(megapascals, "0.000")} MPa", $"{PageText.Number(Math.Abs((megapascals / ThreeTonsMegapascals) - 1), "0.0e+0")} relative to the closed form");
    }
}
