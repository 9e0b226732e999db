namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Refuses parameters that mean nothing, before anything is computed. Messages are made in methods of their own: what is not thrown need not be compiled
/// in the first call of a process.
/// </summary>
internal static class HalfCellChecks
{
    /// <summary>Closer than this to empty or full a particle has no exchange current to speak of.</summary>
    public const double Edge = 1e-6;

    private const int Samples = 50;

    public static void Check(HalfCellParameters cell)
    {
        ReadOnlySpan<double> limits = HalfCellValues.Limits;
        var values = new double[limits.Length / 2];
        HalfCellValues.Read(cell, values);
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= limits[2 * i] && values[i] <= limits[(2 * i) + 1])) throw Outside(i, values[i]);
        }

        if (!(cell.LowerVolts < cell.UpperVolts)) throw Crossed(cell);
        CheckClasses(cell.ClassArray());
        if (cell.DiffusionFactor is not null) CheckPositive(cell.DiffusionFactor, "D(x)/D_s");
        if (cell.ExchangeFactor is not null) CheckPositive(cell.ExchangeFactor, "j0(x)/j0c");
    }

    public static void CheckStart(HalfCellParameters cell)
    {
        StoichiometryCurve curve = cell.OpenCircuit;
        double lowest = Math.Max(curve.Lowest, Edge), highest = Math.Min(curve.Highest, 1 - Edge);
        if (!(cell.InitialStoichiometry >= lowest && cell.InitialStoichiometry <= highest)) throw OffCurve(cell, lowest, highest);
    }

    private static void CheckClasses(ParticleClass[] classes)
    {
        double shares = 0;
        for (int c = 0; c < classes.Length; c++)
        {
            ParticleClass each = classes[c];
            bool possible = each.RadiusMetres > 0 && each.VolumeShare > 0 && each.ContactFraction is > 0 and <= 1 && each.IsolatedFraction is >= 0 and < 1;
            if (!possible || !double.IsFinite(each.RadiusMetres)) throw Impossible(each, c);
            shares += each.VolumeShare;
        }

        if (!(Math.Abs(shares - 1) < 1e-6)) throw Unshared(shares);
    }

    private static void CheckPositive(StoichiometryCurve curve, string name)
    {
        for (int i = 0; i <= Samples; i++)
        {
            double x = curve.Lowest + ((double)i / Samples * (curve.Highest - curve.Lowest)), value = curve.At(x);
            if (!(value > 0 && double.IsFinite(value))) throw NotPositive(curve, name, x, value);
        }
    }

    private static HalfCellException Outside(int index, double value)
    {
        HalfCellSymbol symbol = HalfCellSymbols.All[index];
        return Wrong($"{symbol.Symbol} ({symbol.Meaning}) is {value:G6} {symbol.Unit}; it lies between {symbol.Lowest:G3} and {symbol.Highest:G3} {symbol.Unit}. Check its unit");
    }

    private static HalfCellException Crossed(HalfCellParameters cell) =>
        Wrong($"Vmin is {cell.LowerVolts:G6} V and Vmax {cell.UpperVolts:G6} V; Vmin must be the lower");

    private static HalfCellException Impossible(ParticleClass each, int index) =>
        Wrong($"particle class {index + 1} has radius {each.RadiusMetres:G4} m, volume share {each.VolumeShare:G4}, contact fraction {each.ContactFraction:G4}, isolated share {each.IsolatedFraction:G4}; needed are a positive radius and share, 0 < θ ≤ 1, 0 ≤ f_iso < 1. Leave a class without contact out and count it as isolated");

    private static HalfCellException Unshared(double shares) =>
        Wrong($"the volume shares of the particle classes sum to {shares:G7}; they must sum to 1");

    private static HalfCellException NotPositive(StoichiometryCurve curve, string name, double x, double value) =>
        Wrong($"{name} is {value:G4} at x = {x:G4}; it must be positive everywhere from {curve.Lowest:G4} to {curve.Highest:G4}");

    private static HalfCellException OffCurve(HalfCellParameters cell, double lowest, double highest) => new(
        HalfCellFailure.OpenCircuitRange,
        FormattableString.Invariant($"x0 is {cell.InitialStoichiometry:G6}, but the open-circuit curve holds from {lowest:G6} to {highest:G6}: the electrode would start {(cell.InitialStoichiometry > highest ? "full" : "empty")}. Set x0 inside that range or give a curve that covers it"));

    private static HalfCellException Wrong(FormattableString message) => new(HalfCellFailure.Parameter, FormattableString.Invariant(message));
}
