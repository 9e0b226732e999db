using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Planning;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Planning;

/// <summary>
/// What a planned 90 % band means: of cells that behave by the models with constants drawn from their uncertainties, nine in ten come out inside.
/// It shows that the bands are computed right, not that the models are.
/// </summary>
public sealed class CoverageTests
{
    private const int Count = 200;

    public static TheoryData<string, string> Properties
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string example in (string[])[ExampleCells.Lithium, ExampleCells.Indium])
            {
                foreach (string key in (string[])
                [
                    PropertyKeys.PressedSeparatorDensity, PropertyKeys.SeparatorDensity, PropertyKeys.SeparatorConductivity, PropertyKeys.CathodeDensity,
                    PropertyKeys.Coverage, PropertyKeys.CrackedLower, PropertyKeys.StackThickness, PropertyKeys.SeparatorResistance, PropertyKeys.CathodeResistance,
                    PropertyKeys.AnodeResistance, PropertyKeys.CollectorResistance, PropertyKeys.TotalResistance,
                ])
                {
                    data.Add(example, key);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_planned_band_holds_nine_simulated_truths_in_ten(string example, string key)
    {
        Prediction planned = ExampleCells.Plan(example, Goal.Rate).Predictions.Single(prediction => prediction.Key == key);
        Interval band = planned.Estimate.Band90;
        int inside = Truths(example).Count(truth => band.Contains(Property(truth, key)));
        // Of 200 cells a true 90 % band holds 180 ± 4.2 (binomial); 85-95 % is 2.4 standard deviations, which also leaves room for a band that is the
        // symmetric summary of 400 draws. The seeds are fixed: the test is either right or wrong, not now and then.
        Assert.True(inside is >= 170 and <= 190, $"{key}: {inside} of {Count} in the band from {band.Low:G4} to {band.High:G4}");
    }

    private static readonly Dictionary<string, Lazy<Truth[]>> s_truths = new(StringComparer.Ordinal)
    {
        [ExampleCells.Lithium] = new(() => Simulate(ExampleCells.Lithium)),
        [ExampleCells.Indium] = new(() => Simulate(ExampleCells.Indium)),
    };

    private static Truth[] Truths(string example) => s_truths[example].Value;

    private static Truth[] Simulate(string example)
    {
        Plan plan = ExampleCells.Plan(example, Goal.Rate);
        double Chosen(string key) => plan.Chosen.Pressures[key].Pascals;
        var pressures = new CellPressures(Chosen("separator_press"), Chosen("cathode_press"), Chosen("attach"), Chosen("stack"));
        CellHistory finished = CellHistory.Of(plan.Cell, pressures);
        // Seeds far from the plan's own, so that no truth is one of its draws.
        return [.. Enumerable.Range(0, Count).Select(i =>
        {
            var cell = new SimulatedCell(plan.Cell, 1_000_000 + (ulong)i);
            return new Truth(plan.Cell, cell, cell.After(finished), pressures.SeparatorPressPa);
        })];
    }

    private static double Property(Truth truth, string key)
    {
        CellState state = truth.State;
        return key switch
        {
            PropertyKeys.PressedSeparatorDensity => PressedDensity(truth),
            PropertyKeys.SeparatorDensity => Separators(truth).Sum(i => state.Layers[i].ThicknessMetres * state.Layers[i].RelativeDensity) / Separators(truth).Sum(i => state.Layers[i].ThicknessMetres),
            PropertyKeys.SeparatorConductivity => Separators(truth).Sum(i => state.Layers[i].ThicknessMetres) / state.SeparatorOhmSquareMetres,
            PropertyKeys.CathodeDensity => state.Layers[truth.Cell.Layers.IndexOf(truth.Cell.Cathode)].RelativeDensity,
            PropertyKeys.Coverage => state.Coverage,
            PropertyKeys.CrackedLower => state.CrackedLower,
            PropertyKeys.StackThickness => state.Layers.Sum(layer => layer.ThicknessMetres),
            PropertyKeys.SeparatorResistance => state.SeparatorOhmSquareMetres,
            PropertyKeys.CathodeResistance => state.CathodeOhmSquareMetres,
            PropertyKeys.AnodeResistance => state.AnodeOhmSquareMetres,
            PropertyKeys.CollectorResistance => state.CollectorOhmSquareMetres,
            PropertyKeys.TotalResistance => state.TotalOhmSquareMetres,
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "not a property of a simulated cell"),
        };
    }

    private static double PressedDensity(Truth truth) =>
        Separators(truth).Sum(truth.Simulated.SolidThicknessMetres)
        / Separators(truth).Sum(i => truth.Simulated.SolidThicknessMetres(i) / (1 - truth.Simulated.CompactionAgainstIndicated(i).LoadedPorosity(truth.SeparatorPressPa)));

    private static IEnumerable<int> Separators(Truth truth) =>
        Enumerable.Range(0, truth.Cell.Layers.Length).Where(i => truth.Cell.Layers[i].Role == LayerRole.Separator);

    private sealed record Truth(Cell Cell, SimulatedCell Simulated, CellState State, double SeparatorPressPa);
}
