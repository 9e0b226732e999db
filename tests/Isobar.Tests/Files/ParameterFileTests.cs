using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Materials;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>Files with the numbers of a cell model, and the sets that are built in.</summary>
public sealed class ParameterFileTests
{
    // The symbols of the reference tables' headers and nothing else.
    private const string Reference = """
        L_cat: 6e-05
        L_sep: 0.0001
        eps_AM: 0.5
        eps_SE: 0.4
        R_p: 2.5e-06
        c_max: 49000.0
        x0: 0.3
        kappa_SE: 0.25
        kappa_cat_eff: 0.04
        sigma_cat_eff: 1.0
        D_s: 4e-15
        j0c: 0.5
        j0a: 10.0
        R_c: 0.0005
        T: 298.15
        Cdl: 0.1
        area: 7.85398163397e-05
        Vmin: 3.55
        Vmax: 4.3
        theta_c: 1.0
        theta_a: 1.0
        """;

    public static TheoryData<string> Ids => [.. BuiltInParameterSets.Ids];

    [Fact]
    public void The_symbols_of_the_reference_tables_are_enough_and_give_the_reference_set()
    {
        ParameterSet read = ParameterFile.Parse(Reference, "file.yaml"), built = BuiltInParameterSets.Reference;
        foreach (HalfCellSymbol symbol in HalfCellSymbols.All) Assert.True(symbol.Get(read.Best).Equals(symbol.Get(built.Best)), $"{symbol.Symbol}: {symbol.Get(read.Best)} and {symbol.Get(built.Best)}");
        Assert.Equal(4.205394408, read.Best.OpenCircuit.At(0.3), 6e-10);
        Assert.Equal(3.568200282, read.Best.OpenCircuit.At(0.9), 6e-10);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_built_in_set_says_where_its_numbers_come_from(string id)
    {
        ParameterSet set = BuiltInParameterSets.Find(id)!;
        foreach (Constant constant in set.Constants.Where(constant => constant.Estimate.StandardUncertainty > 0))
        {
            Assert.False(constant.Source.StartsWith("given", StringComparison.Ordinal), $"{id}: {constant.Definition.Key} has ± but no source");
            Assert.True(constant.Source.StartsWith("judgement", StringComparison.Ordinal) || constant.Doi is not null || constant.Source.Contains("crystal density", StringComparison.Ordinal), $"{id}: {constant.Definition.Key} has neither a DOI nor a judgement");
        }

        Assert.NotNull(set.OpenCircuit.Doi);
        // A discharge to the lower voltage needs a curve that gets there; the reference set ends before its curve does.
        double end = set.Best.LowerVolts + set.Best.AnodeVolts;
        if (id != BuiltInParameterSets.ReferenceId) Assert.True(set.Best.OpenCircuit.At(set.Best.OpenCircuit.Highest) < end, $"{id}: the curve ends at {set.Best.OpenCircuit.At(set.Best.OpenCircuit.Highest)} V");
    }

    /// <summary>
    /// Published points of NMC811 that the set does not hold, between the same voltages (4.294 and 3.567 V): C.-H. Chen et al. (2020), 10.1149/1945-7111/ab9050.
    /// The stated uncertainty is 8 mV; twice that holds all of them.
    /// </summary>
    [Theory]
    [InlineData(0.320395, 4.18323)]
    [InlineData(0.401991, 4.10048)]
    [InlineData(0.500278, 3.97076)]
    [InlineData(0.601009, 3.82316)]
    [InlineData(0.699018, 3.73016)]
    [InlineData(0.802472, 3.64705)]
    [InlineData(0.851477, 3.60499)]
    public void The_NMC811_curve_agrees_with_another_laboratory_within_its_uncertainty(double theirs, double volts)
    {
        ParameterSet set = BuiltInParameterSets.Find("nmc811-lpscl-li")!;
        StoichiometryCurve curve = set.Best.OpenCircuit;
        double low = ParameterSet.StoichiometryAt(curve, 4.2935653), high = ParameterSet.StoichiometryAt(curve, 3.5672133);
        double x = low + ((theirs - 0.266145) / (0.905926 - 0.266145) * (high - low));
        Assert.Equal(volts, curve.At(x), 2 * set.OpenCircuit.Estimate.StandardUncertainty);
    }

    [Fact]
    public void The_NMC811_curve_falls_everywhere_and_steeply_at_its_end()
    {
        StoichiometryCurve curve = BuiltInParameterSets.Find("nmc811-lpscl-li")!.Best.OpenCircuit;
        for (double x = curve.Lowest; x <= curve.Highest; x += 1e-4) Assert.True(curve.SlopeAt(x) < 0, $"U rises at x = {x}");

        Assert.InRange(curve.At(1), 2.3, 2.5);
        Assert.InRange(ParameterSet.StoichiometryAt(curve, 4.3), 0.2146, 0.2166);
    }

    [Fact]
    public void Like_takes_the_rest_from_a_built_in_set()
    {
        ParameterSet set = ParameterFile.Parse("like: reference\ntheta_c: 0.25", "file.yaml");
        Assert.Equal(0.25, set.Best.CathodeContactFraction, 1e-15);
        Assert.Equal(6e-5, set.Best.CathodeThicknessMetres, 1e-20);
    }

    [Fact]
    public void A_value_may_have_an_uncertainty_and_a_source()
    {
        ParameterSet set = ParameterFile.Parse("like: reference\nD_s: {value: 4e-15 ± 50 %, source: mine}\nj0c: 0.5 ± 0.1", "file.yaml");
        Assert.Equal(2e-15, set.Find("D_s")!.Estimate.StandardUncertainty, 1e-24);
        Assert.Equal("mine", set.Find("D_s")!.Source);
        Assert.Equal(0.1, set.Find("j0c")!.Estimate.StandardUncertainty, 1e-15);
    }

    [Fact]
    public void Classes_factors_and_spreading_are_read()
    {
        ParameterSet set = ParameterFile.Parse("like: reference\nclasses: [{R_p: 1e-6, share: 0.4}, {R_p: 2e-6, share: 0.6, theta_c: 0.5, f_iso: 0.1}]\nD_factor: {table: [[0, 1], [1, 0.1]]}\nspreading: yes", "file.yaml");
        Assert.Equal(new ParticleClass(2e-6, 0.6, 0.5, 0.1), set.Best.Classes[1]);
        Assert.Equal(0.55, set.Best.DiffusionFactor!.At(0.5), 1e-12);
        Assert.True(set.Best.SpreadingInParticles);
    }

    /// <summary>Chosen values land in the half cell; a curve that lies 10 mV higher lifts the voltage by 10 mV.</summary>
    [Fact]
    public void Chosen_values_make_a_half_cell()
    {
        ParameterSet set = BuiltInParameterSets.Find("nmc811-lpscl-li")!;
        HalfCellParameters cell = set.Resolve(constant => constant.Definition.Key switch { "D_s" => 1e-15, "ocp" => 0.010, _ => constant.Estimate.Value });
        Assert.Equal(1e-15, cell.DiffusionSquareMetresPerSecond, 1e-25);
        Assert.Equal(-0.010, cell.AnodeVolts, 1e-12);
        Assert.Equal(set.Best.CathodeThicknessMetres, cell.CathodeThicknessMetres, 1e-15);
    }

    [Theory]
    [InlineData("ocp: \"4 - x\"", 0, 3.5)]
    [InlineData("ocp: {formula: 4 - x, range: 0.1 to 0.9, source: mine}", 0.1, 3.5)]
    [InlineData("ocp: {table: [[0.2, 4.2], [0.5, 3.9], [0.95, 3.5]]}", 0.2, 3.9)]
    [InlineData("ocp: \"3.8 + 0.0257*ln((1 - x)/x)\"", 1e-6, 3.8)]
    public void The_open_circuit_voltage_is_a_formula_or_points(string line, double low, double atHalf)
    {
        StoichiometryCurve curve = ParameterFile.Parse("like: reference\n" + line, "file.yaml").Best.OpenCircuit;
        Assert.Equal(low, curve.Lowest, 1e-12);
        Assert.Equal(atHalf, curve.At(0.5), 1e-12);
    }

    [Theory]
    [InlineData("like: reference\n¤thetac: 0.5", "did you mean 'theta_c'?")]
    [InlineData("like: ¤refrence", "did you mean 'reference'?")]
    [InlineData("¤theta_c: 0.5", "'L_cat' is missing", "like: reference")]
    [InlineData("like: reference\nD_s: ¤4e-15 m2/s", "plain number")]
    [InlineData("like: reference\nD_s: ¤4,5e-15", "decimal sign is a point")]
    [InlineData("like: reference\ntheta_c: ¤1.5", "1E-09 to 1")]
    [InlineData("like: reference\nL_cat: ¤60", "SI units")]
    [InlineData("like: reference\nD_factor: ¤\"x - 0.5\"", "above zero")]
    [InlineData("like: reference\nclasses: ¤[{R_p: 1e-6, share: 0.4}, {R_p: 2e-6, share: 0.5}]", "make 1")]
    [InlineData("like: reference\nclasses: [{R_p: 1e-6, ¤shar: 0.4}]", "share")]
    [InlineData("like: reference\nspreading: ¤perhaps", "yes, no")]
    [InlineData("like: reference\nj0c: ¤0.5 ± 0.1 ± 0.2", "one ±")]
    [InlineData("like: reference\nx0: ¤0.99", "outside the open-circuit curve")]
    [InlineData("like: reference\neps_AM: ¤0.7", "1.1")]
    [InlineData("like: reference\nVmin: ¤4.5", "Vmin below Vmax")]
    [InlineData("isobar: ¤cell/1", "parameters/1")]
    [InlineData("like: reference\nocp: ¤\"4 - y\"", "'y'")]
    [InlineData("like: reference\nocp: ¤\"1/(x - 0.5)\"", "no value at x = 0.5")]
    [InlineData("like: reference\nocp: ¤{source: mine}", "neither")]
    [InlineData("like: reference\nocp: {table: [[0.2, 4.2], [¤0.1, 3.9]]}", "ascend")]
    [InlineData("like: reference\nocp: {table: [[0.2, 4.2], ¤[0.3]]}", "[x, value]")]
    [InlineData("like: reference\nocp: {table: [[0.2, 4.2], [0.9, 3.5]], range: ¤0.1 to 0.9}", "beyond the table")]
    [InlineData("like: reference\nocp: {formula: 4 - x, range: ¤0.9 to 0.1}", "low to high")]
    public void What_is_wrong_is_said_at_its_place(string text, params string[] fragments) =>
        MarkedText.Expect(text, t => ParameterFile.Parse(t, "file.yaml"), fragments);
}
