using System.Collections.Immutable;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Files;

/// <summary>Which columns of a table of cells are meant.</summary>
public sealed record CellTableRequest
{
    /// <summary>Column that was measured; null for the only column of a resistance, an areal resistance or a conductivity.</summary>
    public string? Measure { get; init; }

    /// <summary>Columns that group the cells, an inner one written <c>batch/cask</c>; default for those of batch, operator, press, lab that the table has.</summary>
    public ImmutableArray<string> By { get; init; }

    /// <summary>Column of the pressure; null for the only column in a unit of pressure.</summary>
    public string? Pressure { get; init; }

    /// <summary>Whether a pressure is looked for when none is named.</summary>
    public bool FindPressure { get; init; } = true;

    /// <summary>Whether a column of cell names must name each cell once; without it cells are called by their rows.</summary>
    public bool NamesCells { get; init; } = true;

    /// <summary>Inner diameter of the die, for loads in tons or kN.</summary>
    public Length? Die { get; init; }

    /// <summary>Whether numbers are written with a decimal comma.</summary>
    public bool DecimalComma { get; init; }
}

/// <summary>The cells of a table, ready to be checked.</summary>
/// <param name="Measure">Name of what was measured.</param>
/// <param name="Unit">Its unit as it is typeset; empty for a plain number.</param>
/// <param name="Values">The numbers in that unit.</param>
/// <param name="Ids">Name of each cell, or its row.</param>
/// <param name="Groupings">How the cells are grouped.</param>
/// <param name="PressureName">Name of the pressure; null when there is none.</param>
/// <param name="PressuresMegapascals">Pressure of each cell; NaN where the field is empty.</param>
/// <param name="Notes">What was assumed, and what is not part of the set.</param>
public sealed record CellTable(
    string Measure,
    string Unit,
    MeasurementSeries Values,
    ImmutableArray<string> Ids,
    ImmutableArray<Grouping> Groupings,
    string? PressureName,
    ImmutableArray<double> PressuresMegapascals,
    ImmutableArray<string> Notes)
{
    /// <summary>What a row is: a cell, or a reading of a cell that is there several times.</summary>
    public string RowName { get; init; } = "cell";

    /// <summary>The set for the check.</summary>
    /// <param name="relativePressureUncertainty">Standard uncertainty of a pressure over the pressure; 0 when not stated.</param>
    public CellSet ToSet(double relativePressureUncertainty = 0) => new(Measure, Unit, Values, Ids)
    {
        Groupings = Groupings,
        PressuresMegapascals = PressureName is null ? [] : PressuresMegapascals,
        PressureName = PressureName ?? "",
        RelativePressureUncertainty = relativePressureUncertainty,
        RowName = RowName,
    };
}
