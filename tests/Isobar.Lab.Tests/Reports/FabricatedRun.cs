using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Protocols;

namespace Isobar.Lab.Tests.Reports;

/// <summary>A trace that follows a protocol with a lag and a ripple, ten samples a second.</summary>
internal static class FabricatedRun
{
    public static RunRecord Of(Protocol protocol, RunOutcome outcome)
    {
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        double time = 0, setpoint = 0, achieved = 0;
        double area = Die.AreaOf(protocol.Diameter).SquareMetres;
        for (int index = 0; index < protocol.Steps.Length; index++)
        {
            (double target, double rate, double seconds) = protocol.Steps[index] switch
            {
                ApproachStep s => (s.Contact.Pascals, s.Rate.PascalsPerSecond, 5.0),
                RampStep s => (s.Target.Pascals, s.Rate.PascalsPerSecond, 0),
                HoldStep s => (s.Target.Pascals, 1e6, s.Minimum.Seconds),
                ReleaseStep s => (s.Target.Pascals, s.Rate.PascalsPerSecond, 0),
                PromptStep => (0.0, 20e6, 15),
                _ => (setpoint, 1e6, 20.0),
            };
            events.Add(new RunEvent(time, RunEventKind.StepStarted, index, protocol.Steps[index].Name));
            double end = time + Math.Max(seconds, Math.Abs(target - setpoint) / rate);
            while (time < end)
            {
                setpoint += Math.Clamp(target - setpoint, -0.1 * rate, 0.1 * rate);
                achieved += 0.2 * (setpoint - achieved);
                double shown = achieved * (1 + (0.002 * Math.Sin(time * 1.7)));
                samples.Add(new TraceSample(time, index, setpoint, shown * area, shown, 1e-9 * shown / 1e3));
                time += 0.1;
            }

            events.Add(new RunEvent(time, RunEventKind.StepEnded, index, protocol.Steps[index].Name));
        }

        if (outcome == RunOutcome.Aborted) events.Add(new RunEvent(time, RunEventKind.LimitTripped, protocol.Steps.Length - 1, "sample pressure 452 MPa exceeds the limit 450 MPa"));
        events.Add(new RunEvent(time, RunEventKind.Ended, -1, outcome.ToString()));
        return new RunRecord(protocol, outcome, samples.ToImmutable(), events.ToImmutable());
    }
}
