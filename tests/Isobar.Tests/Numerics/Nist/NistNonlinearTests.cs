using Isobar.Numerics.LeastSquares;
using Xunit;

namespace Isobar.Tests.Numerics.Nist;

/// <summary>The nonlinear regression sets of NIST's Statistical Reference Datasets, through the solver that fits spectra.</summary>
public sealed class NistNonlinearTests
{
    // What the certificates promise of a good program.
    private const double Digits = 7;

    public static TheoryData<string> Sets() => [.. NistSet.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_easier_start_leads_to_seven_certified_digits(string name)
    {
        NistSet set = NistSet.Read(name);
        LeastSquaresFit fit = LevenbergMarquardt.Solve(set, set.Starts[1]);
        Assert.True(set.Digits(fit.Parameters.AsSpan()) >= Digits, $"{name}: {set.Digits(fit.Parameters.AsSpan()):0.0} digits, {fit.Outcome} after {fit.Steps} steps");
        double residual = Math.Sqrt(fit.SumOfSquares / (set.ResidualCount - set.ParameterCount));
        // Lanczos1 is data without noise: its residual is rounding, and so are its standard errors.
        if (name == "Lanczos1") return;
        for (int j = 0; j < set.ParameterCount; j++) Assert.Equal(1, fit.StandardUncertainty(j) * residual / set.StandardErrors[j], 1e-6);
    }

    [Fact]
    public void The_hard_start_fails_at_most_three_sets()
    {
        string[] failed = [.. NistSet.Names.Select(NistSet.Read).Where(set => set.Digits(LevenbergMarquardt.Solve(set, set.Starts[0], options: new LeastSquaresOptions { MaxSteps = 2000 }).Parameters.AsSpan()) < Digits).Select(set => set.Name)];
        Assert.True(failed.Length <= 3, string.Join(", ", failed));
    }

    // The box is a factor of three beyond the official starts, which stand on both sides of the answer or above it.
    [Fact]
    public void Many_starts_around_the_hard_one_fail_no_set()
    {
        var failed = new List<string>();
        foreach (NistSet set in NistSet.Names.Select(NistSet.Read))
        {
            double[] low = [.. set.Starts[0].Zip(set.Starts[1], (one, other) => End(one, other, 3, lower: true))];
            double[] high = [.. set.Starts[0].Zip(set.Starts[1], (one, other) => End(one, other, 3, lower: false))];
            LeastSquaresFit fit = LevenbergMarquardt.SolveFromMany(set, set.Starts[0], low, high, 30, options: new LeastSquaresOptions { MaxSteps = 400 });
            // Sums of exponentials are the same with their terms exchanged, so the sum of squares is compared; that of Lanczos1 is rounding.
            if (fit.SumOfSquares > (set.SumOfSquares * (1 + 1e-7)) + 1e-20) failed.Add($"{set.Name} {fit.SumOfSquares:G8}");
        }

        Assert.True(failed.Count == 0, string.Join(", ", failed));
    }

    private static double End(double one, double other, double reach, bool lower)
    {
        double end = lower ? Math.Min(one, other) : Math.Max(one, other);
        return end > 0 == lower ? end / reach : end * reach;
    }
}
