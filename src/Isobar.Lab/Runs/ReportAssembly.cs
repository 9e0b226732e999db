using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Reports;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>Puts together what a report shows.</summary>
public static class ReportAssembly
{
    /// <summary>The report of a plan; a run adds to it.</summary>
    public static ReportInput Of(Plan plan, string version) => new(
        plan,
        [.. plan.Layers.Select(layer => new LayerView(layer.Layer.Name, layer.Layer.Role, layer.Poured, layer.Finished, layer.RelativeDensity, layer.Layer.Mass))],
        plan.Cell.Press.Name,
        Simulated: false,
        version)
    {
        Spectrum = plan.Spectrum is { } forecast ? new SpectrumView(forecast.Hertz, [], forecast.Low90, forecast.High90) : null,
    };

    /// <summary>The report of a run without a plan, on a simulated press unless it is said otherwise.</summary>
    /// <param name="run">What was done.</param>
    /// <param name="cell">The cell, when it was described.</param>
    /// <param name="pressName">The press that did it.</param>
    /// <param name="version">Version of the software.</param>
    public static ReportInput Of(RunRecord run, Cell? cell, string pressName, string version) => new(null, [], pressName, Simulated: true, version)
    {
        Cell = cell,
        Run = run,
        Spectrum = Spectrum(null, run),
    };

    /// <summary>The last sweep of a run over the band of the plan; null when there is neither.</summary>
    public static SpectrumView? Spectrum(Plan? plan, RunRecord run)
    {
        Impedance.ArealSpectrum? measured = MeasurementText.Of(run).LastOrDefault(measurement => measurement.Sweep is not null)?.Sweep;
        if (measured is null) return plan?.Spectrum is { } only ? new SpectrumView(only.Hertz, [], only.Low90, only.High90) : null;
        return plan?.Spectrum is { } forecast && forecast.Hertz.SequenceEqual(measured.Hertz)
            ? new SpectrumView(measured.Hertz, measured.OhmSquareMetres, forecast.Low90, forecast.High90)
            : new SpectrumView(measured.Hertz, measured.OhmSquareMetres, [], []);
    }

    /// <summary>The report as one HTML page.</summary>
    public static string Html(ReportInput input)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RunReport.Write(input, writer);
        return writer.ToString();
    }
}
