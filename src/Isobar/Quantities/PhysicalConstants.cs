namespace Isobar.Quantities;

/// <summary>
/// Constants of nature. Both are products of defining constants of the SI since 2019 and thus exact; the digits are those that are printed.
/// <para>Source: E. Tiesinga, P. J. Mohr, D. B. Newell, B. N. Taylor, CODATA 2018, Rev. Mod. Phys. 93 (2021) 025010, 10.1103/RevModPhys.93.025010.</para>
/// </summary>
internal static class PhysicalConstants
{
    /// <summary>F, charge of a mole of elementary charges, C/mol.</summary>
    public const double Faraday = 96485.33212;

    /// <summary>R, molar gas constant, J/(mol K).</summary>
    public const double Gas = 8.31446261815324;
}
