using System.Collections.Frozen;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>The names that columns of impedance tables have, in one table.</summary>
internal static class ImpedanceNames
{
    private static readonly char[] s_digits = [.. "0123456789"];

    // Compared in small letters, without blanks, dots, underscores and empty brackets.
    private static readonly FrozenDictionary<string, (ImpedanceRole Role, bool Angular)> s_roles = Names(
        (ImpedanceRole.Frequency, false, "f freq frequency frequencies freqhz frequencyhertz frequencyhz nu ν fhz freq# freqs acfrequency measurementfrequency"),
        (ImpedanceRole.Frequency, true, "w ω omega angularfrequency angfreq circularfrequency radialfrequency radfreq"),
        (ImpedanceRole.Real, false, "z' z'(a) zs' zre zreal re(z) rez real(z) realz re real realpart zr z're realimpedance impedancereal realz' re{z} re[z] z'real zreal(z') z1 zdash zprime z(re) z(real) realpartofimpedance impedance(real) impedancere realpart(z) realpartz"),
        (ImpedanceRole.Imaginary, false, "z'' z''(b) zs'' zim zimg zimag im(z) imz imag(z) imagz img(z) im imag img imaginary imagpart imaginarypart zi imaginaryimpedance imagimpedance impedanceimaginary impedanceimag im{z} im[z] z''imag zimaginary z2 zdoubleprime z(im) z(imag) imaginarypartofimpedance impedance(imag) impedance(imaginary) impedanceim imaginarypart(z) imagpartz"),
        (ImpedanceRole.Modulus, false, "|z| z zmod zmag mod(z) modz modulus abs(z) absz absolutez magnitude zmagnitude magnitude(z) mag(z) impedance |impedance| impedancemagnitude absoluteimpedance impedancemodulus zabs"),
        (ImpedanceRole.Phase, false, "phase phase(z) phasez zphz zphase zphi phi φ ϕ theta theta(z) θ θ(z) phaseangle arg(z) argz angle phaseofz phaseshift impedancephase phase(deg) phasedegree phasedegrees phaseshift(z) impedancephasedegrees(') impedancephasedegrees impedancephaseangle anglez angle(z) zangle phim"),
        (ImpedanceRole.Time, false, "t time elapsedtime testtime elapsed times timestamp timesec"),
        (ImpedanceRole.Temperature, false, "temperature temp ambienttemperature celltemperature temperaturet1 surfacetemperature"),
        (ImpedanceRole.AppliedPressure, false, "appliedpressure stackpressure samplepressure pressure externalpressure"),
        (ImpedanceRole.SurfacePressure, false, "surfacepressure"),
        (ImpedanceRole.Area, false, "area electrodearea samplearea pelletarea cellarea activearea surfacearea"),
        (ImpedanceRole.Thickness, false, "thickness pelletthickness samplethickness separatorthickness"),
        (ImpedanceRole.Sweep, false, "sweep sweepindex sweepnumber loop loopindex loopnumber cycle cycleindex cyclenumber cyclecount repeat repetition run segment segment# measurement spectrum spectrumnumber zcycle id name label file filename sample samplename spectrumid sweepid"));

    // Names that mean the impedance only where no other column does: a circuit in series also has an R.
    private static readonly FrozenDictionary<string, (ImpedanceRole Role, bool Angular)> s_series = Names(
        (ImpedanceRole.Real, false, "r rs rser resistance seriesresistance"),
        (ImpedanceRole.Imaginary, false, "x xs xser reactance seriesreactance"));

    /// <summary>What a name without sign and unit says.</summary>
    public static (ImpedanceRole Role, bool Angular) RoleOf(string name) => s_roles.GetValueOrDefault(HeadingText.Bare(name));

    /// <summary>Whether a name is that of a resistance and reactance in series, which are the impedance where no other column is.</summary>
    public static ImpedanceRole SeriesRoleOf(string name) => s_series.GetValueOrDefault(HeadingText.Bare(name)).Role;

    /// <summary>The name without the number that tells repeated columns apart: "freq.1", "Re_2", "Im 3"; the same where its name needs the number.</summary>
    public static string WithoutNumber(string name)
    {
        string bare = name.TrimEnd().TrimEnd(s_digits).TrimEnd('.', '_', ' ', '#', '-');
        return bare.Length > 0 && bare.Length < name.Length && RoleOf(name).Role == ImpedanceRole.Other ? bare : name;
    }

    /// <summary>Takes a sign off a name: "-Im(Z)", "neg Zimag", "minus Z''".</summary>
    public static bool TakeSign(ref string name)
    {
        string trimmed = name.TrimStart();
        foreach (string sign in (ReadOnlySpan<string>)["-", "neg.", "negative", "neg", "minus"])
        {
            if (!trimmed.StartsWith(sign, StringComparison.OrdinalIgnoreCase)) continue;
            string rest = trimmed[sign.Length..].TrimStart(' ', '_', '(');
            if (rest.Length == 0) continue;
            // "-(Z'')" has a bracket that closes nothing once the sign is gone.
            if (rest.Count(c => c == ')') > rest.Count(c => c == '(')) rest = rest[..rest.LastIndexOf(')')];
            if (RoleOf(rest).Role is not (ImpedanceRole.Imaginary or ImpedanceRole.Phase)) continue;
            name = rest;
            return true;
        }

        // "Zdashneg", "z_imag_neg", "Im(Z) (negative)".
        foreach (string sign in (ReadOnlySpan<string>)["negative", "neg"])
        {
            string whole = trimmed.TrimEnd(' ', ')', ']');
            if (!whole.EndsWith(sign, StringComparison.OrdinalIgnoreCase)) continue;
            string rest = whole[..^sign.Length].TrimEnd(' ', '_', '(', '[', ',', '-');
            if (RoleOf(rest).Role is not (ImpedanceRole.Imaginary or ImpedanceRole.Phase) && HeadingText.Bare(rest) != "zdash") continue;
            name = HeadingText.Bare(rest) == "zdash" ? "Z''" : rest;
            return true;
        }

        return false;
    }

    private static FrozenDictionary<string, (ImpedanceRole, bool)> Names(params ReadOnlySpan<(ImpedanceRole Role, bool Angular, string Words)> groups)
    {
        Dictionary<string, (ImpedanceRole, bool)> names = new(StringComparer.Ordinal);
        foreach ((ImpedanceRole role, bool angular, string words) in groups)
        {
            foreach (string word in words.Split(' ')) names.Add(word, (role, angular));
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
