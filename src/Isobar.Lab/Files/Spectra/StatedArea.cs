using System.Globalization;

namespace Isobar.Lab.Files.Spectra;

/// <summary>The electrode area that a file states. The preset of an instrument's program says nothing of the sample, and is told, not used.</summary>
internal static class StatedArea
{
    public static void Take(SpectrumDraft draft, double squareCentimetres, double preset)
    {
        if (draft.AreaM2 is not null || squareCentimetres is not (> 0 and < 1e6)) return;
        string number = squareCentimetres.ToString("G6", CultureInfo.InvariantCulture);
        draft.Fact("electrode area", number + " cm²");
        if (squareCentimetres.Equals(preset)) draft.Notes.Add($"the file states an electrode area of {number} cm², the preset of the instrument's program: not used (--area gives the real one)");
        else draft.AreaM2 = squareCentimetres * 1e-4;
    }
}
