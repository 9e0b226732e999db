using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Impedance.Validity;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar fit</c> found, for people: the answer first, then what is uncertain about it.</summary>
internal static class FitPage
{
    private const int MostPages = 6;

    public static void Write(IAnsiConsole page, ImmutableArray<Spectrum> sweeps, Fitted fitted)
    {
        if (fitted.Series is { } series)
        {
            WriteSeries(page, series, fitted.Chosen[0]);
            return;
        }

        int shown = sweeps.Length <= MostPages ? sweeps.Length : 1;
        for (int i = 0; i < shown; i++)
        {
            if (i > 0) page.WriteLine();
            WriteFit(page, sweeps[i], fitted.Fits[i], fitted.Chosen[i]);
        }

        if (shown < sweeps.Length) WriteAll(page, sweeps, fitted);
        if (fitted.Repeats is { } repeats) WriteTrends(page, repeats, sweeps.Length);
    }

    private static void WriteFit(IAnsiConsole page, Spectrum sweep, CircuitFitResult fit, ChosenCircuit? chosen)
    {
        page.MarkupLineInterpolated($"[bold]{sweep.Name}: {fit.Circuit.ToString()}[/]");
        if (chosen is not null) Prose.Write(page, $"{ModelChoice.Words(chosen.Kind)}: {chosen.Reason}", 2);
        Prose.Write(page, $"S = Σ|Z − Zfit|²/|Z|² = {Quantity.Number(fit.SumOfSquares)}, residual {KkCommand.Percent(fit.Residual)}, noise {KkCommand.Percent(fit.Noise)}{(fit.Identifiable ? "" : "; not identifiable as a whole")}");
        page.WriteLine();
        var table = new Listing("", "value", "se", "95 % interval", "from");
        foreach (FittedParameter parameter in fit.Parameters)
        {
            table.Add(
                parameter.Name, parameter.AtLimit && parameter.Unit.Length > 0 ? "at its limit" : With(parameter.Value, parameter.Unit), Error(parameter), $"{Number(parameter.Interval95.Low)} to {Number(parameter.Interval95.High)}",
                Source(parameter) + (parameter.Identifiable ? "" : " *"));
        }

        table.Write(page);
        WriteArcs(page, fit);
        WriteConductivities(page, PelletConductivity.From(sweep, fit));
        if (chosen is not null) PlanPage.Note(page, "may stand for", string.Join("; ", chosen.Proposal.Roles.Select(role => $"{role.Element} {role.Meaning}")));
        if (fit.Parameters.Any(parameter => !parameter.Identifiable)) PlanPage.Note(page, "note", "* is not determined by this spectrum");
        foreach (string finding in fit.Findings) PlanPage.Note(page, "finding", finding);
        KramersKronigResult test = KramersKronig.Test(sweep);
        if (test.Verdict != KramersKronigVerdict.Valid) PlanPage.Note(page, $"Kramers-Kronig {KkCommand.Words(test.Verdict)}", string.Join("; ", test.Reasons));
    }

    private static void WriteArcs(IAnsiConsole page, CircuitFitResult fit)
    {
        // An arc whose resistance ran to its limit has no top and no time.
        FittedArc[] arcs = [.. fit.Arcs.Where(arc => !fit[arc.Name].AtLimit)];
        if (arcs.Length == 0) return;
        page.WriteLine();
        var table = new Listing("arc", "R", "top at", "time", "C effective");
        foreach (FittedArc arc in arcs) table.Add(arc.Name, SpectraPage.Scaled(arc.Ohms, "Ω"), SpectraPage.Scaled(arc.Hertz, "Hz"), SpectraPage.Scaled(arc.Seconds, "s"), DrtCommand.Farads(arc.Farads));
        table.Write(page);
    }

    private static void WriteConductivities(IAnsiConsole page, ImmutableArray<PelletConductivity> conductivities)
    {
        if (conductivities.IsEmpty) return;
        page.WriteLine();
        var table = new Listing("conductivity from", "mS/cm", "95 % interval", "share of R, thickness, area");
        foreach (PelletConductivity sigma in conductivities)
        {
            Interval band = sigma.Conductivity.Si.IntervalAt(0.95);
            table.Add(
                sigma.Source, Quantity.Number(10 * sigma.Conductivity.Value.SiemensPerMetre, 3), $"{Quantity.Number(10 * band.Low, 3)} to {Quantity.Number(10 * band.High, 3)}",
                string.Create(CultureInfo.InvariantCulture, $"{100 * sigma.ResistanceShare:0} %, {100 * sigma.ThicknessShare:0} %, {100 * sigma.AreaShare:0} %"));
        }

        table.Write(page);
    }

    private static void WriteAll(IAnsiConsole page, ImmutableArray<Spectrum> sweeps, Fitted fitted)
    {
        page.WriteLine();
        var table = new Listing("sweep", "circuit", "residual", "noise", "determined");
        for (int i = 0; i < sweeps.Length; i++)
        {
            table.Add(sweeps[i].Name, fitted.Fits[i].Circuit.ToString(), KkCommand.Percent(fitted.Fits[i].Residual), KkCommand.Percent(fitted.Fits[i].Noise), fitted.Fits[i].Identifiable ? "yes" : "no");
        }

        table.Write(page);
        Prose.Write(page, "all parameters of all sweeps: --json");
    }

