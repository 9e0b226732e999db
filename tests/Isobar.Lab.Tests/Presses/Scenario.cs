using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Mechanics;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Presses;

/// <summary>A small cell on the simulated 5 t press: separator, cathode, lithium, stack pressure, one measurement.</summary>
internal static class Scenario
{
    public static readonly Die Die10 = Die.OfDiameter(new Length(10e-3), SamplePressure.FromMegapascals(500));

    // Argyrodite-like and NMC-like pellet laws; only their shape matters here.
    private static readonly CompactionLaw Sulfide = new(0.55, 200e6, 0.5, CompactionLaw.ConfinedModulus(22e9, 0.35), 10);
    private static readonly CompactionLaw Composite = new(0.5, 250e6, 0.5, CompactionLaw.ConfinedModulus(60e9, 0.3), 10);

    public static SimulatedPress Press(ulong seed, params PressFault[] faults) => new(
        PressPlantParameters.Hydraulic5t,
        Die10,
        [
            ColumnLayer.Powder("separator", new Length(100e-6 / (1640 * Die10.Area.SquareMetres)), Sulfide),
            ColumnLayer.Powder("cathode", new Length(40e-6), Composite),
            ColumnLayer.Foil("lithium", new Length(50e-6), new Pressure(13e9), new Fraction(0.02), new Pressure(5e6)),
        ],
        seed,
        [.. faults]);

    public static Protocol Protocol(double pressMPa = 375, double holdSeconds = 60, double limitMPa = 450) => new(
        "separator first",
        new Length(10e-3),
        Mpa(limitMPa),
        Rate(5),
        [
            new ApproachStep("touch separator", Mpa(2), Rate(0.5), new Duration(120)),
            new RampStep("press separator", PressureKind.Fabrication, Mpa(100), Rate(5)),
            new HoldStep("hold separator", PressureKind.Fabrication, Mpa(100), new Fraction(0.02), new Duration(20), new Duration(120), null),
            new ReleaseStep("open for cathode", Mpa(0), Rate(10)),
            new PromptStep("add cathode", "Spread the cathode composite.", "cathode"),
            new ApproachStep("touch cathode", Mpa(2), Rate(0.5), new Duration(120)),
            new RampStep("press cathode", PressureKind.Fabrication, Mpa(pressMPa), Rate(5)),
            new HoldStep("hold cathode", PressureKind.Fabrication, Mpa(pressMPa), new Fraction(0.02), new Duration(holdSeconds), new Duration(holdSeconds + 240), new Fraction(0.01)),
            new ReleaseStep("open for lithium", Mpa(0), Rate(10)),
            new PromptStep("add lithium", "Put the lithium disc in.", "lithium"),
            new ApproachStep("touch lithium", Mpa(2), Rate(0.5), new Duration(120)),
            new RampStep("to stack pressure", PressureKind.Stack, Mpa(74), Rate(2)),
            new HoldStep("rest", PressureKind.Stack, Mpa(74), new Fraction(0.02), new Duration(30), new Duration(120), null),
            new MeasureStep("measure", MeasuredQuantities.Thickness | MeasuredQuantities.Impedance, new Duration(600)),
            new ReleaseStep("release", Mpa(0), Rate(5)),
        ]);

    /// <summary>A single pressing, for tests about ways out.</summary>
    public static Protocol Short(double limitMPa = 450, double targetMPa = 100) => new(
        "short",
        new Length(10e-3),
        Mpa(limitMPa),
        Rate(10),
        [
            new ApproachStep("touch", Mpa(2), Rate(0.5), new Duration(120)),
            new RampStep("press", PressureKind.Fabrication, Mpa(targetMPa), Rate(5)),
            new HoldStep("hold", PressureKind.Fabrication, Mpa(targetMPa), new Fraction(0.02), new Duration(30), new Duration(120), null),
            new ReleaseStep("release", Mpa(0), Rate(5)),
        ]);

    public static Task<RunRecord> RunAsync(Protocol protocol, IPress press, IRunSink? sink = null, CancellationToken stop = default) =>
        RunEngine.RunAsync(protocol, press, sink ?? new NoSink(), new AutomaticOperator(new Duration(30)), new ConstantMeasurer(), RunClock.AsFastAsPossible, null, stop);

    public static SamplePressure Mpa(double value) => SamplePressure.FromMegapascals(value);

    private static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);

    private sealed class ConstantMeasurer : IMeasurer
    {
        public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) => Task.FromResult(new Reply("""{"resistance_ohm_cm2":21.5}""", new Duration(90)));
    }
}
