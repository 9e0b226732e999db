using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Validity;
using MathNet.Numerics.Distributions;

namespace Isobar.Impedance.Fitting;

/// <summary>One of the circuits that were tried.</summary>
/// <param name="Proposal">The circuit and what it describes.</param>
/// <param name="Fit">Its fit, with intervals from the covariance.</param>
/// <param name="ChanceOfGain">Probability that the gain over the smaller circuit tried before it is chance (F-test); 1 where the two are not nested.</param>
/// <param name="Accepted">Whether it reaches the noise, is determined, and leaves residuals without a shape.</param>
public sealed record TriedCircuit(CircuitProposal Proposal, CircuitFitResult Fit, double ChanceOfGain, bool Accepted);

/// <summary>The circuit that was chosen for a spectrum.</summary>
/// <param name="Kind">What the sample looks like.</param>
/// <param name="Proposal">The chosen circuit.</param>
/// <param name="Fit">Its fit.</param>
/// <param name="Accepted">Whether it meets all demands. If not it is the best that can be said, and <paramref name="Reason"/> says what is missing.</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Tried">All circuits that were tried, from small to large.</param>
public sealed record ChosenCircuit(SampleKind Kind, CircuitProposal Proposal, CircuitFitResult Fit, bool Accepted, string Reason, ImmutableArray<TriedCircuit> Tried);

/// <summary>
/// Chooses a circuit: the smallest that reaches 1.2 times the noise, whose parameters the spectrum determines (standard errors below 30 %, correlations below 0.995), and that leaves no shape
/// in the residuals. AICc, BIC and F are told beside it: on real cells they keep asking for more arcs long after the parameters have stopped meaning anything.
/// </summary>
public static class ModelChoice
{
    private const double ShapedRuns = -2.6;
    private const int ScreeningStarts = 5;
    private const int MostScreeningStarts = 8;

    private const int ClosingStarts = 12;
    private const int MostClosingStarts = 18;

    // Half of the copies place the ends of intervals to a tenth of their width, which is enough where the circuit is not determined.
    private const int UndeterminedRepeats = 200;
    private const double CableGain = 50;

    // So many larger circuits in a row that are no better: larger ones are no better either. Ten in BIC is a clear difference.
    private const int Patience = 5;
    private const double LeastGain = 10;

    // A circuit that is determined but leaves twice the residual of one that is not describes another sample.
    private const double MostResidual = 2;

    /// <summary>Chooses among the circuits of the kind that the spectrum looks like.</summary>
    /// <exception cref="ArgumentException">The spectrum has too few points for the smallest circuit.</exception>
    public static ChosenCircuit Of(Spectrum spectrum, FitOptions? options = null)
    {
        options ??= new FitOptions();
        SampleKind kind = SampleKinds.Of(spectrum);
        double noise = options.Noise ?? KramersKronig.Noise(spectrum);
        ImmutableArray<RelaxationPeak> peaks = CircuitFit.Peaks(spectrum, noise);
        FitOptions screening = options with { Starts = Math.Min(options.Starts, ScreeningStarts), MostStarts = Math.Min(options.MostStarts, MostScreeningStarts), BootstrapRepeats = 0, Screening = true };
        int points = spectrum.Points.Count(point => !point.LeftOut && point.Weight > 0);
        var tried = new List<TriedCircuit>();
        int worse = 0;
        double bestBic = double.PositiveInfinity;
        bool cable = false, inductive = IsInductive(spectrum);
        foreach (CircuitProposal proposal in CircuitProposals.For(kind))
        {
            if (cable && !proposal.HasCable) continue;
            var circuit = Circuit.Parse(proposal.Text);
            if (circuit.Parameters.Length > points) break;
            CircuitFitResult fit = CircuitFit.Of(spectrum, circuit, screening, noise, peaks, default);
            bool accepted = fit.ReachesNoise && fit.Identifiable && fit.RunsDeviation > ShapedRuns;
            tried.Add(new TriedCircuit(proposal, fit, ChanceOfGain(tried.Count > 0 ? tried[^1].Fit : null, fit, points), accepted));
            if (accepted) break;
            cable |= inductive && NeedsCable(tried);
            bool best = fit.Bic < bestBic - LeastGain || (fit.Identifiable && !tried.SkipLast(1).Any(each => each.Fit.Identifiable && each.Fit.Bic <= fit.Bic));
            bestBic = Math.Min(bestBic, fit.Bic);
            worse = best ? 0 : worse + 1;
            if (worse >= Patience) break;
        }

        if (tried.Count == 0) throw new ArgumentException($"{spectrum.Name} has {points} points, fewer than the parameters of the smallest circuit of a {Words(kind)}", nameof(spectrum));
        double least = tried.Min(each => each.Fit.Residual);
        TriedCircuit chosen = tried.Find(each => each.Accepted)
            ?? tried.Where(each => each.Fit.ReachesNoise && each.Fit.RunsDeviation > ShapedRuns).MinBy(each => each.Fit.Bic)
            ?? tried.Where(each => each.Fit.Identifiable && each.Fit.Residual <= MostResidual * least).MinBy(each => each.Fit.Bic)
            ?? tried.MinBy(each => each.Fit.Bic)!;
        // The screening has been near; fewer starts look for what it missed.
        FitOptions closing = options with
        {
            Starts = Math.Min(options.Starts, ClosingStarts),
            MostStarts = Math.Min(options.MostStarts, MostClosingStarts),
            BootstrapRepeats = chosen.Fit.Identifiable ? options.BootstrapRepeats : Math.Min(options.BootstrapRepeats, UndeterminedRepeats),
        };
        CircuitFitResult final = CircuitFit.Of(spectrum, Circuit.Parse(chosen.Proposal.Text), closing, noise, peaks, CoordinatesOf(chosen.Fit));
        return new ChosenCircuit(kind, chosen.Proposal, final, chosen.Accepted, Reason(chosen, noise), [.. tried]);
    }

