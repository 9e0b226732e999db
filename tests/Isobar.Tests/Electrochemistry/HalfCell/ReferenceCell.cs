using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Xunit;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>The base set of the reference tables, and the tables where they are at hand.</summary>
internal static class ReferenceCell
{
    public static HalfCellParameters Base { get; } = new()
    {
        CathodeThicknessMetres = 60e-6,
        SeparatorThicknessMetres = 100e-6,
        ActiveFraction = 0.5,
        ElectrolyteFraction = 0.4,
        ParticleRadiusMetres = 2.5e-6,
        MaximumMolesPerCubicMetre = 49000,
        InitialStoichiometry = 0.3,
        SeparatorSiemensPerMetre = 0.25,
        CathodeIonicSiemensPerMetre = 0.04,
        CathodeElectronicSiemensPerMetre = 1,
        DiffusionSquareMetresPerSecond = 4e-15,
        CathodeExchangeAmperesPerSquareMetre = 0.5,
        AnodeExchangeAmperesPerSquareMetre = 10,
        CollectorOhmSquareMetres = 5e-4,
        DoubleLayerFaradsPerSquareMetre = 0.1,
        AreaSquareMetres = 7.85398163397e-05,
        LowerVolts = 3.55,
        UpperVolts = 4.3,
        OpenCircuit = HyperbolicCurve.Chen2020,
    };

    /// <summary>Steps and cells so fine that what is left is the model's.</summary>
    public static HalfCellOptions Fine { get; } = new() { Cells = 80, VoltageToleranceVolts = 2e-6, Modes = 512 };

    /// <summary>A schedule of one step.</summary>
    public static CyclerSchedule Once(CyclerStep step) => new([step]);

    /// <summary>Voltage in the first moment of a current.</summary>
    public static double FirstVolts(HalfCellParameters cell, double amperesPerSquareMetre, HalfCellOptions? options = null) =>
        new HalfCellSolver(options).Run(cell, Once(new CyclerStep.ConstantCurrent("pulse", amperesPerSquareMetre, -9, 1e-6))).Volts[0];

    /// <summary>Rows of a reference table behind its comments, the names of the columns first; skips the test where there is none.</summary>
    public static List<string[]> Table(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", "cell-model", file);
            if (File.Exists(path)) return [.. File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(','))];
        }

        Assert.Skip($"no folder above the tests holds shared/data/cell-model/{file}");
        return [];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Asserts a relative difference.</summary>
    public static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), FormattableString.Invariant($"expected {expected:G12}, found {actual:G12}, relative difference {(actual / expected) - 1:G3}, allowed {relative:G3}"));
}

/// <summary>A straight line over the stoichiometry.</summary>
internal sealed class StraightCurve(double atZero, double slope) : StoichiometryCurve(0, 1)
{
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        for (int i = 0; i < stoichiometries.Length; i++) values[i] = atZero + (slope * stoichiometries[i]);
        slopes[..stoichiometries.Length].Fill(slope);
    }
}

/// <summary>A factor e^(b·(x − ½)), for diffusion coefficients that change over decades.</summary>
internal sealed class ExponentialCurve(double steepness) : StoichiometryCurve(0, 1)
{
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        for (int i = 0; i < stoichiometries.Length; i++)
        {
            values[i] = Math.Exp(steepness * (stoichiometries[i] - 0.5));
            slopes[i] = steepness * values[i];
        }
    }
}
