using System.Globalization;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A contact for people: the surface, one row per load, what it costs the current, notes.</summary>
internal static class ContactPage
{
    private const double BarberTolerance = 0.01;

    public static void Write(IAnsiConsole page, ContactFacts facts, ContactScale scale, Surroundings surroundings)
    {
        ContactFacts.SurfaceFacts surface = facts.Surface;
        string length = scale.Length.Length > 0 ? " " + scale.Length : "";
        page.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{surface.Name}[/], {surface.Rows} × {surface.Columns} points on {Number(surface.Height)} × {Number(surface.Width)}{length}");
        string gradient = surface.RmsGradient is { } g ? $", rms gradient {Number(g)}" : "", points = surface.PointsPerShortestWavelength is { } p ? $", {Number(p)} points per shortest wavelength" : "";
        Prose.Write(page, $"rms height {Number(surface.RmsHeight)}{length}{gradient}{points}");
        Prose.Write(page, $"contact modulus {Pressure(facts.Modulus, scale)}{(facts.Hardness is { } h ? $", hardness {Pressure(h, scale)}" : ", elastic")}");
        page.WriteLine();
        if (facts.Loads is [{ Creep: not null }, ..]) WriteGrowth(page, facts, scale);
        else if (facts.Loads.Length > 0) WriteLoads(page, facts, scale);
        foreach (string text in facts.Warnings) PlanPage.Note(page, "warning", text);
        foreach (string text in facts.Notes) PlanPage.Note(page, "note", text);
        if (facts.Figures is { Length: > 0 } figures) PlanPage.Wrote(page, surroundings, figures);
    }

    /// <summary>Barber's identity ties two independent solutions, of conduction and of stiffness; where they disagree, few pixels carry the difference.</summary>
    public static IEnumerable<string> BarberWarnings(IEnumerable<ContactFacts.Load> loads, ContactScale scale) =>
        from load in loads
        where load.BarberProduct is { } product && Math.Abs(product - 1) > BarberTolerance
        select string.Create(CultureInfo.InvariantCulture, $"at {At(load, scale)} stiffness and constriction disagree by {Quantity.Number(100 * Math.Abs(load.BarberProduct!.Value - 1), 2)} % (Barber's identity): so few pixels open or close that a finer grid is needed for both");

    /// <summary>The closed form alone.</summary>
    public static void WriteFast(IAnsiConsole page, ContactFastFacts facts, ContactScale scale)
    {
        page.MarkupLineInterpolated($"[bold]{facts.Surface}[/], from its spectrum alone (Persson's theory); bands hold 90 %");
        var table = new Listing([.. Headings()]);
        foreach (ContactFacts.Closed load in facts.Loads) table.Add([.. Cells(load)]);
        table.Write(page);
        if (facts.Loads.Any(load => load.Area.Extrapolated)) PlanPage.Note(page, "note", "* is extrapolated: less than 1 % or more than 60 % of the area in contact");

        IEnumerable<string> Headings()
        {
            yield return "pressure";
            yield return "contact %";
            if (facts.Hardness is not null) yield return "flowing %";
            yield return ContactScale.Heading("mean gap", scale.Length);
            yield return ContactScale.Heading("constriction", scale.Length);
            if (facts.Loads[0].ConstrictionResistance is not null) yield return Resistance(scale);
        }

        IEnumerable<string> Cells(ContactFacts.Closed load)
        {
            yield return $"{Number(load.Pressure)} {scale.Pressure}".TrimEnd();
            yield return load.Area.Text(100);
            if (load.PlasticArea is { } plastic) yield return plastic.Text(100);
            yield return load.MeanGap.Text();
            yield return load.ConstrictionLength.Text();
            if (load.ConstrictionResistance is { } resistance) yield return resistance.Text();
        }
    }

    private static void WriteLoads(IAnsiConsole page, ContactFacts facts, ContactScale scale)
    {
        bool flows = facts.Hardness is not null;
        var table = new Listing([.. Headings()]);
        foreach (ContactFacts.Load load in facts.Loads) table.Add([.. Cells(load)]);
        table.Write(page);
        page.WriteLine();
        if (facts.Loads.Any(load => load.ConstrictionResistance is not null || load.Resistance is not null)) WriteResistances(page, facts, scale);
        if (facts.Loads.Any(load => load.Impedance is not null)) WriteImpedances(page, facts, scale);
        Prose.Write(page, string.Create(CultureInfo.InvariantCulture, $"{facts.Loads.Sum(load => load.Convolutions)} convolutions, worst residual {Quantity.Number(facts.Loads.Max(load => load.Residual), 2)} of the rms height, {Quantity.Number(facts.Loads.Sum(load => load.Seconds), 2)} s"));

        IEnumerable<string> Headings()
        {
            yield return "pressure";
            yield return "contact %";
            if (flows) yield return "flowing %";
            yield return ContactScale.Heading("mean gap", scale.Length);
            yield return ContactScale.Heading("voids", scale.Length);
            yield return ContactScale.Heading("highest", scale.Pressure);
            yield return ContactScale.Heading("constriction", scale.Length);
        }

        IEnumerable<string> Cells(ContactFacts.Load load)
        {
            yield return At(load, scale);
            yield return Number(100 * load.AreaCorrected);
            if (flows) yield return Number(100 * load.PlasticArea);
            yield return Number(load.MeanGap);
            yield return Number(load.VoidVolume);
            yield return Number(load.PMax);
            yield return load.ConstrictionLength is { } l ? Number(l) : "";
        }
    }

