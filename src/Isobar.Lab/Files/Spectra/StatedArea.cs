using System.Globalization;

namespace Isobar.Lab.Files.Spectra;

/// <summary>The electrode area that a file states. The preset of an instrument's program says nothing of the sample, and is told, not used.</summary>
internal static class StatedArea
{
    public static void Take(SpectrumDraft draft, double squareCentimetres, double preset)
    {
        if (draft.AreaM2 is not null || squareCentimetres is not (> 0 and < 1e6)) return;
        string number = squareCentimetres.ToString("G6", CultureInfo.InvariantCulture);
        bool isPreset = squareCentimetres.Equals(preset);
        draft.Fact("electrode area", isPreset ? $"{number} cm², the preset of the instrument's program: not used" : $"{number} cm²");
        if (!isPreset) draft.AreaM2 = squareCentimetres * 1e-4;
    }
}
