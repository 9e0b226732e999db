using System.Globalization;
using System.Text.Json;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Tests.Reproducibility;

/// <summary>What the library finds for each number of the reference results, under the same path, for example "york.b" or "arl.shewhart3[1]".</summary>
internal sealed class ReferenceResults
{
    private readonly Dictionary<string, (double Value, double Relative, double Absolute)> _found = new(StringComparer.Ordinal);
    private readonly JsonElement _expected = SharedData.Expected();

    public ReferenceResults()
    {
        Gauge();
        Interlaboratory("interlab_glucose");
        Interlaboratory("interlab_coal");
        Criticals();
        Gum();
        Charts();
        Capabilities();
        Outliers();
        Components("re_dyestuff", "dyestuff.csv");
        Components("re_dyestuff2", "dyestuff2.csv");
        Covariance();
        Sizes();
        Lines();
        Pressures();
    }

    public IReadOnlyDictionary<string, (double Value, double Relative, double Absolute)> Found => _found;

    /// <summary>All numbers of the reference file with their paths.</summary>
    public IEnumerable<(string Path, double Value)> Numbers() => Leaves("", _expected);

    // Numbers are printed to ten digits: 1e-9 of the value, and half a unit in the tenth decimal near zero.
    private void Add(string path, double value, double relative = 1e-9, double absolute = 6e-11) => _found.Add(path, (value, relative, absolute));

    // Printed to four decimals.
    private void Rounded(string path, double value) => Add(path, value, 0, 5.1e-5);

    private double[] Data(string section) => [.. _expected.GetProperty(section).GetProperty("data").EnumerateArray().Select(each => each.GetDouble())];

    // What a section is given with is read from it, and stands in the list as read.
    private double Given(string section, string name)
    {
        double value = _expected.GetProperty(section).GetProperty(name).GetDouble();
        Add($"{section}.{name}", value);
        return value;
    }

    private void GivenData(string section, double[] data)
    {
        for (int i = 0; i < data.Length; i++) Add($"{section}.data[{i}]", data[i]);
    }

    private void Gauge()
    {
        Dictionary<string, string[]> table = SharedData.Table("grr_crossed.csv");
        GaugeStudy study = GaugeStudy.Crossed(MeasurementSeries.Of(table["value"].Numbers()), Grouping.Of("part", table["part"]), Grouping.Of("appraiser", table["appraiser"]));
        string[] names = ["ssPart", "ssAppraiser", "ssInteraction", "ssRepeatability"];
        for (int i = 0; i < 4; i++) Add("grr_crossed.anova." + names[i], study.Lines[i].SumOfSquares);
        Add("grr_crossed.anova.F_interaction", study.InteractionF);
        Add("grr_crossed.anova.p_interaction", study.InteractionProbability);
        Add("grr_crossed.anova.F_part_vs_int", study.Lines[0].MeanSquare / study.Lines[2].MeanSquare);
        Add("grr_crossed.anova.F_appraiser_vs_int", study.Lines[1].MeanSquare / study.Lines[2].MeanSquare);
        (string Name, GaugeMethod Method)[] methods = [("withInteraction", GaugeMethod.AnovaWithInteraction), ("pooled", GaugeMethod.AnovaPooled), ("averageRange", GaugeMethod.AverageAndRange)];
        foreach ((string name, GaugeMethod method) in methods)
        {
            GaugeEstimate estimate = study.Estimates.Single(each => each.Method == method);
            string at = $"grr_crossed.{name}.";
            Add(at + "EV", estimate.Repeatability);
            Add(at + "AV", estimate.Appraiser);
            Add(at + "GRR", estimate.Gauge);
            Add(at + "PV", estimate.Part);
            Add(at + "TV", estimate.Total);
            Add(at + "pctTV_GRR", estimate.PercentOfTotal);
            Add(at + "ndc_raw", estimate.RawCategories);
            if (method == GaugeMethod.AverageAndRange)
            {
                Add(at + "Rbarbar", estimate.Repeatability / 0.5908);
                Add(at + "Rp", estimate.Part / 0.3146);
                Add(at + "XbarDiff", Math.Sqrt((estimate.Appraiser * estimate.Appraiser) + (estimate.Repeatability * estimate.Repeatability / 30)) / 0.5231);
            }
            else
            {
                Add(at + "INT", estimate.Interaction);
                Add(at + "pctContribution_GRR", estimate.PercentContribution);
                Add(at + "ndc", estimate.Categories);
            }
        }
    }

