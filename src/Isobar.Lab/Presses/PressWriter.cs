using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>
/// Tells the press of a run what the executor wants, on the thread of the loop. A set-point goes out with its heartbeat, as the device indicates forces, and
/// never above the least of all limits.
/// </summary>
/// <param name="press">The press.</param>
/// <param name="reader">What is read of it, and the limits.</param>
/// <param name="force">From what it indicates to the force on the sample.</param>
/// <param name="areaSquareMetres">Area of the die.</param>
/// <param name="inbox">What the executor must know besides.</param>
internal sealed class PressWriter(IPress press, PressReader reader, ForceChain force, double areaSquareMetres, Queue<ExecutorEvent> inbox)
{
    private uint _heartbeat;
    private bool _overAsked;
    private bool _dumping;

    /// <summary>Does what is the press's among the commands of the executor.</summary>
    public void Obey(ExecutorCommand command)
    {
        switch (command)
        {
            case SetTemperature heat:
                Try(() => Now(press.HeatAsync(new Temperature(heat.Kelvins), CancellationToken.None)));
                break;
            case SwitchHeatingOff:
                Try(() => Now(press.HeatAsync(null, CancellationToken.None)));
                break;
            case OpenGap open:
                Try(() => Now(press.OpenAsync(new Length(open.GapMetres), CancellationToken.None)));
                break;
            case DumpPressure:
                Dump();
                break;
            default:
                break;
        }
    }

    /// <summary>Lets the device take its pressure away by its own means, now and at every tick that follows.</summary>
    public void Dump()
    {
        _dumping = true;
        Try(() => Now(press.DumpAsync(CancellationToken.None)));
    }

    /// <summary>The last word of a program that fails itself: the device must not keep the last set-point.</summary>
    public void DumpOrThrow() => Now(press.DumpAsync(CancellationToken.None));

    /// <summary>Writes the set-point of the executor with the next heartbeat.</summary>
    public void Write(in ExecutorState state)
    {
        if (_dumping) Dump();
        if (!state.IsAtRest && !state.IsLeaving) reader.LiftCeiling();
        Force wanted = Wanted(state);
        Try(() =>
        {
            Now(press.WriteAsync(wanted, ++_heartbeat, CancellationToken.None));
            reader.Wrote();
        });
    }

    // Neither what is indicated nor what is on the sample exceeds the limit.
    private Force Wanted(in ExecutorState state)
    {
        var sample = new Force(Math.Min(state.SetpointPa, reader.CeilingPa) * areaSquareMetres);
        Force asked = force.IsPlain ? sample : force.Setpoint(sample);
        if (asked <= reader.Limit && sample <= reader.Limit) return asked;
        if (!_overAsked) inbox.Enqueue(ExecutorEvent.Fault(state.TimeSeconds, $"a set-point of {sample}, {asked} as {press.Name} indicates it, is above the least of all limits, {reader.Limit}"));
        _overAsked = true;
        Force most = force.Setpoint(reader.Limit);
        return most < reader.Limit ? most : reader.Limit;
    }

    // A dead link is no reason to leave the loop: the executor decides, and the device's watchdog acts.
    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (PressException exception)
        {
            reader.Failed(exception.Message);
        }
    }

    // The loop waits for the press on its own thread, and never goes on in another one.
    private static void Now(ValueTask task)
    {
        if (task.IsCompletedSuccessfully) return;
        task.AsTask().GetAwaiter().GetResult();
    }
}
