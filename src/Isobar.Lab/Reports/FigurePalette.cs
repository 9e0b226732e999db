using System.Collections.Immutable;

namespace Isobar.Lab.Reports;

/// <summary>
/// The colours of figures and drawings, named by hue. They follow Okabe and Ito's colour-blind safe set, darkened until words
/// in them can be read on white.
/// </summary>
public enum FigureColour
{
    /// <summary>Text and axes.</summary>
    Ink,

    /// <summary>What stands back: set-points, habits, secondary words.</summary>
    Muted,

    /// <summary>First series.</summary>
    Blue,

    /// <summary>Second series.</summary>
    Vermilion,

    /// <summary>Third series; windows and tolerances.</summary>
    Green,

    /// <summary>Fourth series.</summary>
    Purple,
}

/// <summary>What each colour is on light and on dark ground, and the pale surfaces of drawings.</summary>
internal static class FigurePalette
{
    public const string Paper = "#FDFDFC";
    public const string Grid = "#E3E7EB";
    public const string CathodeFill = "#4A5560";
    public const string CathodeParticle = "#222A31";
    public const string ElectrolyteGrain = "#C9B36B";
    public const string SeparatorFill = "#E9DDB4";
    public const string LithiumFill = "#C3CDD6";
    public const string CollectorFill = "#B9814F";
    public const string SteelFill = "#D5DADF";
    public const string WallFill = "#ECEFF2";

    /// <summary>Every colour that a figure or drawing may contain: on light ground, on dark ground.</summary>
    public static ImmutableArray<(string Light, string Dark)> Pairs { get; } =
    [
        ("#1F2933", "#E8ECF0"),
        ("#66727F", "#A3AFBB"),
        ("#0072B2", "#62B6E7"),
        ("#BF4F00", "#F2935C"),
        ("#007A5A", "#45C9A2"),
        ("#8A3F8A", "#D79AD5"),
        (Paper, "#151A1F"),
        (Grid, "#2E363E"),
        (CathodeFill, "#55616C"),
        (CathodeParticle, "#7C8B99"),
        (ElectrolyteGrain, "#B39E5A"),
        (SeparatorFill, "#8F8252"),
        (LithiumFill, "#8B97A2"),
        (CollectorFill, "#9C6B40"),
        (SteelFill, "#3F4851"),
        (WallFill, "#262D34"),
    ];

    /// <summary>The colour on light ground as #RRGGBB.</summary>
    public static string Hex(FigureColour colour) => Pairs[(int)colour].Light;
}
