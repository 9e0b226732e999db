namespace Isobar.Lab.Files.Tables;

/// <summary>Parts a heading into name and unit.</summary>
internal static class HeadingUnit
{
    private static readonly string[] s_open = ["(", "[", "{", "<"];

    /// <summary>
    /// Takes the unit off a heading: behind a slash, in brackets, or as the last words. What is not a unit stays part of the name, so that
    /// "Re(Z)" keeps its bracket.
    /// </summary>
    public static (string Name, string? Unit) SplitOff(string heading, Func<string, bool> isUnit)
    {
        // "Z'/Ohm" and "omega/rad/s": the first slash behind which a unit stands.
        for (int slash = heading.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = heading.IndexOf('/', slash + 1))
        {
            string unit = heading[(slash + 1)..].Trim().Trim('(', ')', '[', ']');
            string name = heading[..slash];
            if (isUnit(unit) && name.Count(c => c == '(') == name.Count(c => c == ')') && name.Count(c => c == '[') == name.Count(c => c == ']')) return (name.Trim(), unit);
        }

        string trimmed = heading.TrimEnd();
        if (trimmed.Length > 2 && trimmed[^1] is ')' or ']' or '}' or '>')
        {
            int open = s_open.Max(bracket => trimmed.LastIndexOf(bracket, StringComparison.Ordinal));
            if (open > 0 && isUnit(trimmed[(open + 1)..^1].Trim())) return (trimmed[..open].Trim(' ', '_'), trimmed[(open + 1)..^1].Trim());
        }

        // "freq_Hz", "Zre_ohm_cm2", "Z' kOhm cm2": the longest tail that is a unit.
        for (int at = trimmed.IndexOfAny([' ', '_']); at > 0; at = trimmed.IndexOfAny([' ', '_'], at + 1))
        {
            string unit = trimmed[(at + 1)..].Trim(' ', '_').Replace('_', ' ');
            if (isUnit(unit)) return (trimmed[..at].Trim(' ', '_', ','), unit);
        }

        return (heading, null);
    }

    /// <summary>What stands in the last bracket of a heading, or behind its last slash, whether it is a unit or not; null when neither is there.</summary>
    public static string? Stated(string heading)
    {
        string trimmed = heading.TrimEnd();
        if (trimmed.Length > 2 && trimmed[^1] is ')' or ']' or '}' or '>')
        {
            int open = s_open.Max(bracket => trimmed.LastIndexOf(bracket, StringComparison.Ordinal));
            if (open > 0) return trimmed[(open + 1)..^1].Trim();
        }

        int slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < trimmed.Length - 1 ? trimmed[(slash + 1)..].Trim() : null;
    }

    /// <summary>Takes a unit off that was lost on the way, "Z' (?)", where the name in front of it is known.</summary>
    public static string WithoutLostUnit(string heading, Func<string, bool> isKnown)
    {
        string name = heading.TrimEnd(' ', ')', ']').TrimEnd('?', '\uFFFD', ' ').TrimEnd('(', '[', '/', ' ');
        return name.Length > 0 && heading.AsSpan(name.Length).ContainsAny('?', '\uFFFD') && isKnown(name) ? name : heading;
    }
}
