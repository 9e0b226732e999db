using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Lab.Reports;
using Isobar.Materials;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Reports;

/// <summary>A plan, a run and its proof with invented but plausible numbers, for tests of what is written about them.</summary>
internal static class Fabricated
{
    public static Cell Cell(string name = "NCM811 | Li₆PS₅Cl | Li", Ram? ram = null) => new(
        name,
        [
            new Layer("NCM811 composite", LayerRole.CathodeComposite, [], Weighed(12)),
            new Layer("Li₆PS₅Cl", LayerRole.Separator, [], Weighed(100)),
            new Layer("lithium foil", LayerRole.Anode, [], Weighed(4.2)),
        ],
        new Material("aluminium", "aluminium", MaterialKind.Collector, ImmutableSortedDictionary<string, Constant>.Empty),
        Die.OfDiameter(new Length(10e-3)),
        new PressInstrument(
            "hand press 15 t", Force.FromKilonewtons(150), new Fraction(0.016), GaugeClassBasis.FullScale, new Force(1000),
            Force.FromKilonewtons(5), new Fraction(0.03), ram),
        new Fixture(FixtureKind.Spring, new Estimate<Stiffness>(new Stiffness(2e6), new Stiffness(2e5)), new Fraction(0.05)),
        new Temperature(298.15),
        new Duty(new CurrentDensity(5), new Duration(360000)));

    public static Protocol Protocol(string name = "rate plan") => new(
        name,
        new Length(10e-3),
        Mpa(450),
        Rate(10),
        [
            new ApproachStep("approach", Mpa(1), Rate(0.2), new Duration(120)),
            new RampStep("to separator press", PressureKind.Fabrication, Mpa(90), Rate(2)),
            new HoldStep("separator press", PressureKind.Fabrication, Mpa(90), new Fraction(0.02), new Duration(60), new Duration(180), null),
            new PromptStep("add cathode", "Release, spread the cathode composite evenly and put the punch back.", "NCM811 composite"),
            new RampStep("to cathode press", PressureKind.Fabrication, Mpa(380), Rate(5)),
            new HoldStep("cathode press", PressureKind.Fabrication, Mpa(380), new Fraction(0.02), new Duration(180), new Duration(600), new Fraction(0.002)),
            new ReleaseStep("back to zero", Mpa(0), Rate(10)),
            new PromptStep("add lithium", "Turn the die over and lay the lithium foil in.", "lithium foil"),
            new RampStep("to attach", PressureKind.Attach, Mpa(25), Rate(1)),
            new HoldStep("attach", PressureKind.Attach, Mpa(25), new Fraction(0.05), new Duration(30), new Duration(120), null),
            new ReleaseStep("to stack pressure", Mpa(12), Rate(1)),
            new MeasureStep("measure", MeasuredQuantities.Thickness | MeasuredQuantities.Impedance, new Duration(600)),
        ]);

    public static Plan Plan(string name = "NCM811 | Li₆PS₅Cl | Li", Cell? cell = null) => new(
        cell ?? Cell(name),
        Goal.Rate,
        [
            Window("separator_press", "Separator press", PressureKind.Fabrication, 45, 160, 90, 60, 0.10),
            Window("cathode_press", "Cathode press", PressureKind.Fabrication, 290, 430, 380, 180, 0.08),
            Window("attach", "Lithium attach", PressureKind.Attach, 14, 41, 25, 30, 0.3),
            Window("stack", "Stack", PressureKind.Stack, 5, 19, 12, 600, 0.25),
        ],
        Protocol(),
        [
            new Prediction("separator.conductivity", "conductivity of the separator", Conductivity.Dimension, Estimate.Relative(0.21, 0.12)),
            new Prediction("separator.density", "relative density of the separator", Fraction.Dimension, new Estimate(0.86, 0.015, Scale: EstimateScale.Logit)),
            new Prediction(PropertyKeys.TotalResistance, "resistance of the cell", ArealResistance.Dimension, Estimate.Relative(38e-4, 0.13)),
            new Prediction("anode.contact", "contact fraction at the lithium", Fraction.Dimension, new Estimate(0.93, 0.03, Scale: EstimateScale.Logit, Extrapolated: true)),
        ],
        [.. Curves()],
        Outcome(Goal.Rate, 38, 0.061, 1.9, 380, 12),
        Outcome(Goal.Reliability, 47, 0.034, 1.5, 330, 16),
        "For rate this plan presses the cathode 50 MPa higher than for reliability: 9 Ω cm² less resistance, and 2.7 % more scatter from cell to cell.",
        ["The wall friction of the die is assumed, not measured; it makes half of the band of the cathode pressure.", "The separator's yield pressure was measured at 25 °C only."],
        [
            new Citation("Doux et al., J. Mater. Chem. A 8, 5049 (2020)", "10.1039/C9TA12889A"),
            new Citation("Judgement of the laboratory", null),
        ]);

