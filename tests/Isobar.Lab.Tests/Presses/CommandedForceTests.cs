using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Numerics;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>Property: whatever the protocol, the tare, the calibration, the stop policy and the fault, the device is never asked for more than the least of all limits.</summary>
public sealed class CommandedForceTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task The_commanded_force_never_exceeds_the_least_of_all_limits()
    {
        int released = 0, tripped = 0;
        for (ulong seed = 1; seed <= Rounds; seed++)
        {
            var random = new RandomSource(seed);
            Draw draw = Draw.From(ref random);
            var press = new Limited(Scenario.Press(seed, [.. draw.Faults]), draw.PressLimit);
            var control = new RunControl();
            if (draw.Stops) _ = control.AskAsync(PressVerb.Stop, "A: enough");
            RunRecord run = await RunEngine.RunAsync(
                draw.Protocol,
                press,
                new NoSink(),
                new AutomaticOperator(new Duration(1)),
                new NoInstrument(),
                RunClock.AsFastAsPossible,
                null,
                draw.Stops && draw.Terms.Stop == StopPolicy.Release ? control : null,
                new RunConditions { Terms = draw.Terms },
                TestContext.Current.CancellationToken);
            double least = Math.Min(draw.Protocol.Limit.Pascals * Scenario.Die10.Area.SquareMetres, draw.PressLimit.Newtons);
            Assert.True(press.MostAsked <= least, $"seed {seed}: {press.MostAsked} N were asked for, the least limit is {least} N");
            double applied = draw.Terms.Force.Sample(new Force(press.MostAsked)).Newtons;
            Assert.True(applied <= least * (1 + 1e-12), $"seed {seed}: {applied} N on the sample, the least limit is {least} N");
            Assert.True(run.Outcome is RunOutcome.Completed or RunOutcome.Stopped or RunOutcome.Aborted);
            if (run.Events.Any(e => e.Text.Contains("least of all limits", StringComparison.Ordinal) || e.Kind == RunEventKind.LimitTripped)) tripped++;
            if (run.Outcome == RunOutcome.Completed) released++;
        }

        // The draw holds both: runs that the limits leave alone, and runs that they end.
        Assert.InRange(released, 5, Rounds);
        Assert.InRange(tripped, 5, Rounds);
    }

    private sealed record Draw(Protocol Protocol, RunTerms Terms, Force PressLimit, ImmutableArray<PressFault> Faults, bool Stops)
    {
        public static Draw From(ref RandomSource random)
        {
            double limit = 60 + (60 * random.NextUniform()), target = limit * (0.8 + (0.2 * random.NextUniform()));
            Protocol protocol = Scenario.Short(limit, target);
            double area = Scenario.Die10.Area.SquareMetres;
            double zero = (random.NextUniform() - 0.5) * 400, error = (random.NextUniform() - 0.5) * 0.06;
            ForceCorrection? correction = random.NextUniform() < 0.3
                ? null
                : new ForceCorrection([new CorrectionPoint(new Force(3000), new Force(3000 * (1 + error))), new CorrectionPoint(new Force(12_000), new Force(12_000 * (1 - (0.5 * error))))]);
            var terms = new RunTerms
            {
                Force = random.NextUniform() < 0.3 ? ForceChain.Plain : new ForceChain(new Force(zero), correction),
                Stop = random.NextUniform() < 0.5 ? StopPolicy.Hold : StopPolicy.Release,
            };
            var pressLimit = new Force(limit * 1e6 * area * (0.85 + (0.5 * random.NextUniform())));
            int kind = (int)(8 * random.NextUniform());
            ImmutableArray<PressFault> faults = kind < 5 ? [new PressFault((PressFaultKind)kind, new Duration(10 + (20 * random.NextUniform())), new Duration(3 * random.NextUniform()))] : [];
            return new Draw(protocol, terms, pressLimit, faults, random.NextUniform() < 0.2);
        }
    }

    /// <summary>A press with a limit of its own, that remembers the most it was asked for.</summary>
    private sealed class Limited(SimulatedPress press, Force limit) : IVirtualPress
    {
        public double MostAsked { get; private set; }

        public string Name => press.Name;

        public PressLimits Limits => new(limit);

        public void Load(Protocol protocol) => press.Load(protocol);

        public void Advance(Duration time) => press.Advance(time);

        public void AddLayer(string name) => press.AddLayer(name);

        public ValueTask ConnectAsync(CancellationToken cancellation) => press.ConnectAsync(cancellation);

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
        {
            MostAsked = Math.Max(MostAsked, setpoint.Newtons);
            return press.WriteAsync(setpoint, heartbeat, cancellation);
        }

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => press.ReadAsync(cancellation);

        public ValueTask DumpAsync(CancellationToken cancellation) => press.DumpAsync(cancellation);

        public ValueTask DisposeAsync() => press.DisposeAsync();
    }
}
