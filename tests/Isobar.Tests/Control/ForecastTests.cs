using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Control;

/// <summary>What the dry run says before anything moves against what simulated presses then do, and a day of holding.</summary>
public sealed class ForecastTests
{
    private static readonly Die s_die = Die.OfDiameter(new Length(10e-3));

    private static readonly Protocol s_fabrication = new("fabrication", new Length(10e-3), Mpa(400), Rate(10),
    [
        new ApproachStep("touch", Mpa(3), Rate(0.5), new Duration(120)),
        new RampStep("up", PressureKind.Fabrication, Mpa(375), Rate(5)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(375), new Fraction(0.02), new Duration(180), new Duration(600), null),
        new ReleaseStep("down", Mpa(0), Rate(2)),
        new PromptStep("add", "Add the cathode.", null),
        new ApproachStep("touch again", Mpa(3), Rate(0.5), new Duration(120)),
        new RampStep("attach", PressureKind.Attach, Mpa(100), Rate(2)),
        new HoldStep("laminate", PressureKind.Attach, Mpa(100), new Fraction(0.02), new Duration(120), new Duration(600), null),
        new ReleaseStep("to stack", Mpa(50), Rate(2)),
        new HoldStep("stack", PressureKind.Stack, Mpa(50), new Fraction(0.02), new Duration(60), new Duration(600), null),
        new ReleaseStep("end", Mpa(0), Rate(2)),
    ]);

    [Theory]
    [InlineData("servo", 81UL)]
    [InlineData("24 t", 82UL)]
    [InlineData("5 t", 83UL)]
    public void The_dry_run_predicts_the_duration_within_five_percent_and_the_forces_exactly(string name, ulong seed)
    {
        DryRun dry = ProtocolDryRun.Run(s_fabrication, s_die, new DryRunAssumptions(new Duration(30), new Duration(30)));
        PressPlantParameters parameters = name switch { "servo" => PressPlantParameters.ServoScrew, "24 t" => PressPlantParameters.Hydraulic24t, _ => PressPlantParameters.Hydraulic5t };
        double prompted = double.NaN;
        var run = new TwinRun(Press(parameters, 100, seed), s_fabrication, FaultRunTests.Watcher(s_fabrication))
        {
            Disturb = (time, state) =>
            {
                if (state.Phase == RunPhase.Prompting && double.IsNaN(prompted)) prompted = time;
                return time >= prompted + 30 && state.Phase == RunPhase.Prompting ? ExecutorEvent.Confirmed(time, "done") : null;
            },
        };
        RunRecord record = run.Go(3600);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: dry run {dry.Duration}, done in {new Duration(record.Events[^1].TimeSeconds)}");
        Assert.Equal(RunOutcome.Completed, record.Outcome);
        Assert.Equal(dry.Duration.Seconds, record.Events[^1].TimeSeconds, 0.05 * dry.Duration.Seconds);
        Assert.Equal(dry.LargestForce.Newtons, run.Commanded.Max());
        for (int i = 0; i < s_fabrication.Steps.Length; i++)
        {
            (double lowest, double highest) = run.InStep[i];
            if (s_fabrication.Steps[i] is ApproachStep)
            {
                Assert.InRange(highest, 0, dry.Forces[i].Highest.Newtons);
                continue;
            }

            Assert.Equal(dry.Forces[i].Highest.Newtons, highest);
            if (s_fabrication.Steps[i] is not RampStep) Assert.Equal(dry.Forces[i].Lowest.Newtons, lowest);
        }
    }

    [Fact]
    public void A_day_of_holding_misses_no_tick_leaves_the_band_never_and_needs_no_memory()
    {
        const int Day = 20 * 86_400;
        var protocol = new Protocol("day", new Length(10e-3), Mpa(100), Rate(5),
        [
            new ApproachStep("touch", Mpa(3), Rate(1), new Duration(60)),
            new RampStep("up", PressureKind.Stack, Mpa(75), Rate(2)),
            new HoldStep("hold", PressureKind.Stack, Mpa(75), new Fraction(0.005), new Duration(86_400), new Duration(90_000), null),
            new ReleaseStep("down", Mpa(0), Rate(5)),
        ]);
        PressTwin press = Press(PressPlantParameters.Hydraulic5t, 100, 91);
        LimitWatcher watcher = FaultRunTests.Watcher(protocol);
        LimitMemory memory = default;
        ExecutorState state = Executor.Begin(protocol);
        double area = Die10.SquareMetres, entered = double.NaN, ended = double.NaN;
        long allocated = 0, outOfBand = 0, held = 0;
        for (long tick = 0; !state.HasEnded && tick < Day + 20_000; tick++)
        {
            if (held == 100) allocated = GC.GetAllocatedBytesForCurrentThread();
            if (held == Day - 1000) allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            for (int i = 0; i < 5; i++) press.Step();
            double force = press.TakeForce();
            (ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(0.05 * tick, force), memory);
            Assert.True(trips.IsEmpty);
            (state, _) = Executor.Step(state, ExecutorEvent.Tick(0.05 * tick, force / area));
            press.Write(state.SetpointPa * area);
            if (state.StepIndex != 2)
            {
                if (!double.IsNaN(entered) && double.IsNaN(ended)) ended = state.TimeSeconds;
                continue;
            }

            if (held++ == 0) entered = state.TimeSeconds;
            if (Math.Abs(press.Plant.ForceNewtons - Newtons(75)) > 0.005 * Newtons(75)) outOfBand++;
        }

        Assert.Equal(RunOutcome.Completed, state.Outcome);
        TestContext.Current.TestOutputHelper?.WriteLine($"held {ended - entered:F2} s, {outOfBand} of {held} ticks out of ±0.5 %, {allocated} bytes");
        Assert.InRange(ended - entered, 86_400, 86_400 + (0.01 * 86_400));
        Assert.InRange((double)outOfBand / held, 0, 0.01);
        // A collection on another thread counts the rest of this thread's allocation block, up to 8 KiB, once; one object per tick would be 40 megabytes.
        Assert.InRange(allocated, 0, 8192);
    }
}