    public static RunRecord Run(RunOutcome outcome = RunOutcome.Completed) => FabricatedRun.Of(Protocol(), outcome);

    public static CellProof Proof() => new(
        [
            .. Protocol().Steps.Select((step, index) => step switch
            {
                HoldStep hold => new StepVerdict(
                    index, step.Name, hold.Target, new Estimate<SamplePressure>(hold.Target * 0.998, hold.Target * 0.011), new Fraction(0.004), new Fraction(0.0021),
                    new Fraction(0.995), hold.Minimum + new Duration(4), index == 9 ? StepJudgement.NotVerifiable : StepJudgement.Passed,
                    index == 9 ? "tolerance ±5 % is finer than the ±6 % to which 25 MPa is known on this gauge" : "mean within ±2 %, 99.5 % of the time in band"),
                _ => new StepVerdict(index, step.Name, null, null, null, null, null, new Duration(40), StepJudgement.Passed, "done"),
            }),
        ],
        [
            new ProvedProperty(PropertyKeys.TotalResistance, "resistance of the cell", ArealResistance.Dimension, Estimate.Relative(38e-4, 0.13), Estimate.Relative(41e-4, 0.02), ProofVerdict.AsPlanned),
            new ProvedProperty("separator.density", "relative density of the separator", Fraction.Dimension, new Estimate(0.86, 0.015), new Estimate(0.81, 0.01), ProofVerdict.Differs),
            new ProvedProperty("anode.contact", "contact fraction at the lithium", Fraction.Dimension, new Estimate(0.93, 0.03, Scale: EstimateScale.Logit), null, ProofVerdict.NotMeasured),
        ],
        ["humidity of the glovebox", "time between pressing and the first spectrum"]);

    public static SpectrumView Spectrum()
    {
        ImmutableArray<double> frequencies = [.. Enumerable.Range(0, 43).Select(i => 1e6 * Math.Pow(10, -i / 6.0))];
        Complex Z(double f, double scale) => scale * 1e-4 * (14 + (15 / (1 + (Complex.ImaginaryOne * f / 4000))) + (9 / (1 + (Complex.ImaginaryOne * f / 2))));
        return new SpectrumView(
            frequencies,
            [.. frequencies.Select((f, i) => Z(f, 1.04 + (0.006 * Math.Sin(i * 2.3))))],
            [.. frequencies.Select(f => Z(f, 0.82))],
            [.. frequencies.Select(f => Z(f, 1.25))]);
    }

    public static ImmutableArray<LayerView> Layers() =>
    [
        new LayerView("NCM811 composite", LayerRole.CathodeComposite, new Length(104e-6), new Length(58e-6), Dense(0.83), Weighed(12)),
        new LayerView("Li₆PS₅Cl", LayerRole.Separator, new Length(1420e-6), new Length(790e-6), Dense(0.86), Weighed(100)),
        new LayerView("lithium foil", LayerRole.Anode, new Length(100e-6), new Length(92e-6), new Estimate<Fraction>(Estimate.Exact(1)), Weighed(4.2)),
    ];

