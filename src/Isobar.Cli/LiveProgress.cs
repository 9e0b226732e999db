using Isobar.Cli.Commands;
using Isobar.Lab.Presses;
using Isobar.Mechanics.Contact;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>
/// Says what is being done, on the error stream so that output stays clean: on a terminal one line that is written over, elsewhere a line per thing.
/// </summary>
internal sealed class LiveProgress(Surroundings surroundings, double expectedSeconds = 0) : IDisposable
{
    private const int BarWidth = 24;
    private string _lastStep = "";
    private bool _open;

    /// <summary>Takes words about what is being done.</summary>
    public IProgress<string> Words => new Immediate<string>(text => Show(text, text));

    /// <summary>Takes the state of a run.</summary>
    public IProgress<RunProgress> Run => new Immediate<RunProgress>(progress =>
    {
        string what = progress.StepName.Length > 0 ? progress.StepName : progress.Phase.ToString().ToLowerInvariant();
        double share = expectedSeconds > 0 ? Math.Clamp(progress.Sample.TimeSeconds / expectedSeconds, 0, 1) : 0;
        int filled = (int)(share * BarWidth);
        string bar = new string('█', filled) + new string('░', BarWidth - filled);
        string pressure = Quantity.Number(progress.Sample.PressurePa / 1e6, 3);
        Show(what, $"{bar} {Quantity.Format(new Duration(progress.Sample.TimeSeconds), 3),9}  {pressure,6} MPa  {what}");
    });

    /// <summary>Takes the readings of a load cell.</summary>
    public IProgress<TraceSample> Reading => new Immediate<TraceSample>(sample =>
        Show("reading", $"{Quantity.Format(new Duration(sample.TimeSeconds), 4),9}  {Quantity.Number(sample.PressurePa / 1e6)} MPa  {Quantity.Number(sample.ForceNewtons / 1e3)} kN"));

    /// <summary>Takes the state of a contact that is being solved.</summary>
    public IProgress<ContactProgress> Contact(ContactScale scale, ContactPath path) => new Immediate<ContactProgress>(progress =>
    {
        string pressure = $"{Quantity.Number(path.Targets[progress.Target].Value / scale.PressurePa, 3)} {scale.Pressure}".TrimEnd();
        string load = $"load {progress.Target + 1} of {progress.Targets}, {pressure}";
        Show(load, $"{load}: {progress.Rows} × {progress.Columns} points, {progress.Convolutions} convolutions, residual {Quantity.Number(progress.Residual, 2)}, contact {Quantity.Number(100 * progress.Area, 3)} %");
    });

    /// <summary>Takes how many frequencies of a sweep are done.</summary>
    public IProgress<int> Frequencies(int count) => new Immediate<int>(done => Show("impedance", $"impedance: {done} of {count} frequencies"));

    /// <summary>Closes the line.</summary>
    public void Done()
    {
        if (!_open) return;
        surroundings.Error.Write("\r" + new string(' ', surroundings.Width - 1) + "\r");
        _open = false;
    }

    public void Dispose() => Done();

    private void Show(string step, string line)
    {
        if (surroundings.IsLive)
        {
            string shown = line.Length < surroundings.Width ? line : line[..(surroundings.Width - 1)];
            surroundings.Error.Write("\r" + shown.PadRight(surroundings.Width - 1));
            _open = true;
        }
        else if (!string.Equals(step, _lastStep, StringComparison.Ordinal)) surroundings.Error.WriteLine($"… {step}");

        _lastStep = step;
    }

    // Progress<T> posts to a thread pool and may speak after the end; this speaks at once, in the caller's thread.
    private sealed class Immediate<T>(Action<T> show) : IProgress<T>
    {
        public void Report(T value) => show(value);
    }
}
