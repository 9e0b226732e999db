using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Isobar.Electrochemistry.Cycling;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Files.Surfaces;
using Isobar.Quantities;

namespace Isobar.Fuzz;

/// <summary>Every reader of files that a person may be sent, and the parser of circuits.</summary>
internal static class FuzzTargets
{
    private static readonly double[] s_hertz = [1e6, 1e3, 1, 1e-2];

    private static readonly CellTableRequest[] s_requests = [new(), new() { DecimalComma = true }, new() { Measure = "resistance_ohm", By = ["batch"], FindPressure = false }, new() { NamesCells = false, Die = new Length(0.01) }];

    /// <summary>All of them; <c>spectra</c> and <c>cycling</c> find the format themselves, those behind a colon are told it.</summary>
    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("circuit", "circuits", Circuits),
        new("spectra", "spectra", bytes => Spectra(bytes, null)),
        .. SpectrumFiles.FormatNames.Select(name => new FuzzTarget("spectra:" + Plain(name), "spectra", bytes => Spectra(bytes, name))),
        new("cycling", "cycling", bytes => Cycling(bytes, null)),
        .. CyclerFiles.FormatNames.Select(name => new FuzzTarget("cycling:" + Plain(name), "cycling", bytes => Cycling(bytes, name))),
        new("cells", "cells", Cells),
        new("pellets", "pellets", bytes => PelletFile.Parse(Text(bytes), "input", new PelletFileContext(new MassDensity(1860)))),
        new("cell", "cell", bytes => CellFile.Parse(Text(bytes), "input", BuiltInMaterials.Library)),
        new("protocol", "protocol", Protocols),
        new("material", "material", bytes => MaterialFile.Parse(Text(bytes), "input")),
        new("parameters", "parameters", bytes => ParameterFile.Parse(Text(bytes), "input")),
        new("press", "press", bytes => PressFile.ParseAny(Text(bytes), "input")),
        new("surface", "surface", bytes => SurfaceFile.Read(bytes, "input.txt", new SurfaceFileContext { HeightUnit = new Length(1e-6), Pitch = new Length(1e-6), Missing = MissingChoice.Fill })),
    ];

    private static string Plain(string name) => name.ToLowerInvariant().Replace(' ', '-');

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    // A circuit that was read can be written and read back, and has an impedance.
    private static void Circuits(byte[] bytes)
    {
        var circuit = Circuit.Parse(Text(bytes));
        string written = circuit.ToString(), withValues = circuit.ToStringWithValues();
        if (Circuit.Parse(written).ToString() != written) throw new FuzzException($"'{written}' is read back as another circuit");
        if (!Circuit.Parse(withValues).Parameters.Select(parameter => parameter.Name).SequenceEqual(circuit.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal)) throw new FuzzException($"'{withValues}' is read back as another circuit");
        if (circuit.Impedance(s_hertz).Length != s_hertz.Length) throw new FuzzException($"'{written}' has no impedance");
    }

    private static void Spectra(byte[] bytes, string? format)
    {
        SpectrumFile file = SpectrumFiles.Parse(bytes, "input", new SpectrumFileOptions { Format = format });
        if (file.Sweeps.IsEmpty) throw new FuzzException("a file was read that has no sweep");
        foreach (Spectrum spectrum in file.Spectra)
        {
            if (!(spectrum.Hertz[^1] > 0) || !spectrum.Ohms.All(Complex.IsFinite)) throw new FuzzException("a point was read that is no impedance at a frequency");
        }
    }

    private static void Cycling(byte[] bytes, string? format)
    {
        CyclerFile file = CyclerFiles.Parse(bytes, "input", new CyclerFileOptions { Format = format });
        _ = CyclingAnalysis.Of(file.Series);
    }

    private static void Cells(byte[] bytes)
    {
        // The first byte also says what is asked of the table, so that all of the reader is reached.
        using var stream = new MemoryStream(bytes);
        CellTable table = CellTableFile.Read(stream, "input.csv", s_requests[bytes.Length == 0 ? 0 : bytes[^1] % s_requests.Length]);
        if (table.Values.Count != table.Ids.Length) throw new FuzzException("a table of cells was read with more names than numbers, or fewer");
    }

    // What was read can be written, and is then read back as the same.
    private static void Protocols(byte[] bytes)
    {
        string written = ProtocolFile.ToText(ProtocolFile.Parse(Text(bytes), "input"));
        if (ProtocolFile.ToText(ProtocolFile.Parse(written, "written")) != written) throw new FuzzException($"a protocol is read back as another:\n{written}");
    }
}