    public static ReportInput PlanInput(string name = "NCM811 | Li₆PS₅Cl | Li") =>
        new(Plan(name), Layers(), "simulated press", Simulated: true, "0.1.0") { Seed = 20260101 };

    public static ReportInput RunInput(string name = "NCM811 | Li₆PS₅Cl | Li") => PlanInput(name) with
    {
        Run = Run(),
        Proof = Proof(),
        Spectrum = Spectrum(),
        Digest = "sha256:7f3a9c01",
        RunId = "2026-001",
    };

    public static string Html(ReportInput input)
    {
        var output = new StringWriter();
        RunReport.Write(input, output);
        return output.ToString();
    }

    private static SamplePressure Mpa(double megapascals) => SamplePressure.FromMegapascals(megapascals);

    private static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);

    private static Estimate<Mass> Weighed(double milligrams) => new(new Mass(milligrams * 1e-6), new Mass(0.1e-6));

    private static Estimate<Fraction> Dense(double value) => new(new Fraction(value), new Fraction(0.015), EstimateScale.Logit);

    private static PressureWindow Window(string key, string label, PressureKind kind, double low, double high, double chosen, double holdSeconds, double fade) => new(
        key,
        label,
        kind,
        new WindowBound(Mpa(low), new Interval(low * (1 - fade) * 1e6, low * (1 + fade) * 1e6), "below this the relative density stays under 0.80 and pores carry no ions"),
        new WindowBound(Mpa(high), new Interval(high * (1 - fade) * 1e6, high * (1 + fade) * 1e6), "above this more than one coated particle in ten cracks"),
        new Estimate<SamplePressure>(Mpa(chosen), Mpa(chosen * 0.04), EstimateScale.Logarithmic),
        Die.OfDiameter(new Length(10e-3)).ForceFor(Mpa(chosen)),
        new Duration(holdSeconds),
        "the resistance falls by less than 1 % for each further 10 MPa, while the risk of cracks doubles",
        kind == PressureKind.Fabrication ? "habit is 375 MPa: three metric tons on 10 mm" : "habit is 74 MPa: one metric ton on 13 mm");

    private static IEnumerable<PressureCurve> Curves()
    {
        foreach ((string key, double low, double high, double scale) in ((string, double, double, double)[])[("cathode_press", 100, 600, 900), ("stack", 1, 80, 45)])
        {
            ImmutableArray<double> pressures = [.. Enumerable.Range(0, 41).Select(i => low * 1e6 * Math.Pow(high / low, i / 40.0))];
            ImmutableArray<double> resistance = [.. pressures.Select(p => 1e-4 * (34 + (scale / Math.Pow(p / 1e6, 0.9))))];
            ImmutableArray<double> scatter = [.. pressures.Select(p => 0.02 + (0.4 / Math.Sqrt(p / 1e6)))];
            yield return new PressureCurve(key, "cell resistance", ArealResistance.Dimension, pressures, resistance, [.. resistance.Select(r => r * 0.84)], [.. resistance.Select(r => r * 1.22)]);
            yield return new PressureCurve(key, "scatter from cell to cell", Fraction.Dimension, pressures, scatter, [.. scatter.Select(s => s * 0.7)], [.. scatter.Select(s => s * 1.5)]);
        }
    }

    private static GoalOutcome Outcome(Goal goal, double ohmSquareCentimetres, double scatter, double rate, double cathode, double stack) => new(
        goal,
        ImmutableSortedDictionary<string, SamplePressure>.Empty.Add("separator_press", Mpa(90)).Add("cathode_press", Mpa(cathode)).Add("attach", Mpa(25)).Add("stack", Mpa(stack)),
        new Estimate<ArealResistance>(Estimate.Relative(ohmSquareCentimetres * 1e-4, 0.13)),
        new Estimate<Fraction>(Estimate.Relative(scatter, 0.2)),
        new Estimate<Fraction>(Estimate.Relative(0.4 * scatter, 0.2)),
        new Fraction(0.02),
        Estimate.Relative(rate, 0.13));
}
