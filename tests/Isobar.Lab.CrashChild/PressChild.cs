using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.CrashChild;

/// <summary>An engine to be killed: ramps, holds and unloads a press behind Modbus again and again, and says up to when it took samples.</summary>
internal static class PressChild
{
    public static async Task RunAsync(string databasePath, string profilePath, int port, bool once)
    {
        PressProfile profile = PressFile.Read(profilePath);
        // A connection on a machine that is busy with other tests takes longer than one on the cable of a press.
        profile = profile with { Connection = profile.Connection with { Port = port, Timeout = new Duration(2) } };
        using LabDatabase lab = LabDatabase.OpenOrCreate(databasePath);
        Protocol protocol = once ? Once() : Protocol();
        using RunWriter writer = lab.Begin(new RunDescription(protocol.Name, protocol, profile.Instrument.Name, "steps: []"));
        using PressLease lease = PressLease.Take(lab, profile.Identity, "child", writer.Id, TimeProvider.System);
        var control = new RunControl();
        await using var press = new LeasedPress(new ModbusPress(profile), lease);
        await using var desk = new RunDesk(lab, writer.Id, control, lease, TimeProvider.System);
        var begun = new Begun(writer.Id);
        using var record = new QueuedSink(writer);
        await RunEngine.RunAsync(protocol, press, record, new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.RealTime, begun, control, CancellationToken.None);
    }

    private static Protocol Protocol()
    {
        SamplePressure high = SamplePressure.FromMegapascals(60), low = SamplePressure.FromMegapascals(20);
        ImmutableArray<Step> round =
        [
            new RampStep("press", PressureKind.Fabrication, high, new PressureRate(30e6)),
            new HoldStep("hold", PressureKind.Fabrication, high, new Fraction(0.05), new Duration(1), new Duration(10), null),
            new ReleaseStep("unload", low, new PressureRate(30e6)),
        ];
        return new Protocol("to be killed", new Length(10e-3), SamplePressure.FromMegapascals(450), new PressureRate(30e6), StepSequence.Cycle("round", 1000, round));
    }

    // A single pressing, to be killed in its hold and taken up by somebody else.
    private static Protocol Once()
    {
        SamplePressure high = SamplePressure.FromMegapascals(40);
        return new Protocol("to be taken up", new Length(10e-3), SamplePressure.FromMegapascals(450), new PressureRate(30e6),
        [
            new RampStep("press", PressureKind.Fabrication, high, new PressureRate(30e6)),
            new HoldStep("hold", PressureKind.Fabrication, high, new Fraction(0.05), new Duration(4), new Duration(60), null),
            new ReleaseStep("unload", new SamplePressure(0), new PressureRate(30e6)),
        ]);
    }

    // Says ten times a second up to where samples were taken, the first time with the id: what is on disk is held against that.
    private sealed class Begun(string id) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Sample.ForceNewtons != 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id} {value.Sample.TimeSeconds:R}"));
        }
    }

    private sealed class NoInstrument : IMeasurer
    {
        public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) => throw new InvalidOperationException("no instrument");
    }
}
