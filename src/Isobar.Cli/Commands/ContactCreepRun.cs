using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.Reports;
using Isobar.Mechanics.Contact;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>A contact in time: one soft side creeps, the load is held or lost to a fixture. Each load is solved three times, at the middle and at the ends of what is known of the creep.</summary>
internal sealed class ContactCreepRun(ContactRun run, ContactSurface surface, ContactMedium medium, ContactOptions options, ContactScale scale, Surroundings surroundings)
{
    public ExitCode Solve(ImmutableArray<double> pressuresPa, ContactCreep creep, string? plot, Output output, CancellationToken cancellation)
    {
        var loads = new List<ContactFacts.Load>();
        ContactState? shown = null;
        bool cancelled = false;
        using (var progress = new LiveProgress(surroundings))
        {
            try
            {
                foreach (double pressure in pressuresPa)
                {
                    progress.Words.Report($"{Quantity.Format(new Pressure(pressure), 3)}, slowest and fastest creep");
                    double[] slow = Areas(pressure, creep, -1, cancellation), fast = Areas(pressure, creep, 1, cancellation);
                    shown = Hold(pressure, creep, slow, fast, loads, progress, cancellation) ?? shown;
                }
            }
            catch (OperationCanceledException)
            {
                // What is solved is answered; the rest was not begun.
                cancelled = true;
            }
        }

        if (loads.Count == 0) throw new Failure("cancelled before the first load was solved", "", "type the same command again to begin anew", exitCode: ExitCode.OutsideFailed);
        List<string> warnings = surface.Warning() is { } warning ? [warning] : [];
        if (cancelled) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"cancelled after {loads.Count} of {pressuresPa.Length * creep.Seconds.Length} states"));
        warnings.AddRange(ContactPage.BarberWarnings(loads, scale));
        List<string> notes = [.. surface.Notes, .. creep.Notes];
        notes.Add(creep.FixturePaPerM is { } k ? $"the fixture loses {Quantity.Format(new Pressure(k * 1e-6), 3)} for each µm by which the surfaces close" : "the load is held; --fixture with --die lets it fall");
        string[]? figures = plot is null || shown is null ? null : [Draw(plot, loads, shown)];
        var facts = new ContactFacts(
            ContactFacts.UnitNames.Of(scale), ContactFacts.SurfaceFacts.Of(surface, scale), medium.ModulusPa / scale.PressurePa, medium.HardnessPa / scale.PressurePa, [.. loads], cancelled, [.. warnings], [.. notes], figures);
        output.Answer(facts, page => ContactPage.Write(page, facts, scale, surroundings));
        return cancelled ? ExitCode.OutsideFailed : ExitCode.Done;
    }

    // Corrected areas at the times, the last one standing for those after closure.
    private double[] Areas(double pressure, ContactCreep creep, double sign, CancellationToken cancellation)
    {
        double[] areas = new double[creep.Seconds.Length];
        int at = 0;
        foreach (CreepingState state in ContactRun.Prepared(() => new CreepingContact(surface.Map, medium, creep.Shifted(sign), options with { Conduction = false })).Hold(pressure, creep.Seconds, creep.FixturePaPerM, cancellation))
        {
            areas[at++] = state.Closed ? 1 : state.State.AreaCorrected;
        }

        Array.Fill(areas, 1.0, at, areas.Length - at);
        return areas;
    }

    private ContactState? Hold(double pressure, ContactCreep creep, double[] slow, double[] fast, List<ContactFacts.Load> loads, LiveProgress progress, CancellationToken cancellation)
    {
        CreepingContact contact = ContactRun.Prepared(() => new CreepingContact(surface.Map, medium, creep.Creep, options));
        ContactState? last = null;
        int at = 0;
        long start = surroundings.Time.GetTimestamp();
        foreach (CreepingState one in contact.Hold(pressure, creep.Seconds, creep.FixturePaPerM, cancellation))
        {
            double seconds = surroundings.Time.GetElapsedTime(start).TotalSeconds;
            progress.Words.Report($"{Quantity.Format(new Pressure(pressure), 3)} after {Quantity.Format(new Duration(one.Seconds), 3)}");
            ContactFacts.Load load = run.LoadOf(contact.Solver, one.State, seconds, progress, cancellation, creeping: true);
            loads.Add(load with
            {
                Pressure = one.State.MeanPressurePa / scale.PressurePa,
                Creep = new ContactFacts.Growth(one.Seconds, one.HardnessPa / scale.PressurePa, one.HardnessPa / creep.Creep.Constraint / scale.PressurePa, one.Extrapolated, one.Closed, Math.Min(load.AreaCorrected, Math.Min(slow[at], fast[at])), Math.Max(slow[at], fast[at])),
            });
            last = one.State;
            at++;
            start = surroundings.Time.GetTimestamp();
        }

        return last;
    }

    private string Draw(string path, List<ContactFacts.Load> loads, ContactState state)
    {
        var picture = new ContactPicture(state, [], scale.PressurePa, scale.LengthM, scale.Pressure, scale.Length, [])
        {
            // The moment of loading has no place on a logarithmic axis of time.
            Growth = [.. loads.Where(load => load.Creep!.Time > 0).Select(load => new ContactGrowth(load.Creep!.Time, load.Pressure, load.AreaCorrected, load.Creep.AreaLow90, load.Creep.AreaHigh90, load.VoidVolume))],
        };
        FigureFile.Write(path, picture);
        return path;
    }
}
