namespace Isobar.Electrochemistry.HalfCell;

/// <summary>What keeps a run from going on, in words.</summary>
internal static class RunFaults
{
    public static HalfCellException TooManySteps(int most, double seconds, double volts) => new(
        HalfCellFailure.NoConvergence,
        FormattableString.Invariant($"{most} time steps did not end the cycler step; it stands at {seconds:G6} s and {volts:G6} V. Give it a time or a voltage that it can reach, or a larger voltage tolerance"));

    public static HalfCellException Unbalanced(double found, double expected, double seconds) => new(
        HalfCellFailure.LithiumBalance,
        FormattableString.Invariant($"the particles hold {found:G12} of their lithium at {seconds:G6} s, but the charge that passed makes it {expected:G12}. This is a fault of the program; please report it with the parameters"));

    public static HalfCellException NotConverged(double seconds, double current, string where, double metres, double stoichiometry) => new(
        HalfCellFailure.NoConvergence,
        FormattableString.Invariant($"no solution at {seconds:G6} s and {current:G4} A/m², {where}; the worst place is {metres * 1e6:0.##} µm from the separator, with surface stoichiometry {stoichiometry:0.####}. Lower the current, use more cells, or check that the open-circuit curve and exchange current are smooth there"));
}
