namespace Isobar.Lab.Files.Spectra;

/// <summary>Headings of logarithms: "log(f/Hz)", "log10 |Z| (Ohm)", "lg(Frequency)", "LOGF", "ln(f)".</summary>
internal static class LogarithmText
{
    private static readonly (string Prefix, double Base)[] s_prefixes = [("log10", 10), ("log_10", 10), ("log", 10), ("lg", 10), ("ln", Math.E)];

    /// <summary>Takes the logarithm off a heading and gives what it is of, with its unit.</summary>
    public static bool TryTake(string heading, out string inner, out double logarithm)
    {
        (inner, logarithm) = ("", 0);
        foreach ((string prefix, double number) in s_prefixes)
        {
            if (!heading.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            string rest = heading[prefix.Length..].TrimStart(' ', '_');
            if (rest.Length == 0) return false;
            logarithm = number;
            inner = rest[0] is '(' or '[' ? Inside(rest) : rest;
            return inner.Length > 0;
        }

        return false;
    }

    // "(f/Hz)" and "(f) (Hz)": what stands in the first bracket, and what follows it.
    private static string Inside(string rest)
    {
        int depth = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] is '(' or '[') depth++;
            if (rest[i] is ')' or ']' && --depth == 0) return (rest[1..i] + rest[(i + 1)..]).Trim();
        }

        return "";
    }
}
