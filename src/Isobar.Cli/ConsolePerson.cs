using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Hand;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>The person at the keyboard: confirms prompts, types readings and results. Questions go to the error stream, answers come from the input.</summary>
internal sealed class ConsolePerson(PressInstrument press, Area die, Surroundings surroundings) : IHandPerson, IOperator, IMeasurer, IHandGuide
{
    private static readonly Length s_thicknessUncertainty = new(5e-6);
    private double _shown = double.NaN;
    private Task<string?>? _line;

    public async Task<Reply> ConfirmAsync(PromptRequest request, CancellationToken cancellation)
    {
        Say($"{request.Text} Then press Enter.");
        return new Reply(await LineAsync(cancellation) is { Length: > 0 } words ? words : "confirmed", new Duration(0));
    }

    public async Task<HandAnswer> AskAsync(HandQuestion question, CancellationToken cancellation)
    {
        Say($"{question.StepName}: {question.Text}{Target(question)}");
        while (true)
        {
            string line = await LineAsync(cancellation);
            string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (Verb(words[0]) is { } verb)
            {
                if (verb == PressVerb.Unhold && words.Length < 2) Say("say why it is safe to go on: resume and the reason");
                else return new HandAnswer(null, verb, words.Length > 1 ? words[1] : "typed at the press");
            }
            else if (Reading(line) is { } force)
            {
                return HandAnswer.Of(force);
            }
            else
            {
                Say($"'{line}' is no reading; type a number in {Unit}, one with its unit, or hold, resume, stop, abort");
            }
        }
    }

    public async Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation)
    {
        Estimate<Length>? thickness = null;
        Impedance.ArealSpectrum? sweep = null;
        while (request.Quantities.HasFlag(MeasuredQuantities.Thickness) && thickness is null)
        {
            Say($"{request.StepName}: type the thickness, for example '0.52 mm ± 0.005 mm'");
            string line = await LineAsync(cancellation);
            if (Measured.TryParse(line, out Measured<Length> measured, out string error) && measured.Value.Metres > 0) thickness = measured.OrUnstated(s_thicknessUncertainty);
            else Say(error.Length > 0 ? error : $"'{line}' is no thickness");
        }

        while (request.Quantities.HasFlag(MeasuredQuantities.Impedance) && sweep is null)
        {
            Say($"{request.StepName}: take the spectrum and type the name of its file");
            string line = await LineAsync(cancellation);
            try
            {
                Impedance.Spectrum read = SpectrumFiles.Read(surroundings.PathOf(line)).Sweeps[^1].Spectrum;
                sweep = new Impedance.ArealSpectrum(read.Hertz, [.. read.Ohms.Select(ohms => ohms * die.SquareMetres)]);
            }
            catch (IsobarFileException fault)
            {
                Say($"{fault.Found}; {fault.Next}");
            }
        }

        string text = MeasurementText.Write(new CellMeasurement(request.StepName, thickness, sweep));
        return new Reply(text, new Duration(0)) { ResistanceOhmSquareMetres = sweep?.LowFrequencyResistance() ?? double.NaN };
    }

    // The set-point moves twenty times a second; a person is told when it has moved by a step that the gauge shows.
    public void Show(Force wanted, Force present)
    {
        double step = Math.Max(press.Resolution.Newtons, 0.02 * press.Capacity.Newtons);
        if (Math.Abs(wanted.Newtons - _shown) < step) return;
        _shown = wanted.Newtons;
        Say($"go to {InGauge(wanted)}, now {InGauge(present)}");
    }

    public void Release(string why) => Say($"RELEASE: {why}");

    private string Unit => press.Ram is null ? "kN" : "bar of oil";

    private static PressVerb? Verb(string word) => word.ToLowerInvariant() switch
    {
        "hold" => PressVerb.Hold,
        "resume" => PressVerb.Unhold,
        "stop" => PressVerb.Stop,
        "abort" => PressVerb.Abort,
        _ => null,
    };

    /// <summary>A typed reading as a force; a bare number is in the unit of the gauge.</summary>
    internal Force? Reading(string line)
    {
        if (double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return !double.IsFinite(number) || number < 0 ? null : press.Ram is { } ram ? ram.ForceOf(new OilPressure(number * 1e5)) : new Force(number * 1e3);
        if (Quantity.TryParse(line, out Force force, out _)) return force.Newtons >= 0 ? force : null;
        return press.Ram is { } piston && Quantity.TryParse(line, out OilPressure oil, out _) && oil.Pascals >= 0 ? piston.ForceOf(oil) : null;
    }

    private string Target(HandQuestion question)
    {
        string time = question.Time is { Seconds: > 0 } left ? question.Phase == RunPhase.Holding ? $", {Quantity.Format(left, 3)} still to hold" : $", over {Quantity.Format(left, 3)}" : "";
        if (question.Target is not { } target) return time;
        string band = question.Lowest is { } low && question.Highest is { } high && high > low ? $" ({InGauge(low)} to {InGauge(high)})" : "";
        return $": {InGauge(target)}{band}, {Quantity.Format(new SamplePressure(target.Newtons / die.SquareMetres), 3)} on the sample{time}";
    }

    private string InGauge(Force force) => press.Ram is { } ram
        ? Quantity.Number(ram.PressureFor(force).Pascals / 1e5, 4) + " bar"
        : Quantity.Number(force.Kilonewtons, 4) + " kN";

    private void Say(string text) => surroundings.Error.WriteLine(text);

    // A line that is being read cannot be taken back: whoever asks next waits for the same one, unless it was typed for the question before.
    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        if (_line is null or { IsCompleted: true }) _line = Task.Run(surroundings.In.ReadLine, CancellationToken.None);
        string? line = await _line.WaitAsync(cancellation);
        _line = null;
        return line?.Trim() ?? throw new EndOfStreamException("the input ended");
    }
}
