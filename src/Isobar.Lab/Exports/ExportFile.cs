namespace Isobar.Lab.Exports;

/// <summary>In what form a run leaves the laboratory.</summary>
public enum ExportFormat
{
    /// <summary>Trace, steps and events as tables, with their description in the form of W3C CSVW.</summary>
    Csv,

    /// <summary>The trace as Apache Parquet, the rest in its metadata.</summary>
    Parquet,

    /// <summary>Battery Data Format, for a cell that was cycled.</summary>
    Bdf,

    /// <summary>An archive for electronic laboratory notebooks: RO-Crate in a zip, everything in it.</summary>
    Eln,

    /// <summary>BattINFO records of test, cell, data and press.</summary>
    BattInfo,
}

/// <summary>A file of an export: its name without a folder, and its bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What it holds; the same for the same run and version, whenever it is made.</param>
public sealed record ExportFile(string Name, byte[] Bytes);
