using System.Collections.Immutable;
using Isobar.Protocols;

namespace Isobar.Lab.Reports;

/// <summary>What was done: the achieved trace against the set-point, as a whole and hold by hold.</summary>
internal static class RunSection
{
    public static void Write(ReportInput input, MarkupWriter html)
    {
        RunRecord run = input.Run!;
        using MarkupWriter.Scope section = ReportTable.Section(html, "run", "What was done");
        if (run.Samples.Length < 2)
        {
            html.Element("p", "No trace was recorded.");
        }
        else
        {
            ReportTable.Figure(html, Whole(run), "trace", wide: true);
            using MarkupWriter.Scope pairs = html.Open("div", ("class", "pairs"));
            for (int step = 0; step < run.Protocol.Steps.Length; step++)
            {
                if (run.Protocol.Steps[step] is not HoldStep hold) continue;
                ImmutableArray<TraceSample> samples = [.. run.Samples.Where(sample => sample.StepIndex == step)];
                if (samples.Length > 2) ReportTable.Figure(html, Zoom(hold, samples), "hold" + ReportText.Count(step));
            }
        }

        Incidents(run, html);
    }

    private static Figure Whole(RunRecord run)
    {
        double end = run.Samples[^1].TimeSeconds;
        (double unit, string symbol) = TimeUnit(end - run.Samples[0].TimeSeconds);
        ImmutableArray<double> time = [.. run.Samples.Select(sample => sample.TimeSeconds / unit)];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        elements.Add(new LineSeries("achieved", time, [.. run.Samples.Select(sample => sample.PressurePa / 1e6)], FigureColour.Blue));
        elements.Add(new LineSeries("set-point", time, [.. run.Samples.Select(sample => sample.SetpointPa / 1e6)], FigureColour.Vermilion, FigureLine.Dashed));
        foreach (RunEvent incident in run.Events.Where(IsIncident))
        {
            elements.Add(new VerticalMark(incident.TimeSeconds / unit, Name(incident.Kind), FigureColour.Purple, FigureLine.Dashed));
        }

        return new Figure("The whole run.", new FigureAxis("Time", symbol), new FigureAxis("Sample pressure", "MPa"), elements.ToImmutable())
        {
            Width = 940,
            Height = 340,
            Description = "Nominal sample pressure: measured force over die area.",
        };
    }

    private static Figure Zoom(HoldStep hold, ImmutableArray<TraceSample> samples)
    {
        double start = samples[0].TimeSeconds;
        (double unit, string symbol) = TimeUnit(samples[^1].TimeSeconds - start);
        ImmutableArray<double> time = [.. samples.Select(sample => (sample.TimeSeconds - start) / unit)];
        double target = hold.Target.Megapascals, low = target * (1 - hold.Band.Value), high = target * (1 + hold.Band.Value);
        return new Figure(
            $"{hold.Name}: {ReportText.Of(hold.Target)} ± {ReportText.Of(hold.Band)}.",
            new FigureAxis("Time in the step", symbol),
            new FigureAxis("Sample pressure", "MPa"),
            [
                new BandSeries("band", [time[0], time[^1]], [low, low], [high, high], FigureColour.Green),
                new HorizontalMark(target, "", FigureColour.Vermilion),
                new LineSeries("achieved", time, [.. samples.Select(sample => sample.PressurePa / 1e6)], FigureColour.Blue),
            ])
        {
            Width = 460,
            Height = 260,
            Description = "Broken line: target.",
        };
    }

    private static void Incidents(RunRecord run, MarkupWriter html)
    {
        List<RunEvent> incidents = [.. run.Events.Where(IsIncident)];
        if (incidents.Count == 0) return;
        html.Element("h3", "What went otherwise");
        ReportTable.Write(
            html,
            "",
            [new("time (s)", true), new("step"), new("event"), new("in words")],
            incidents.Select(incident => (ReportCell[])
            [
                ReportText.Fixed(incident.TimeSeconds, 1),
                incident.StepIndex >= 0 && incident.StepIndex < run.Protocol.Steps.Length ? run.Protocol.Steps[incident.StepIndex].Name : "none",
                Name(incident.Kind),
                new(incident.Text, "why"),
            ]));
    }

    private static bool IsIncident(RunEvent happened) =>
        happened.Kind is RunEventKind.NotSettled or RunEventKind.StopRequested or RunEventKind.LimitTripped or RunEventKind.Fault;

    private static string Name(RunEventKind kind) => kind switch
    {
        RunEventKind.NotSettled => "not settled",
        RunEventKind.StopRequested => "stop asked for",
        RunEventKind.LimitTripped => "limit exceeded",
        RunEventKind.Fault => "fault",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an incident"),
    };

    private static (double Seconds, string Symbol) TimeUnit(double spanSeconds) =>
        spanSeconds > 3 * 3600 ? (3600, "h") : spanSeconds > 180 ? (60, "min") : (1, "s");
}
