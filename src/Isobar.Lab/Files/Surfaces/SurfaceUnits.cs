using Isobar.Quantities;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>Units of length as instruments write them.</summary>
internal static class SurfaceUnits
{
    /// <summary>One of the unit in metres; null where the file leaves it empty.</summary>
    public static double? Metres(string text, SurfaceBytes source, long offset)
    {
        string trimmed = text.Trim().Trim('[', ']', '(', ')');
        if (trimmed.Length == 0) return null;
        return Find(trimmed) ?? throw source.ErrorAt(offset, $"the unit is '{trimmed}'", "a unit of length: " + Length.Dimension.UnitList(), "give a map of heights, or export it with lengths");
    }

    /// <summary>One of the unit in metres; null when it is no unit of length.</summary>
    public static double? Find(string text)
    {
        if (text is "pm") return 1e-12;
        if (text is "Å" or "A" or "Angstrom" or "angstrom") return 1e-10;
        return Length.Dimension.Find(text)?.ToSi;
    }
}
