using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Isobar.Impedance;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>Measurements as the text of run events: JSON in SI units, stable names.</summary>
public static class MeasurementText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a measurement.</summary>
    public static string Write(CellMeasurement measurement)
    {
        ThicknessDocument? thickness = measurement.Thickness is { } known
            ? new ThicknessDocument(known.Value.Metres, known.StandardUncertainty.Metres)
            : null;
        SweepDocument? sweep = measurement.Sweep is { } taken
            ? new SweepDocument([.. taken.Hertz], [.. taken.OhmSquareMetres.Select(z => z.Real)], [.. taken.OhmSquareMetres.Select(z => z.Imaginary)])
            : null;
        return JsonSerializer.Serialize(new MeasurementDocument(measurement.StepName, thickness, sweep), s_options);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">The text is not a measurement.</exception>
    public static CellMeasurement Read(string text)
    {
        MeasurementDocument document;
        try
        {
            document = JsonSerializer.Deserialize<MeasurementDocument>(text, s_options) ?? throw new FormatException("the measurement of a run event is empty");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the measurement of a run event is not readable: {exception.Message}", exception);
        }

        return new CellMeasurement(
            document.Step,
            document.Thickness is { } thickness ? new Estimate<Length>(new Length(thickness.Metres), new Length(thickness.StandardUncertainty)) : null,
            document.Sweep is { } sweep
                ? new ArealSpectrum([.. sweep.Hertz], [.. sweep.Real.Zip(sweep.Imaginary, (real, imaginary) => new Complex(real, imaginary))])
                : null);
    }

    /// <summary>All measurements of a run, in order.</summary>
    public static ImmutableArray<CellMeasurement> Of(RunRecord run) =>
        [.. run.Events.Where(happened => happened.Kind == RunEventKind.Measured).Select(happened => Read(happened.Text))];

    private sealed record MeasurementDocument(string Step, ThicknessDocument? Thickness, SweepDocument? Sweep);

    private sealed record ThicknessDocument(double Metres, double StandardUncertainty);

    private sealed record SweepDocument(double[] Hertz, double[] Real, double[] Imaginary);
}