    /// <summary>The kind in words.</summary>
    public static string Words(SampleKind kind) => kind switch
    {
        SampleKind.BlockingPellet => "pellet between blocking contacts",
        SampleKind.SymmetricCell => "cell with reversible electrodes on both sides",
        _ => "cell with storage electrodes",
    };

    // No arc has a positive imaginary part: the upper end of the sweep shows whether a cable is in the data.
    private static bool IsInductive(Spectrum spectrum)
    {
        double[] top = [.. spectrum.Points.Where(point => !point.LeftOut && point.Weight > 0).Take(3).Select(point => point.Ohms.Imaginary).Order()];
        return top[top.Length / 2] > 0;
    }

    // An inductance that once explains so much is not made superfluous by more arcs.
    private static bool NeedsCable(List<TriedCircuit> tried)
    {
        TriedCircuit last = tried[^1];
        return last.Proposal.HasCable && tried.Find(each => "L0-" + each.Proposal.Text == last.Proposal.Text) is { } without && last.Fit.Bic < without.Fit.Bic - CableGain;
    }

    private static double[] CoordinatesOf(CircuitFitResult fit) =>
        [.. fit.Circuit.Parameters.Where(parameter => parameter.IsFree).Select(parameter => parameter.Coordinate(parameter.Value))];

    private static string Reason(TriedCircuit chosen, double noise)
    {
        CircuitFitResult fit = chosen.Fit;
        string size = string.Create(CultureInfo.InvariantCulture, $"{100 * fit.Residual:0.000} % against {100 * noise:0.000} % noise");
        if (chosen.Accepted) return $"the smallest circuit that reaches the noise ({size}) with parameters that the spectrum determines";
        if (!fit.Identifiable && fit.ReachesNoise) return $"not identifiable: the circuits that reach the noise have parameters that the spectrum does not determine; shown is the one of the least BIC ({size})";
        if (!fit.Identifiable) return $"not identifiable: every circuit that comes near the spectrum has parameters that it does not determine; shown is the one of the least BIC ({size})";
        return fit.ReachesNoise
            ? $"the best circuit that the spectrum determines reaches the noise ({size}), but its residuals have a shape"
            : $"the best circuit that the spectrum determines does not reach the noise ({size}): something is left out that larger circuits of this kind do not resolve either";
    }

    private static double ChanceOfGain(CircuitFitResult? smaller, CircuitFitResult larger, int points)
    {
        if (smaller is null) return 1;
        int more = larger.FreeNames.Length - smaller.FreeNames.Length, left = (2 * points) - larger.FreeNames.Length;
        // A smaller circuit is nested when all its elements are in the larger one.
        if (more <= 0 || left <= 0 || !smaller.FreeNames.All(name => larger.FreeNames.Contains(name, StringComparer.Ordinal))) return 1;
        double ratio = (smaller.SumOfSquares - larger.SumOfSquares) / more / (larger.SumOfSquares / left);
        return ratio > 0 ? FisherSnedecor.CDF(left, more, 1 / ratio) : 1;
    }
}