    private void Interlaboratory(string section)
    {
        Dictionary<string, string[]> table = SharedData.Table(section + ".csv");
        foreach (string level in table["level"].Distinct(StringComparer.Ordinal))
        {
            int[] rows = [.. Enumerable.Range(0, table["level"].Length).Where(i => table["level"][i] == level)];
            InterlaboratoryStudy study = InterlaboratoryStudy.Of(MeasurementSeries.Of(rows.Select(i => table["value"].Numbers()[i]).ToArray()), Grouping.Of("lab", [.. rows.Select(i => table["lab"][i])]));
            string at = $"{section}.{level}.";
            Add(at + "p", study.Laboratories.Length);
            Add(at + "N", study.Count);
            Add(at + "mean", study.Mean);
            Add(at + "sr", study.RepeatabilityDeviation);
            Add(at + "sL", study.LaboratoryDeviation);
            Add(at + "sR", study.ReproducibilityDeviation);
            Add(at + "r", study.RepeatabilityLimit);
            Add(at + "R", study.ReproducibilityLimit);
            Add(at + "cochranC", study.Cochran.Statistic);
            Add(at + "grubbsHigh", study.GrubbsHigh.Statistic);
            Add(at + "grubbsLow", study.GrubbsLow.Statistic);
            foreach (Laboratory laboratory in study.Laboratories)
            {
                Rounded($"{at}h.{laboratory.Name}", laboratory.H);
                Rounded($"{at}k.{laboratory.Name}", laboratory.K);
            }
        }
    }

    private void Criticals()
    {
        Add("critical.mandel_h_p8", InterlaboratoryStudy.MandelH(8));
        Add("critical.mandel_k_p8_n3", InterlaboratoryStudy.MandelK(8, 3));
        Add("critical.cochran_p8_n3_5pct", InterlaboratoryStudy.CochranLimit(8, 3, 0.05));
        Add("critical.cochran_p8_n3_1pct", InterlaboratoryStudy.CochranLimit(8, 3, 0.01));
        Add("critical.grubbs_p8_two_sided_5pct", GrubbsTest.CriticalValue(8, 0.05));
        Add("critical.grubbs_p8_two_sided_1pct", GrubbsTest.CriticalValue(8, 0.01));
        Add("critical.grubbs_n8_one_sided_5pct", GrubbsTest.CriticalValue(8, 0.05, OutlierSide.High));
    }

