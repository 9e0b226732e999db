using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.Reports;
using Isobar.Mechanics.Contact;

namespace Isobar.Cli.Commands;

/// <summary>One run of the contact command: solves load by load, keeps what is solved when it is cancelled, answers.</summary>
internal sealed class ContactRun(
    ContactSurface surface, ContactMedium medium, ContactOptions options, ContactScale scale, double? conductivity, double? transfer, ImmutableArray<double> hertz, Surroundings surroundings)
{
    /// <summary>Solves the path.</summary>
    public ExitCode Solve(ContactPath path, string? plot, Output output, CancellationToken cancellation)
    {
        var loads = new List<ContactFacts.Load>();
        ContactState? fullest = null;
        int shown = 0;
        bool cancelled = false;
        using (var progress = new LiveProgress(surroundings))
        {
            ContactSolver solver = Prepared(() => new ContactSolver(surface.Map, medium, options));
            long start = surroundings.Time.GetTimestamp();
            try
            {
                foreach (ContactState state in solver.Solve(path, progress.Contact(scale, path), cancellation))
                {
                    double seconds = surroundings.Time.GetElapsedTime(start).TotalSeconds;
                    loads.Add(LoadOf(solver, state, seconds, progress, cancellation));
                    // The maps show the largest load; the smaller ones are in the curves.
                    if (fullest is null || state.MeanPressurePa > fullest.MeanPressurePa) (fullest, shown) = (state, loads.Count - 1);
                    start = surroundings.Time.GetTimestamp();
                }
            }
            catch (OperationCanceledException)
            {
                // What is solved is answered; the rest was not begun.
                cancelled = true;
            }
        }

        if (cancelled && loads.Count == 0) throw new Failure("cancelled before the first load was solved", "", "type the same command again to begin anew", exitCode: ExitCode.OutsideFailed);
        string[]? figures = plot is null || fullest is null ? null : [Draw(plot, loads, fullest, shown)];
        List<string> warnings = surface.Warning() is { } warning ? [warning] : [];
        if (cancelled) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"cancelled after {loads.Count} of {path.Targets.Length} loads"));
        warnings.AddRange(ContactPage.BarberWarnings(loads, scale));
        var facts = new ContactFacts(
            ContactFacts.UnitNames.Of(scale), ContactFacts.SurfaceFacts.Of(surface, scale), medium.ModulusPa / scale.PressurePa, medium.HardnessPa / scale.PressurePa, [.. loads], cancelled, [.. warnings], [.. surface.Notes], figures);
        output.Answer(facts, page => ContactPage.Write(page, facts, scale, surroundings));
        return cancelled ? ExitCode.OutsideFailed : ExitCode.Done;
    }

    /// <summary>A solver, or in words why the map and the bodies have none.</summary>
    public static T Prepared<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException fault)
        {
            throw new Failure(fault.Message, "a map and bodies that can be pressed", "see isobar contact --help");
        }
    }

    /// <summary>Answers from the spectrum alone.</summary>
    public ExitCode Fast(ImmutableArray<double> pressures, Output output)
    {
        if (surface.Spectrum is null) throw new Failure("the map has missing pixels, so that it has no spectrum", "a map without holes", "fill them with --missing fill", "option --fast");
        if (medium.LayerThicknessM is not null) throw new Failure("--fast with --layer", "a half-space; the closed form knows no layer", "leave one of the two out", "option --fast");
        PerssonContact persson = new(surface.Spectrum, medium.ModulusPa, medium.HardnessPa);
        var facts = new ContactFastFacts(
            ContactFacts.UnitNames.Of(scale), surface.Name, medium.ModulusPa / scale.PressurePa, medium.HardnessPa / scale.PressurePa,
            [.. pressures.Select(pressure => ContactFacts.Closed.Of(persson.At(pressure), scale, conductivity, medium.HardnessPa is not null))]);
        output.Answer(facts, page => ContactPage.WriteFast(page, facts, scale));
        return ExitCode.Done;
    }

    /// <summary>One load with what it costs the current.</summary>
    public ContactFacts.Load LoadOf(ContactSolver solver, ContactState state, double seconds, LiveProgress progress, CancellationToken cancellation, bool creeping = false)
    {
        ContactResistance? resistance = transfer is { } areal ? solver.Resistance(state, areal * (conductivity ?? 1), cancellation) : null;
        ContactFacts.Sweep? sweep = null;
        if (!hertz.IsEmpty)
        {
            var electrics = new ContactElectrics(conductivity!.Value, transfer!.Value);
            sweep = ContactFacts.Sweep.Of(hertz, solver.Impedance(state, electrics, hertz, progress.Frequencies(hertz.Length), cancellation));
        }

        bool spectral = !creeping && surface.Spectrum is not null && medium.LayerThicknessM is null && medium.Boundary == ContactBoundary.Periodic && !state.Unloading;
        ContactFacts.Closed? closed = spectral
            ? ContactFacts.Closed.Of(new PerssonContact(surface.Spectrum!, medium.ModulusPa, medium.HardnessPa).At(state.MeanPressurePa), scale, conductivity, medium.HardnessPa is not null)
            : null;
        return ContactFacts.Load.Of(state, scale, conductivity, resistance, sweep, closed, seconds);
    }

    private string Draw(string path, List<ContactFacts.Load> loads, ContactState state, int shown)
    {
        ContactCurve[] curve = [.. loads.Select(load => new ContactCurve(load.Pressure, load.AreaCorrected, load.VoidVolume, load.Unloading))];
        ImmutableArray<(double, double, double)> sweep = loads[shown].Impedance is { } z ? [.. z.Hertz.Zip(z.Real, z.Imaginary)] : [];
        var picture = new ContactPicture(state, [.. curve], scale.PressurePa, scale.LengthM, scale.Pressure, scale.Length, sweep);
        FigureFile.Write(path, picture);
        return path;
    }
}