    private static void WriteTrends(IAnsiConsole page, RepeatedSweeps repeats, int sweeps)
    {
        page.WriteLine();
        page.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{sweeps} repeated sweeps[/]: change from the first to the last");
        var table = new Listing("", "drift", "95 % interval", "scatter");
        foreach (RepeatedParameter each in repeats.Parameters) table.Add(each.Name, Signed(each.Trend.Change), $"{Signed(each.Trend.Interval95.Low)} to {Signed(each.Trend.Interval95.High)}", KkCommand.Percent(each.Trend.Scatter));
        table.Write(page);
    }

    private static void WriteSeries(IAnsiConsole page, PressureSeries series, ChosenCircuit? chosen)
    {
        CircuitFitResult first = series.Points[0].Fit;
        page.MarkupLineInterpolated($"[bold]{series.Points.Length} pressures: {first.Circuit.ToString()}[/]");
        if (chosen is not null) Prose.Write(page, $"{ModelChoice.Words(chosen.Kind)}: {chosen.Reason}", 2);
        string[] names = [.. first.Parameters.Where(parameter => parameter.Unit == "Ω").Select(parameter => parameter.Name)];
        bool sigma = series.Points.Any(point => !point.Conductivities.IsEmpty);
        page.WriteLine();
        var table = new Listing([.. (string[])["MPa", "branch"], .. names.Select(name => name + " Ω"), .. sigma ? (string[])["mS/cm"] : [], "residual", "noise"]);
        foreach (PressurePoint point in series.Points)
        {
            table.Add(
            [
                Quantity.Number(point.Pressure.Megapascals, 3), point.Branch,
                .. names.Select(name => $"{Number(point.Fit[name].Value)} ({Number(point.Fit[name].Interval95.Low)} to {Number(point.Fit[name].Interval95.High)})"),
                .. sigma ? (string[])[point.Conductivities.IsEmpty ? "" : Quantity.Number(10 * point.Conductivities[^1].Conductivity.Value.SiemensPerMetre, 3)] : [],
                KkCommand.Percent(point.Fit.Residual), KkCommand.Percent(point.Fit.Noise),
            ]);
        }

        table.Write(page);
        if (sigma) Prose.Write(page, $"conductivity from {series.Points[0].Conductivities[^1].Source}; all of them: --json");
        if (!series.Laws.IsEmpty)
        {
            page.WriteLine();
            Prose.Write(page, $"R(P) = R∞ + R₁·(P/1 MPa)^−m, 95 % intervals{(series.Joint.IsEmpty ? "" : "; from the resistances of separate fits")}");
            WriteLaws(page, series.Laws);
        }

        foreach (JointFit joint in series.Joint)
        {
            page.WriteLine();
            Prose.Write(page, $"{joint.Branch}, all spectra at once: the sum of squares is {Quantity.Number(joint.SumOfSquares, 4)}, {Quantity.Number(joint.Expected, 4)} is expected; worse than separate fits by chance with a probability of {Quantity.Number(joint.Chance, 2)}");
            WriteLaws(page, joint.Laws);
            foreach (string finding in joint.Findings) PlanPage.Note(page, "finding", finding);
        }

        foreach (string finding in series.Findings) PlanPage.Note(page, "finding", finding);
    }

    private static void WriteLaws(IAnsiConsole page, ImmutableArray<ContactLaw> laws)
    {
        var table = new Listing("", "branch", "R∞ Ω", "R₁ Ω", "m");
        foreach (ContactLaw law in laws)
        {
            table.Add(law.Name, law.Branch, Span(law.FinalOhms, law.Final95), Span(law.OhmsAtOneMegapascal, law.AtOneMegapascal95), Span(law.Exponent, law.Exponent95) + (law.Determined ? "" : " *"));
        }

        table.Write(page);
    }

    private static string Span(double value, Interval interval) => $"{Number(value)} ({Number(interval.Low)} to {Number(interval.High)})";

    private static string Error(FittedParameter parameter) => parameter.Source == IntervalSource.None ? "" : double.IsFinite(parameter.StandardError) && parameter.Value != 0
        ? Number(parameter.StandardError, 2)
        : "-";

    private static string Source(FittedParameter parameter) => parameter.Source switch
    {
        IntervalSource.None => "fixed",
        IntervalSource.Covariance => "covariance",
        IntervalSource.Bootstrap => "copies",
        _ => "profile",
    };

    private static string With(double value, string unit) => unit.Length == 0 ? Number(value) : $"{Number(value)} {unit}";

    // More places than digits would claim more than is known.
    private static string Number(double value, int digits = 4) => Math.Abs(value) >= 1e5 ? value.ToString(digits == 2 ? "0.0e+0" : "0.000e+0", CultureInfo.InvariantCulture) : Quantity.Number(value, digits);

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + (100 * Math.Abs(share)).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
