using System.Globalization;
using System.Text;

namespace Isobar.Lab.Files.Tables;

/// <summary>Names of columns in one spelling.</summary>
internal static class HeadingText
{
    // What UTF-8 becomes when a program takes it for the code page of Western Windows and writes it as UTF-8 again.
    private static readonly (string Twice, string Once)[] s_encodedTwice =
        [("Î©", "Ω"), ("â„¦", "Ω"), ("Â°", "°"), ("Âµ", "µ"), ("Î¼", "µ"), ("Â²", "²"), ("Â·", "·"), ("Î¸", "θ"), ("Ï†", "φ"), ("Ï‰", "ω")];

    /// <summary>Primes, dashes and units of any spelling in one; quotes and "Data:" of exports do not belong to the name.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            tidy.Append(c switch
            {
                '′' or '’' or '‘' or '´' or '`' or 'ʹ' => "'",
                '″' or '”' or '“' or '"' or 'ʺ' => "''",
                '−' or '–' or '—' => "-",
                'Ω' => "Ω",
                'μ' => "µ",
                '\u00a0' or '\u202f' or '\t' => " ",
                _ => c.ToString(CultureInfo.InvariantCulture),
            });
        }

        string name = tidy.ToString().Trim();
        foreach ((string twice, string once) in s_encodedTwice) name = name.Replace(twice, once, StringComparison.Ordinal);
        if (name.StartsWith("Data:", StringComparison.OrdinalIgnoreCase)) name = name[5..].Trim();
        return name.TrimStart('#').Trim();
    }

    /// <summary>A name without blanks, dots, colons and underscores, in small letters.</summary>
    public static string Bare(string name)
    {
        var bare = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c is not (' ' or '_' or '.' or ':')) bare.Append(char.ToLowerInvariant(c));
        }

        return bare.ToString();
    }
}
