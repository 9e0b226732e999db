using System.Globalization;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// When a sweep began, from the start that a file states. Instruments write the date as the computer was set, so only dates that can be read in one way count: the year first, a
/// month by name, or a day above twelve. Others stay words.
/// </summary>
internal static class SweepClock
{
    private const string Label = "started";

    // Time of day follows in all of them; instruments state no zone, so the offset is zero.
    private static readonly string[] s_certain = ["yyyy-M-d", "yyyy.M.d", "yyyy/M/d", "MMM d yyyy", "MMMM d yyyy", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy"];
    private static readonly string[] s_dayFirst = ["d/M/yyyy", "d-M-yyyy"], s_monthFirst = ["M/d/yyyy", "M-d-yyyy"];
    private static readonly string[] s_dotted = ["d.M.yyyy"];
    private static readonly string[] s_times = ["H:m:s", "H:m:s.FFFFFFF", "H:m", "h:m:s tt", "h:m tt"];

    /// <summary>The start of the file, and of a later sweep the seconds on its clock after it; null where the file does not say, or not in one way.</summary>
    public static DateTimeOffset? Began(SpectrumDraft draft, double seconds, bool isFirst)
    {
        if (draft.Facts.FirstOrDefault(fact => fact.Name == Label) is not { } fact || Start(fact.Text) is not { } start) return null;
        if (double.IsFinite(seconds) && Math.Abs(seconds) < TimeSpan.FromDays(3650).TotalSeconds) return start.AddSeconds(seconds);
        return isFirst ? start : null;
    }

    /// <summary>A date and time of day that can be read in one way.</summary>
    public static DateTimeOffset? Start(string text)
    {
        string plain = string.Join(' ', text.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // "2024-03-14T12:33:17".
        if (plain.Length > 10 && plain[10] == 'T') plain = plain[..10] + " " + plain[11..];
        int dot = plain.IndexOf('.', StringComparison.Ordinal);
        // "Nov. 23 2024".
        if (dot is > 2 and < 5 && char.IsLetter(plain[dot - 1])) plain = plain.Remove(dot, 1);
        if (Parsed(plain, s_certain) is { } certain) return certain;
        if (Parsed(plain, s_dotted) is { } dotted) return dotted;
        DateTimeOffset? dayFirst = Parsed(plain, s_dayFirst), monthFirst = Parsed(plain, s_monthFirst);
        // Both readings are dates, and differ: nobody can know.
        return dayFirst is null ? monthFirst : monthFirst is null || monthFirst == dayFirst ? dayFirst : null;
    }

    private static DateTimeOffset? Parsed(string text, string[] dates)
    {
        foreach (string date in dates)
        {
            foreach (string time in s_times)
            {
                if (DateTime.TryParseExact(text, date + " " + time, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime read)) return new DateTimeOffset(read, TimeSpan.Zero);
            }
        }

        return null;
    }
}
