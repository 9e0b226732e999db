using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Xunit;

namespace Isobar.Tests.Planning;

/// <summary>What a plan is worth in capacity.</summary>
public sealed class RateForecasterTests
{
    private static readonly ParameterSet s_chemistry = BuiltInParameterSets.Find("nmc811-lpscl-li")!;
    private static readonly Lazy<RateOutlook> s_lithium = new(() => RateForecaster.Outlook(ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate), s_chemistry));

    [Fact]
    public void A_plan_tells_the_capacity_at_a_tenth_and_at_one_C_with_its_band_and_against_habit()
    {
        RateOutlook outlook = s_lithium.Value;
        Assert.Null(outlook.Missing);
        Assert.Equal([0.1, 1.0], outlook.Rates.Select(rate => rate.CRate));
        foreach (RateComparison rate in outlook.Rates)
        {
            Assert.True(rate.Chosen.Low90 < rate.Chosen.Value && rate.Chosen.Value < rate.Chosen.High90, $"{rate.CRate}C: {rate.Chosen}");
            Assert.True(rate.Habit.Low90 < rate.Habit.High90, $"{rate.CRate}C: {rate.Habit}");
            Assert.InRange(rate.Gain.Value, rate.Gain.Low90, rate.Gain.High90);
            // The gain is that of the best cell, not the ratio of two bands.
            Assert.Equal((rate.Chosen.Value / rate.Habit.Value) - 1, rate.Gain.Value, 1e-12);
        }

        Assert.True(outlook.Rates[1].Chosen.Value < outlook.Rates[0].Chosen.Value, "a faster discharge delivers no more");
        Assert.True(outlook.HabitShortRisk.Value > 0.5, $"74 MPa on lithium for 200 h: {outlook.HabitShortRisk}");
    }

    /// <summary>Within 0.1 % of what isobar predict says of the best cell with the default setting, which takes 20 or more cells and a step control of 0.1 mV.</summary>
    [Fact]
    public void The_coarse_setting_gives_the_capacity_of_the_default_one()
    {
        Plan plan = ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate);
        var pressures = plan.Chosen.Pressures;
        var four = new CellPressures(pressures["separator_press"].Pascals, pressures["cathode_press"].Pascals, pressures["attach"].Pascals, pressures["stack"].Pascals);
        CellForecast fine = CellForecaster.Forecast(plan.Cell, four, s_chemistry, new ForecastQuestion([0.1, 1], []) { Draws = 20 });
        for (int i = 0; i < 2; i++) Assert.Equal(fine.Rates[i].CoulombsPerSquareMetre.Value, s_lithium.Value.Rates[i].Chosen.Value, 1e-3 * fine.Rates[i].CoulombsPerSquareMetre.Value);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_another_band()
    {
        Plan plan = ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate);
        Assert.Equal(s_lithium.Value.Rates, RateForecaster.Outlook(plan, s_chemistry).Rates);
        Assert.NotEqual(s_lithium.Value.Rates[1].Chosen.Low90, RateForecaster.Outlook(plan, s_chemistry, seed: 2).Rates[1].Chosen.Low90);
    }

    [Fact]
    public void Without_an_open_circuit_curve_it_says_which_constants_are_missing()
    {
        RateOutlook outlook = RateForecaster.Outlook(ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate), null);
        Assert.Empty(outlook.Rates);
        Assert.Contains("open-circuit curve U(x)", outlook.Missing, StringComparison.Ordinal);
        Assert.Contains("D_s", outlook.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_potential_of_the_anode_it_names_that_constant()
    {
        Plan plan = ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate);
        var metal = plan.Cell.Anode.Composition[0].Material;
        var silent = metal with { Constants = metal.Constants.Remove("electrode_potential") };
        var foil = plan.Cell.Anode with { Composition = [plan.Cell.Anode.Composition[0] with { Material = silent }] };
        Plan other = plan with { Cell = plan.Cell with { Layers = plan.Cell.Layers.Replace(plan.Cell.Anode, foil) } };
        Assert.Contains("'electrode_potential'", RateForecaster.Outlook(other, s_chemistry).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void The_facts_carry_stable_names_and_units()
    {
        Plan plan = ExampleCells.Plan(ExampleCells.Lithium, Goal.Rate) with { Rates = s_lithium.Value };
        string json = PlanFacts.ToJson(plan);
        foreach (string name in (string[])["\"rates\":{\"discharges\":[{\"rate\":0.1,\"chosen\":{\"value\":", "\"unit\":\"mAh/cm²\"", "\"habit\":{", "\"gain\":{", "\"habitMegapascals\":{\"attach\":74,\"cathode_press\":375,", "\"habitShortRiskPercent\":"])
            Assert.Contains(name, json, StringComparison.Ordinal);
        Assert.Contains("\"missing\":\"no capacity at a rate", PlanFacts.ToJson(plan with { Rates = RateForecaster.Outlook(plan, null) }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cathode_is_told_by_the_active_material_it_has_most_of() =>
        Assert.Contains(BuiltInParameterSets.MainActiveMaterial(ExampleCells.Read(ExampleCells.Lithium))!.Id, BuiltInParameterSets.ForCell(ExampleCells.Read(ExampleCells.Lithium))!.Materials, StringComparer.Ordinal);
}
