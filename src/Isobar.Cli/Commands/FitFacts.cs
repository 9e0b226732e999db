using System.Collections.Immutable;
using Isobar.Impedance;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Impedance.Validity;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar fit</c> found, for machines. Of one sweep its facts stand at the top as well as in the list.</summary>
internal static class FitFacts
{
    public static Facts Of(ImmutableArray<Spectrum> sweeps, Fitted fitted, double seconds, ImmutableArray<string> notes, ImmutableArray<string> figures)
    {
        ImmutableArray<SweepFacts> facts = [.. sweeps.Select((sweep, i) => SweepOf(sweep, fitted.Fits[i], fitted.Chosen[i], fitted.Series?.Points[i], seconds / sweeps.Length))];
        SweepFacts? only = facts.Length == 1 ? facts[0] : null;
        return new Facts(
            only?.Circuit, only?.Parameters, only?.SumOfSquares, only?.Residual, only?.Noise, only?.Identifiable, seconds, facts,
            fitted.Series is { } series ? [.. series.Laws.Select(LawOf)] : null,
            fitted.Series is { Joint.IsEmpty: false } together ? [.. together.Joint.Select(JointOf)] : null,
            fitted.Repeats is { } repeats ? [.. repeats.Parameters.Select(each => new TrendFacts(each.Name, each.Trend.Change, each.Trend.Interval95.Low, each.Trend.Interval95.High, each.Trend.Scatter))] : null,
            fitted.Series?.Findings,
            notes,
            figures);
    }

    private static SweepFacts SweepOf(Spectrum sweep, CircuitFitResult fit, ChosenCircuit? chosen, PressurePoint? point, double seconds) => new(
        sweep.Name,
        fit.Circuit.ToString(),
        [.. fit.Parameters.Select(ParameterOf)],
        fit.SumOfSquares,
        fit.Residual,
        fit.Misfit,
        fit.Noise,
        fit.Identifiable,
        KkCommand.Words(KramersKronig.Test(sweep).Verdict),
        seconds,
        fit.Aicc,
        fit.Bic,
        fit.RunsDeviation,
        [.. fit.Arcs.Select(arc => new ArcFacts(arc.Name, arc.Ohms, arc.Seconds, arc.Hertz, arc.Farads, arc.Exponent))],
        fit.FreeNames,
        [.. fit.Correlations.Select(Finite)],
        fit.Findings,
        chosen is null ? null : new ChoiceFacts(
            ModelChoice.Words(chosen.Kind), chosen.Accepted, chosen.Reason, [.. chosen.Proposal.Roles.Select(role => new RoleFacts(role.Element, role.Meaning))],
            [.. chosen.Tried.Select(each => new TriedFacts(each.Proposal.Text, each.Fit.SumOfSquares, each.Fit.Residual, each.Fit.Aicc, each.Fit.Bic, each.ChanceOfGain, each.Fit.Identifiable, each.Accepted))]),
        point?.Pressure.Megapascals,
        point?.Branch,
        [.. (point?.Conductivities ?? PelletConductivity.From(sweep, fit)).Select(sigma => new ConductivityFacts(
            sigma.Source, sigma.Conductivity.Value.SiemensPerMetre, sigma.Conductivity.StandardUncertainty.SiemensPerMetre, sigma.Conductivity.Si.IntervalAt(0.95).Low, sigma.Conductivity.Si.IntervalAt(0.95).High,
            sigma.ResistanceShare, sigma.ThicknessShare, sigma.AreaShare))]);

    private static ParameterFacts ParameterOf(FittedParameter parameter) => new(
        parameter.Name, parameter.Unit, parameter.Value, Finite(parameter.StandardError), parameter.Interval95.Low, parameter.Interval95.High, parameter.Source, parameter.Identifiable, parameter.AtLimit);

    private static LawFacts LawOf(ContactLaw law) => new(
        law.Name, law.Branch, law.FinalOhms, law.Final95.Low, law.Final95.High, law.OhmsAtOneMegapascal, law.AtOneMegapascal95.Low, law.AtOneMegapascal95.High, law.Exponent, law.Exponent95.Low, law.Exponent95.High,
        law.Determined, law.Points);

    private static JointFacts JointOf(JointFit joint) => new(joint.Branch, [.. joint.Laws.Select(LawOf)], joint.SumOfSquares, joint.Expected, joint.Chance, joint.Findings);

    // A number that does not exist is left out of the document.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    internal sealed record Facts(
        string? Circuit, ImmutableArray<ParameterFacts>? Parameters, double? SumOfSquares, double? Residual, double? Noise, bool? Identifiable, double Seconds, ImmutableArray<SweepFacts> Fits,
        ImmutableArray<LawFacts>? Laws, ImmutableArray<JointFacts>? Joint, ImmutableArray<TrendFacts>? Trends, ImmutableArray<string>? Findings, ImmutableArray<string> Notes, ImmutableArray<string> Figures);

    internal sealed record SweepFacts(
        string Name, string Circuit, ImmutableArray<ParameterFacts> Parameters, double SumOfSquares, double Residual, double Misfit, double Noise, bool Identifiable, string Verdict, double Seconds, double Aicc, double Bic, double RunsDeviation,
        ImmutableArray<ArcFacts> Arcs, ImmutableArray<string> CorrelationNames, ImmutableArray<double?> Correlations, ImmutableArray<string> Findings, ChoiceFacts? Choice, double? PressureMPa, string? Branch,
        ImmutableArray<ConductivityFacts> Conductivities);

    internal sealed record ParameterFacts(string Name, string Unit, double Value, double? Se, double Low95, double High95, IntervalSource Source, bool Identifiable, bool AtLimit);

    internal sealed record JointFacts(string Branch, ImmutableArray<LawFacts> Laws, double SumOfSquares, double Expected, double Chance, ImmutableArray<string> Findings);

    internal sealed record ArcFacts(string Name, double Ohms, double Seconds, double Hertz, double Farads, double Exponent);

    internal sealed record ChoiceFacts(string Kind, bool Accepted, string Reason, ImmutableArray<RoleFacts> Roles, ImmutableArray<TriedFacts> Tried);

    internal sealed record RoleFacts(string Element, string Meaning);

    internal sealed record TriedFacts(string Circuit, double SumOfSquares, double Residual, double Aicc, double Bic, double ChanceOfGain, bool Identifiable, bool Accepted);

    internal sealed record ConductivityFacts(string Source, double SiemensPerMetre, double StandardUncertainty, double Low95, double High95, double ResistanceShare, double ThicknessShare, double AreaShare);

    internal sealed record LawFacts(
        string Name, string Branch, double FinalOhms, double FinalLow95, double FinalHigh95, double OhmsAt1MPa, double At1MPaLow95, double At1MPaHigh95, double Exponent, double ExponentLow95, double ExponentHigh95,
        bool Determined, int Points);

    internal sealed record TrendFacts(string Name, double Change, double Low95, double High95, double Scatter);
}
