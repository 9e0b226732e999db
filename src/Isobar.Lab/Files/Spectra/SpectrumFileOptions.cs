using Isobar.Quantities;

namespace Isobar.Lab.Files.Spectra;

/// <summary>What a person knows better than the file. Nothing of it is needed for a file that says what its columns are.</summary>
public sealed record SpectrumFileOptions
{
    /// <summary>Nothing is said.</summary>
    public static SpectrumFileOptions None { get; } = new();

    /// <summary>The format, one of <see cref="SpectrumFiles.FormatNames"/>; null to find it.</summary>
    public string? Format { get; init; }

    /// <summary>Unit of the impedances, for example "ohm", "kohm" or "ohm cm2"; null for what the file says, ohm where it does not.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether frequencies are angular, in rad/s; null for what the file says, Hz where it does not.</summary>
    public bool? Angular { get; init; }

    /// <summary>Whether the column of imaginary parts (or phases) holds them with the sign turned, so that capacitive is positive; null for what the file says.</summary>
    public bool? NegativeImaginary { get; init; }

    /// <summary>Heading of the column that holds the pressure on the sample, where its name does not say so; null to find it by its name. Without a unit in the heading it is in MPa.</summary>
    public string? PressureColumn { get; init; }

    /// <summary>Electrode area; it stands above that of the file.</summary>
    public Estimate<Area>? Area { get; init; }
}
