using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>How the cells of cycler columns are read.</summary>
internal static class CyclerCell
{
    private static readonly string[] s_discharge = ["dchg", "discharge", "disch", "dchrg", "d", "dis", "cc dchg", "ccd"];
    private static readonly string[] s_charge = ["chg", "charge", "chrg", "c", "ccc", "cccv"];
    private static readonly string[] s_rest = ["rest", "r", "ocv", "idle", "pause", "p", "suspend", "s", "o", "i", "stop", "end", "ocp"];

    /// <summary>The parser that a column needs; what is not needed is not read.</summary>
    public static CellParser ParserOf(CyclerColumn column) => column.Role switch
    {
        CyclerRole.Other => Skip,
        CyclerRole.State => State,
        CyclerRole.TestTime or CyclerRole.StepTime => Clock,
        _ => NumberText.TryParse,
    };

    private static bool Skip(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        value = double.NaN;
        return true;
    }

    /// <summary>"CC Chg", "CCCV DChg", "C", "D", "Rest": +1, -1, 0; what is none of them is not known.</summary>
    public static bool State(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        value = double.NaN;
        string word = text.ToString().ToLowerInvariant().Replace('_', ' ');
        if (s_discharge.Contains(word, StringComparer.Ordinal) || word.Contains("dchg", StringComparison.Ordinal) || word.Contains("discharge", StringComparison.Ordinal)) value = -1;
        else if (s_charge.Contains(word, StringComparer.Ordinal) || word.Contains("chg", StringComparison.Ordinal) || word.Contains("charge", StringComparison.Ordinal)) value = 1;
        else if (s_rest.Contains(word, StringComparer.Ordinal)) value = 0;
        // A state that is none of these (a pulse, a message) says nothing about the sign of the current.
        return true;
    }

    /// <summary>Seconds, or "hh:mm:ss.fff" with days before it ("2d 03:04:05", "2 03:04:05", "2.03:04:05").</summary>
    public static bool Clock(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        if (NumberText.TryParse(text, decimalComma, out value)) return true;
        if (text.Length > 40) return false;
        int colon = text.IndexOf(':');
        if (colon < 1) return false;
        double days = 0;
        int start = colon;
        while (start > 0 && char.IsAsciiDigit(text[start - 1])) start--;
        ReadOnlySpan<char> before = text[..start].TrimEnd([' ', 'd', 'D', '.', '-', 'T']);
        if (before.Length > 0 && !NumberText.TryParse(before, false, out days)) return false;
        double total = 0;
        int parts = 0;
        ReadOnlySpan<char> rest = text[start..];
        while (true)
        {
            int end = rest.IndexOf(':');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            if (++parts > 3 || part.Length == 0 || !char.IsAsciiDigit(part[0]) || !NumberText.TryParse(part, part.Contains(','), out double number)) return false;
            total = (total * 60) + number;
            if (end < 0) break;
            rest = rest[(end + 1)..];
        }

        if (parts == 2) total *= 60;
        value = (days * 86400) + total;
        return parts >= 2 && days >= 0;
    }
}