    private void Gum()
    {
        double difference = Math.Sqrt((5.8 * 5.8) + (3.9 * 3.9) + (6.7 * 6.7));
        double differenceFreedom = Math.Pow(difference, 4) / ((Math.Pow(5.8, 4) / 24) + (Math.Pow(3.9, 4) / 5) + (Math.Pow(6.7, 4) / 8));
        var model = new MeasurementModel(
            "length",
            "nm",
            [
                new UncertainInput("standard", "l", 50_000_623, 25, InputShape.StudentT, 18),
                new UncertainInput("difference", "d", 215, difference, InputShape.StudentT, differenceFreedom),
                new UncertainInput("expansion", "a", 11.5e-6, 1.2e-6),
                new UncertainInput("temperature", "t", -0.1, 0.41),
                new UncertainInput("difference of expansion", "da", 0, 0.58e-6, InputShape.StudentT, 50),
                new UncertainInput("difference of temperature", "dt", 0, 0.029, InputShape.StudentT, 2),
            ],
            static x => x[0] + x[1] - (x[0] * ((x[4] * x[3]) + (x[2] * x[5]))));
        UncertaintyBudget budget = UncertaintyBudget.Of(model);
        Add("gum_h1.l_nm", budget.Result.Value);
        Add("gum_h1.contributions_nm.ls_cal", budget.Lines[0].Contribution);
        Add("gum_h1.contributions_nm.d", budget.Lines[1].Contribution, 1e-7);
        Add("gum_h1.contributions_nm.alpha_delta", budget.Lines[4].Contribution, 1e-7);
        Add("gum_h1.contributions_nm.dtheta", budget.Lines[5].Contribution, 1e-7);
        Add("gum_h1.uc_first_order_nm", budget.Result.StandardUncertainty, 1e-7);
        // The reference takes the expansion difference with the temperature's own uncertainty of √(0.2² + 0.35²) K and the expansion with 1.2e-6/K.
        MeasurementModel second = new(
            "length", "nm", model.Inputs.SetItem(3, model.Inputs[3] with { StandardUncertainty = Math.Sqrt((0.2 * 0.2) + (0.35 * 0.35)) }), model.Function);
        Add("gum_h1.uc_with_second_order_nm", SecondOrder.StandardUncertainty(second), 1e-6);
        Add("gum_h1.nu_eff", budget.Result.DegreesOfFreedom, 1e-6);
        double freedom = Math.Floor(budget.Result.DegreesOfFreedom), k = Estimate.CoverageFactor(0.99, freedom);
        Add("gum_h1.nu_eff_truncated", freedom);
        Add("gum_h1.k99", k);
        Add("gum_h1.U99_nm", k * budget.Result.StandardUncertainty, 1e-7);

        Dictionary<string, string[]> table = SharedData.Table("gum_h2_impedance.csv");
        double[][] readings = [table["V"].Numbers(), [.. table["I_mA"].Numbers().Select(x => x / 1000)], table["phi"].Numbers()];
        double[] means = [.. readings.Select(each => each.Average())];
        double Covariance(int i, int j) => readings[i].Zip(readings[j], (a, b) => (a - means[i]) * (b - means[j])).Sum() / 20;
        string[] symbols = ["V", "I", "phi"];
        var correlation = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) correlation[i, j] = i == j ? 1 : Covariance(i, j) / Math.Sqrt(Covariance(i, i) * Covariance(j, j));
        }

        UncertainInput[] inputs = [.. Enumerable.Range(0, 3).Select(i => new UncertainInput(symbols[i], symbols[i], means[i], Math.Sqrt(Covariance(i, i))))];
        MeasurementModel Of(string name, ModelFunction function) => new(name, "Ω", [.. inputs], function, correlation);
        MeasurementModel r = Of("R", static x => x[0] / x[1] * Math.Cos(x[2])), reactance = Of("X", static x => x[0] / x[1] * Math.Sin(x[2])), z = Of("Z", static x => x[0] / x[1]);
        foreach (MeasurementModel one in (MeasurementModel[])[r, reactance, z])
        {
            Estimate result = UncertaintyBudget.Of(one).Result;
            Add("gum_h2." + one.Name, result.Value);
            Add("gum_h2.u" + one.Name, result.StandardUncertainty, 1e-8);
        }

        Add("gum_h2.rRX", UncertaintyBudget.CorrelationOf(r, reactance), 1e-7);
        Add("gum_h2.rRZ", UncertaintyBudget.CorrelationOf(r, z), 1e-7);
        Add("gum_h2.rXZ", UncertaintyBudget.CorrelationOf(reactance, z), 1e-7);
        GaugeBlock();
    }

    // JCGM 101, 9.5: rectangles whose limits are known only to a rectangle themselves, and a temperature that swings as a sine.
    private void GaugeBlock()
    {
        static UncertainInput Uniform(string name) => UncertainInput.Between(name, name, 0, 1);
        static double Curvilinear(double half, double limit, double r1, double r2)
        {
            double low = -half - limit + (2 * limit * r1);
            return low + (-2 * low * r2);
        }

        var model = new MeasurementModel(
            "length",
            "nm",
            [
                new UncertainInput("standard", "l", 50_000_623, 25, InputShape.StudentT, 18),
                new UncertainInput("readings", "d0", 215, 6, InputShape.StudentT, 24),
                new UncertainInput("random", "d1", 0, 4, InputShape.StudentT, 5),
                new UncertainInput("systematic", "d2", 0, 7, InputShape.StudentT, 8),
                UncertainInput.Between("expansion", "a", 9.5e-6, 13.5e-6),
                new UncertainInput("temperature", "t", -0.1, 0.2),
                Uniform("swing"), Uniform("r1"), Uniform("r2"), Uniform("r3"), Uniform("r4"),
            ],
            static x => x[0] + x[1] + x[2] + x[3] - (x[0] * ((Curvilinear(1e-6, 0.1e-6, x[7], x[8]) * (x[5] + (0.5 * Math.Sin(2 * Math.PI * x[6])))) + (x[4] * Curvilinear(0.05, 0.025, x[9], x[10])))) - 5e7);
        MonteCarloResult result = MonteCarloPropagation.Run(model, 1_000_000, 95, 0.99);
        // Four standard errors of both draws: u/√M = 0.036 nm for the mean, 0.025 nm for u; the ends of a shortest interval wander by 0.3 nm and more.
        Add("gum_s1_9_5.mean_nm", result.Mean, 0, 0.18);
        Add("gum_s1_9_5.u_nm", result.StandardUncertainty, 0, 0.15);
        Add("gum_s1_9_5.shortest99[0]", result.Shortest.Low, 0, 1.5);
        Add("gum_s1_9_5.shortest99[1]", result.Shortest.High, 0, 1.5);
        Add("gum_s1_9_5.probSym99[0]", result.Symmetric.Low, 0, 1.2);
        Add("gum_s1_9_5.probSym99[1]", result.Symmetric.High, 0, 1.2);
        Given("gum_s1_9_5", "trials");
    }

    private void Charts()
    {
        double[] ewma = Data("spc_ewma");
        GivenData("spc_ewma", ewma);
        double weight = Given("spc_ewma", "lambda"), target = Given("spc_ewma", "target"), s = Given("spc_ewma", "s"), limit = Given("spc_ewma", "k");
        ControlChart chart = ControlCharts.Ewma(ewma, target, s, weight, limit);
        Rounded("spc_ewma.ewma[0]", target);
        for (int i = 0; i < chart.Points.Length; i++) Rounded($"spc_ewma.ewma[{i + 1}]", chart.Points[i]);
        Interval asymptote = ControlCharts.EwmaAsymptote(target, s, weight, limit);
        Add("spc_ewma.UCL", asymptote.High);
        Add("spc_ewma.LCL", asymptote.Low);

        double[] individuals = Data("spc_imr");
        GivenData("spc_imr", individuals);
        (ControlChart values, ControlChart ranges) = ControlCharts.Individuals(individuals);
        Add("spc_imr.mean", values.Centre);
        Add("spc_imr.MRbar", ranges.Centre);
        Add("spc_imr.UCL", values.Limits[0].High);
        Add("spc_imr.LCL", values.Limits[0].Low);
        Add("spc_imr.UCL_MR", ranges.Limits[0].High);

        double[] cusum = Data("spc_cusum");
        GivenData("spc_cusum", cusum);
        (ControlChart high, ControlChart low) = ControlCharts.Cusum(cusum, Given("spc_cusum", "target"), Given("spc_cusum", "k"), Given("spc_cusum", "h"));
        for (int i = 0; i < cusum.Length; i++)
        {
            Rounded($"spc_cusum.Sh[{i}]", high.Points[i]);
            Rounded($"spc_cusum.Sl[{i}]", low.Points[i]);
        }

        Add("spc_cusum.firstSignal", high.Signals.Concat(low.Signals).Min(signal => signal.Index) + 1);
        foreach ((string name, Func<double, double> length) in ((string, Func<double, double>)[])
        [
            ("cusum_k0.5_h4", shift => RunLength.Cusum(0.5, 4, shift)), ("cusum_k0.5_h5", shift => RunLength.Cusum(0.5, 5, shift)),
            ("ewma_l0.2_L2.962", shift => RunLength.Ewma(0.2, 2.962, shift)), ("ewma_l0.1_L2.814", shift => RunLength.Ewma(0.1, 2.814, shift)),
            ("shewhart3", shift => RunLength.Shewhart(3, shift)),
        ])
        {
            for (int shift = 0; shift < 2; shift++) Add($"arl.{name}[{shift}]", length(shift));
        }
    }

    private void Capabilities()
    {
        Capability capability = Capability.Of(50, Given("capability", "mean"), Given("capability", "s"), new Interval(Given("capability", "lsl"), Given("capability", "usl")));
        Add("capability.Cp", capability.Cp);
        Add("capability.Cpk", capability.Cpk);
        Add("capability.CPL", capability.Lower);
        Add("capability.Cpk_CI95_n50[0]", capability.CpkInterval.Low);
        Add("capability.Cpk_CI95_n50[1]", capability.CpkInterval.High);
        Add("tolerance_k.howe_two_sided_n43_p90_c99", ToleranceFactor.Howe(43, 0.90, 0.99));
        Add("tolerance_k.one_sided_exact_n43_p90_c99", ToleranceFactor.OneSided(43, 0.90, 0.99));
    }

    private void Outliers()
    {
        double[] grubbs = Data("grubbs"), rosner = Data("esd_rosner");
        GivenData("grubbs", grubbs);
        GivenData("esd_rosner", rosner);
        GrubbsTest test = GrubbsTest.Of(grubbs, OutlierSide.High);
        Add("grubbs.G", test.Statistic);
        Add("grubbs.crit_one_sided_5pct", test.Critical);
        GeneralisedEsd esd = GeneralisedEsd.Of(rosner, 10);
        for (int i = 0; i < 10; i++)
        {
            Rounded($"esd_rosner.R[{i}]", esd.Steps[i].Statistic);
            Rounded($"esd_rosner.lambda[{i}]", esd.Steps[i].Critical);
        }

        Add("esd_rosner.outliers", esd.Found);
    }

    private void Components(string section, string file)
    {
        Dictionary<string, string[]> table = SharedData.Table(file);
        MeasurementSeries series = MeasurementSeries.Of(table["y"].Numbers());
        Grouping batches = Grouping.Of("batch", table["batch"]);
        OneWayAnova anova = OneWayAnova.Of(series, batches);
        VarianceComponents components = VarianceComponents.Of(series, [batches]);
        Add(section + ".msB", anova.MeanSquareBetween);
        Add(section + ".msW", anova.MeanSquareWithin);
        Add(section + ".F", anova.F);
        Add(section + ".anovaVarBatch", anova.RawVarianceBetween);
        // The reference is an iterative fit that stops at about eight digits.
        Add(section + ".reml.batch", components.Components[0].Variance, 1e-7);
        Add(section + ".reml.Residual", components.ResidualVariance, 1e-7);
        Add(section + ".remlCrit", components.RestrictedCriterion);
        Add(section + ".icc_anova", anova.RawIntraclassCorrelation);
        Interval interval = anova.RawIntraclassInterval();
        Add(section + ".icc_CI95[0]", interval.Low);
        Add(section + ".icc_CI95[1]", interval.High);
    }

    private void Covariance()
    {
        Dictionary<string, string[]> table = SharedData.Table("ancova_pressure.csv");
        double[] resistance = table["R_ohm"].Numbers(), pressure = table["pressure_MPa"].Numbers();
        Grouping operators = Grouping.Of("operator", table["operator"]);
        CovarianceAnalysis analysis = CovarianceAnalysis.Of(resistance, pressure, operators);
        string[] names = ["(Intercept)", "log(pressure_MPa)", "operatorB", "operatorC"];
        for (int i = 0; i < 4; i++)
        {
            Add("ancova_pressure.coef." + names[i], analysis.Fit.Coefficients[i]);
            Add("ancova_pressure.se." + names[i], analysis.Fit.StandardError(i));
        }

        Add("ancova_pressure.sigma", analysis.Fit.ResidualDeviation);
        Add("ancova_pressure.r2", analysis.Fit.RSquared);
        Add("ancova_pressure.typeI.ssPressure", analysis.PressureOnly.TotalSumOfSquares - analysis.PressureOnly.ResidualSumOfSquares);
        Add("ancova_pressure.typeI.ssOperator", analysis.PressureOnly.ResidualSumOfSquares - analysis.Fit.ResidualSumOfSquares);
        Add("ancova_pressure.typeI.ssRes", analysis.Fit.ResidualSumOfSquares);
        Add("ancova_pressure.typeII_F.pressure", analysis.PressureF);
        Add("ancova_pressure.typeII_F.operator", analysis.GroupF);
        Add("ancova_pressure.typeII_p.pressure", analysis.PressureProbability);
        Add("ancova_pressure.typeII_p.operator", analysis.GroupProbability);
        PressureShare share = PressureShare.Of(resistance, pressure);
        Add("ancova_pressure.slopeOnly.b", share.Slope);
        Add("ancova_pressure.slopeOnly.se", share.SlopeError);
        Add("ancova_pressure.slopeOnly.r2", share.Share);
        Add("ancova_pressure.varShare.total", share.VarianceOfLog);
        Add("ancova_pressure.varShare.fromPressure_firstOrder", share.Slope * share.Slope * share.RelativePressureDeviation * share.RelativePressureDeviation);
        Add("ancova_pressure.varShare.share", share.Share);
        MeasurementSeries all = MeasurementSeries.Of(resistance);
        Add("ancova_pressure.cvR", Spread.Of(all).CoefficientOfVariation);
        Add("ancova_pressure.cvP", Spread.Of(MeasurementSeries.Of(pressure)).CoefficientOfVariation);

        GroupComparison comparison = GroupComparison.Of(all.At(operators.CellsOf(0)), all.At(operators.CellsOf(1)));
        Equivalence equivalence = comparison.EquivalentWithin(2);
        Add("tost_A_vs_B_delta2ohm.diff", comparison.Difference);
        Add("tost_A_vs_B_delta2ohm.t_lower", equivalence.LowerT);
        Add("tost_A_vs_B_delta2ohm.p_lower", equivalence.LowerProbability);
        Add("tost_A_vs_B_delta2ohm.t_upper", equivalence.UpperT);
        Add("tost_A_vs_B_delta2ohm.p_upper", equivalence.UpperProbability);
        Add("tost_A_vs_B_delta2ohm.p", equivalence.Probability);
        Add("tost_A_vs_B_delta2ohm.df", comparison.Freedom);
        Add("tost_A_vs_B_delta2ohm.ci90[0]", equivalence.Interval.Low);
        Add("tost_A_vs_B_delta2ohm.ci90[1]", equivalence.Interval.High);
    }

    private void Sizes()
    {
        // The reference solves for n to about seven digits.
        Add("power.t_two_sample_delta1_sd1_power90", SampleSize.ForTwoGroups(1, 0.9), 1e-5);
        Add("power.t_d0.5_power80", SampleSize.ForTwoGroups(0.5, eitherDirection: true), 1e-5);
        Add("power.anova_k4_f0.25_power80", SampleSize.ForGroups(4, 0.25), 1e-5);
        Add("power.t_n3_d2_power", SampleSize.PowerOfTwoGroups(3, 2));
        Add("power.t_n3_d3_power", SampleSize.PowerOfTwoGroups(3, 3));
        foreach ((string name, double cv) in ((string, double)[])[("cv2", 0.02), ("cv5", 0.05), ("cv10", 0.10), ("cv20", 0.20), ("cv35", 0.35)])
        {
            Add("power.n_for_10pct_diff_by_cv." + name, Math.Ceiling(SampleSize.ForTwoGroups(0.10 / cv)));
        }

        foreach (int n in (int[])[2, 3, 4, 5, 6, 8, 10, 15, 20, 30])
        {
            Interval factors = Spread.FactorsFor(n);
            Rounded(string.Create(CultureInfo.InvariantCulture, $"sigma_ci95_factors.{n}[0]"), factors.Low);
            Rounded(string.Create(CultureInfo.InvariantCulture, $"sigma_ci95_factors.{n}[1]"), factors.High);
        }
    }

    private void Lines()
    {
        Dictionary<string, string[]> table = SharedData.Table("york_pearson.csv");
        double[] ErrorsOf(string column) => [.. table[column].Numbers().Select(weight => 1 / Math.Sqrt(weight))];
        YorkFit fit = YorkFit.Of(table["X"].Numbers(), table["Y"].Numbers(), ErrorsOf("wX"), ErrorsOf("wY"));
        Add("york.a", fit.Intercept);
        Add("york.b", fit.Slope);
        Add("york.sa", fit.InterceptError);
        Add("york.sb", fit.SlopeError);
        Add("york.chi2", fit.ChiSquared);
        Add("york.dof", fit.Freedom);
    }

    private void Pressures()
    {
        double areaSquareMillimetres = Math.PI / 4 * 100;
        double OnTenMillimetres(string force) => Quantity.Parse<Force>(force).Newtons / areaSquareMillimetres;
        Add("units.area_10mm_mm2", areaSquareMillimetres);
        Add("units.tonne_10mm_MPa", OnTenMillimetres("1 t"));
        Add("units.short_ton_10mm_MPa", OnTenMillimetres("1 short_ton"));
        Add("units.long_ton_10mm_MPa", OnTenMillimetres("1 long_ton"));
        Add("units.kN_10mm_MPa", OnTenMillimetres("1 kN"));
        Add("units.kgf_per_cm2_MPa", Quantity.Parse<OilPressure>("1 kgf/cm2").Si / 1e6);
        Add("units.psi_MPa", Quantity.Parse<OilPressure>("1 psi").Si / 1e6);
        Add("units.bar_MPa", Quantity.Parse<OilPressure>("1 bar").Si / 1e6);
        Add("units.F_for_375MPa_10mm_kN", 375 * areaSquareMillimetres / 1000);
        Add("units.F_for_74MPa_10mm_kN", 74 * areaSquareMillimetres / 1000);
        Add("units.specac13mm_10longton_MPa", Quantity.Parse<Force>("10 long_ton").Newtons / (Math.PI / 4 * 169));

        MeasurementModel model = ReadyBudgets.SamplePressure(
            new Estimate<Force>(new Force(29452), new Force(0.005 * 29452)), new Force(100), new Estimate<Length>(new Length(0.010), new Length(1e-5)), new Fraction(0), new Fraction(0.04));
        UncertaintyBudget budget = UncertaintyBudget.Of(model);
        Add("pressure_budget.first_order.p", budget.Result.Value);
        Add("pressure_budget.first_order.u", budget.Result.StandardUncertainty, 1e-8);
        MonteCarloResult drawn = MonteCarloPropagation.Run(model, 1_000_000, 1, 0.95);
        // Four standard errors of both draws, 10⁶ and 2·10⁶ trials.
        Add("pressure_budget.monte_carlo.mean", drawn.Mean, 0, 0.024);
        Add("pressure_budget.monte_carlo.u", drawn.StandardUncertainty, 0, 0.017);
        Add("pressure_budget.monte_carlo.p025", drawn.Symmetric.Low, 0, 0.06);
        Add("pressure_budget.monte_carlo.p975", drawn.Symmetric.High, 0, 0.06);

        MeasurementModel Bolted(double limit) => ReadyBudgets.BoltedPressure(
            Estimate.Exact(2), 3, new Length(0.006), 0.2, new Fraction(limit), new Estimate<Length>(new Length(0.010), new Length(0)));
        double pressure = UncertaintyBudget.Of(Bolted(0.35)).Result.Value;
        Add("bolt_example.p_MPa", pressure);
        Add("bolt_example.force_N", pressure * areaSquareMillimetres);
        foreach ((string name, double limit) in ((string, double)[])[("35", 0.35), ("25", 0.25)])
        {
            UncertainInput scatter = Bolted(limit).Inputs[1];
            double half = scatter.StandardUncertainty * Math.Sqrt(3);
            Add("bolt_example.lo" + name, pressure * (1 - half));
            Add("bolt_example.hi" + name, pressure * (1 + half));
        }
    }

    private static IEnumerable<(string Path, double Value)> Leaves(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Leaves($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", item)),
        JsonValueKind.Number => [(path, element.GetDouble())],
        _ => [],
    };
}
