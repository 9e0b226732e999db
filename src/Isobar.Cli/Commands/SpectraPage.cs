using System.Globalization;
using System.Numerics;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar spectra</c> found, for people.</summary>
internal static class SpectraPage
{
    public static void Write(IAnsiConsole page, IReadOnlyList<ReadSpectra> read)
    {
        bool first = true;
        foreach (ReadSpectra each in read)
        {
            if (each.File is not { } file) continue;
            if (!first) page.WriteLine();
            first = false;
            WriteFile(page, each.Name, file);
        }
    }

    private static void WriteFile(IAnsiConsole page, string name, SpectrumFile file)
    {
        page.MarkupLineInterpolated($"[bold]{name}[/]: {file.Format}");
        foreach (string line in file.Dialect) Prose.Write(page, "  " + line, 4);
        foreach (FileFact fact in file.Facts) Prose.Write(page, $"  {fact.Name}: {Printable(fact.Text)}", 4);
        page.WriteLine();
        bool pressures = file.Sweeps.Any(sweep => sweep.Spectrum.StackPressure is not null);
        var sweeps = new Listing([.. (string[])["sweep", "points", "from", "to", "|Z| from", "to", "at line"], .. pressures ? (string[])["pressure"] : []]);
        foreach ((int index, SpectrumSweep sweep) in file.Sweeps.Index())
        {
            var spectrum = sweep.Spectrum;
            double low = spectrum.Ohms.Min(Complex.Abs), high = spectrum.Ohms.Max(Complex.Abs);
            sweeps.Add(
            [
                $"#{index + 1}", spectrum.Count.ToString(CultureInfo.InvariantCulture), Scaled(spectrum.Hertz[0], "Hz"), Scaled(spectrum.Hertz[^1], "Hz"), Scaled(low, "Ω"), Scaled(high, "Ω"),
                sweep.FirstLine.ToString(CultureInfo.InvariantCulture), .. pressures ? (string[])[spectrum.StackPressure?.Value.ToString() ?? ""] : [],
            ]);
        }

        sweeps.Write(page);
        foreach (string note in file.Notes) PlanPage.Note(page, "note", note);
    }

    /// <summary>"7 MHz", "12.6 mHz", "534 Ω".</summary>
    public static string Scaled(double value, string unit)
    {
        (double factor, string prefix) = Math.Abs(value) switch
        {
            >= 0.9995e9 => (1e9, "G"),
            >= 0.9995e6 => (1e6, "M"),
            >= 0.9995e3 => (1e3, "k"),
            >= 0.9995 or 0 => (1, ""),
            >= 0.9995e-3 => (1e-3, "m"),
            >= 0.9995e-6 => (1e-6, "µ"),
            _ => (1e-9, "n"),
        };
        return $"{Quantity.Number(value / factor, 3)} {prefix}{unit}";
    }

    private static string Printable(string text) => new([.. text.Where(c => !char.IsControl(c))]);
}
