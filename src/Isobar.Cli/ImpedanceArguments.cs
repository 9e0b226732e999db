using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Impedance.Fitting;
using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Reports;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>What fit, kk and drt share: reading the sweeps of all files, choosing some, drawing several figures beside each other.</summary>
internal sealed class ImpedanceArguments
{
    private readonly SpectrumArguments _spectra = new();
    private readonly Option<int?> _sweep = new("--sweep") { Description = "Take only this sweep of each file (default: all)", HelpName = "1" };
    private readonly Option<double?> _from = new("--from") { Description = "Leave out points above this frequency in Hz", HelpName = "1e6" };
    private readonly Option<double?> _to = new("--to") { Description = "Leave out points below this frequency in Hz", HelpName = "0.1" };

    public Argument<string[]> Files => _spectra.Files;

    public IEnumerable<Option> Options => _spectra.Options.Concat([_sweep, _from, _to]);

    /// <summary>The sweeps of all files, with what the reading must tell.</summary>
    public (ImmutableArray<Spectrum> Sweeps, ImmutableArray<string> Notes) Read(ParseResult parse, Surroundings surroundings)
    {
        SpectrumFileOptions options = _spectra.OptionsOf(parse);
        var sweeps = ImmutableArray.CreateBuilder<Spectrum>();
        var notes = ImmutableArray.CreateBuilder<string>();
        int? chosen = parse.GetValue(_sweep);
        foreach (string name in parse.GetRequiredValue(_spectra.Files))
        {
            SpectrumFile file = SpectrumFiles.Read(surroundings.PathOf(name), options);
            notes.AddRange(file.Notes.Select(note => $"{name}: {note}"));
            Spectrum[] inFile = [.. file.Spectra];
            if (chosen is { } number && (number < 1 || number > inFile.Length)) throw new Failure($"{name} has {inFile.Length} sweeps", $"a sweep from 1 to {inFile.Length}", "correct --sweep; isobar spectra lists them", "option --sweep");
            for (int i = 0; i < inFile.Length; i++)
            {
                if (chosen is { } only && i != only - 1) continue;
                string called = Path.GetFileNameWithoutExtension(name) + (inFile.Length > 1 ? $" #{i + 1}" : "");
                sweeps.Add(Cut(inFile[i] with { Name = called }, parse.GetValue(_from), parse.GetValue(_to)));
            }
        }

        return (sweeps.ToImmutable(), notes.ToImmutable());
    }

    /// <summary>Writes figures: the first into the file named, the others beside it with their name behind.</summary>
    public static ImmutableArray<string> Draw(string? plot, Surroundings surroundings, params IEnumerable<(string Suffix, Figure Figure)> figures)
    {
        if (plot is null) return [];
        string path = surroundings.PathOf(plot), extension = Path.GetExtension(path);
        var written = ImmutableArray.CreateBuilder<string>();
        foreach ((string suffix, Figure figure) in figures)
        {
            string file = Path.ChangeExtension(path, null) + suffix + extension;
            FigureFile.Write(file, plot, figure);
            written.Add(file);
        }

        return written.ToImmutable();
    }

    /// <summary>Weighting by its name.</summary>
    public static FitWeighting Weighting(string? name) => name switch
    {
        null or "modulus" => FitWeighting.Modulus,
        "parts" => FitWeighting.Parts,
        "unit" => FitWeighting.Unit,
        _ => throw new Failure($"'{name}' is not a weighting", "modulus, parts or unit", "leave it out for the modulus, which is right for most instruments", "option --weighting"),
    };

    /// <summary>Pressures for the sweeps in their order, from one list.</summary>
    public static ImmutableArray<Spectrum> WithPressures(ImmutableArray<Spectrum> sweeps, string? pressures)
    {
        if (pressures is null) return sweeps;
        if (OfGauge(pressures) is { } megapascals)
        {
            throw new Failure(
                $"'{pressures}' is in the unit of a gauge: the pressure of oil is not that on the sample", "MPa on the sample",
                $"if these are pressures on the sample write --pressures {megapascals}; if they are of a gauge, convert them first: isobar convert --help", "option --pressures");
        }

        ImmutableArray<SamplePressure> list = PelletArguments.Pressures(pressures, "--pressures");
        if (list.Length != sweeps.Length) throw new Failure($"{list.Length} pressures are given for {sweeps.Length} sweeps", "one pressure for each sweep, in their order", "correct --pressures; isobar spectra lists the sweeps", "option --pressures");
        return [.. sweeps.Select((sweep, i) => sweep with { StackPressure = new Estimate<SamplePressure>(list[i], default) })];
    }

    // The list in MPa where it was given in bar or psi; null where it was not.
    private static string? OfGauge(string pressures)
    {
        string[] parts = pressures.Split(',', StringSplitOptions.TrimEntries);
        int digits = parts[^1].Length - parts[^1].TrimStart("0123456789.+-".ToCharArray()).Length;
        string unit = parts[^1][digits..].Trim();
        if (unit.Length == 0 || SamplePressure.Dimension.Find(unit) is not null || OilPressure.Dimension.Find(unit) is not { } known) return null;
        var list = new List<string>();
        foreach (string part in parts)
        {
            string number = part.EndsWith(unit, StringComparison.Ordinal) ? part[..^unit.Length] : part;
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return null;
            list.Add(Quantity.Number(value * known.ToSi / 1e6, 4));
        }

        return string.Join(',', list) + "MPa";
    }

    private static Spectrum Cut(Spectrum spectrum, double? from, double? to)
    {
        if (from is null && to is null) return spectrum;
        Spectrum cut = spectrum.LeavingOut(point => point.Hertz > (from ?? double.PositiveInfinity) || point.Hertz < (to ?? 0));
        return cut.Points.Any(point => !point.LeftOut) ? cut : throw new Failure($"no point of {spectrum.Name} lies between the two frequencies", "--from above --to, in Hz, and points between", "correct them; isobar spectra shows the range", "option --from");
    }
}