    private static void WriteGrowth(IAnsiConsole page, ContactFacts facts, ContactScale scale)
    {
        bool conducts = facts.Loads.Any(load => load.ConstrictionResistance is not null), transfer = facts.Loads.Any(load => load.Resistance is not null);
        string[] headings =
        [
            "after", "pressure", "spot MPa", "contact % (90 % band)", "voids µm",
            conducts ? Resistance(scale) : "constriction µm", .. transfer ? ["with transfer"] : Array.Empty<string>(),
        ];
        var table = new Listing(headings);
        foreach (ContactFacts.Load load in facts.Loads)
        {
            ContactFacts.Growth growth = load.Creep!;
            string area = growth.ContactClosed ? "closed" : $"{Number(100 * load.AreaCorrected)} ({Number(100 * growth.AreaLow90)} to {Number(100 * growth.AreaHigh90)})";
            table.Add(
            [
                growth.Time > 0 ? Quantity.Format(new Duration(growth.Time), 3) : "at once", At(load, scale), Number(growth.SpotPressure) + (growth.Extrapolated ? " *" : ""), area,
                Number(load.VoidVolume), (conducts ? load.ConstrictionResistance : load.ConstrictionLength) is { } l ? Number(l) : "",
                .. transfer ? [load.Resistance is { } total ? Number(total.Best) : ""] : Array.Empty<string>(),
            ]);
        }

        table.Write(page);
        page.WriteLine();
        if (facts.Loads.Any(load => load.Creep!.Extrapolated)) PlanPage.Note(page, "note", "* is outside the stresses at which creep was measured");
    }

    private static void WriteResistances(IAnsiConsole page, ContactFacts facts, ContactScale scale)
    {
        bool transfer = facts.Loads.Any(load => load.Resistance is not null);
        string[] headings = ["pressure", Resistance(scale), .. transfer ? [ContactScale.Heading("with charge transfer", scale.IsReduced ? "" : "Ω cm²"), "at least", "at most"] : Array.Empty<string>()];
        var table = new Listing(headings);
        foreach (ContactFacts.Load load in facts.Loads)
        {
            string[] bounded = load.Resistance is { } total ? [Number(total.Best), Number(total.Lower), Number(total.Upper)] : ["", "", ""];
            table.Add([At(load, scale), load.ConstrictionResistance is { } r ? Number(r) : "", .. transfer ? bounded : []]);
        }

        table.Write(page);
        page.WriteLine();
    }

    private static void WriteImpedances(IAnsiConsole page, ContactFacts facts, ContactScale scale)
    {
        double[] hertz = facts.Loads.First(load => load.Impedance is not null).Impedance!.Hertz;
        var table = new Listing("pressure", $"Re Z at {Frequency(hertz[^1])}, Ω cm²", $"at {Frequency(hertz[0])}", "largest −Im Z", "at");
        foreach (ContactFacts.Load load in facts.Loads)
        {
            if (load.Impedance is not { } sweep) continue;
            table.Add(At(load, scale), Number(sweep.Real[^1]), Number(sweep.Real[0]), Number(-sweep.Imaginary.Min()), Frequency(sweep.PeakHertz));
        }

        table.Write(page);
        page.WriteLine();
    }

    private static string Resistance(ContactScale scale) => scale.IsReduced ? "constriction resistance" : "constriction Ω cm²";

    private static string At(ContactFacts.Load load, ContactScale scale) => $"{Number(load.Pressure)} {scale.Pressure}".TrimEnd() + (load.Unloading ? " ↓" : "");

    private static string Frequency(double hertz) => Quantity.Format(new Frequency(hertz), 3);

    private static string Pressure(double shown, ContactScale scale) => scale.IsReduced ? Number(shown) : Quantity.Format(new Pressure(shown * scale.PressurePa), 3);

    private static string Number(double value) => Quantity.Number(value, 3);
}

/// <summary>The answer of the contact command with --fast.</summary>
internal sealed record ContactFastFacts(ContactFacts.UnitNames Units, string Surface, double Modulus, double? Hardness, ContactFacts.Closed[] Loads);
