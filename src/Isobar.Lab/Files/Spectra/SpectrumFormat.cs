using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>A format of impedance files: how it is known and how its tables are found. One file each; <see cref="SpectrumFiles"/> lists them.</summary>
internal abstract class SpectrumFormat
{
    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the content is of this format. A sure sign, not a guess.</summary>
    public abstract bool Recognises(FileContent content);

    /// <summary>Finds the tables of the file and what it says of itself.</summary>
    public abstract SpectrumDraft Read(FileContent content, SpectrumFileOptions options);
}

/// <summary>What a format found in a file, before the columns are given their meaning.</summary>
internal sealed class SpectrumDraft
{
    /// <summary>The tables that hold sweeps, in the order of the file.</summary>
    public List<SpectrumTable> Tables { get; } = [];

    public List<FileFact> Facts { get; } = [];

    public List<string> Notes { get; } = [];

    public List<string> Dialect { get; } = [];

    /// <summary>Electrode area that the file states, m²; null when it states none or only the instrument's preset.</summary>
    public double? AreaM2 { get; set; }

    /// <summary>A sweep may turn at an end of the range and come back, as instruments do that start in the middle.</summary>
    public bool TurnsWithinSweep { get; set; }

    public void Fact(string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) Facts.Add(new FileFact(name, text.Trim()));
    }
}

/// <summary>A table of a spectrum file with the meaning of its columns.</summary>
/// <param name="Table">The numbers.</param>
/// <param name="Columns">What each column of the table is.</param>
internal sealed record SpectrumTable(NumberTable Table, IReadOnlyList<ImpedanceColumn> Columns)
{
    /// <summary>Names of the sweeps, to which the numbers of the sweep column refer; null where that column holds numbers.</summary>
    public IReadOnlyList<string>? SweepNames { get; init; }

    /// <summary>Whether the format itself fixes units that its headings do not state.</summary>
    public bool UnitsAreKnown { get; init; }

    /// <summary>Whether a column of imaginary parts (or phases) without a stated sign may be turned by what the numbers show.</summary>
    public bool SignIsOpen { get; init; }
}
