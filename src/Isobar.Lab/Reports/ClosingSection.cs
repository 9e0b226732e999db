using System.Collections.Immutable;
using System.Globalization;
using Isobar.Planning;

namespace Isobar.Lab.Reports;

/// <summary>What to know before trusting the rest: warnings, what is missing, sources, and how the report came to be.</summary>
internal static class ClosingSection
{
    public static void Write(ReportInput input, MarkupWriter html)
    {
        List("warnings", "Warnings", [.. input.Plan?.Warnings ?? [], .. input.Remarks], "None.", html);
        if (input.Run is not null)
        {
            ImmutableArray<string> missing = input.Proof?.Missing ?? ["The run was not judged, so it is not known what its record lacks."];
            List("missing", "What was not recorded", missing, "Nothing that the record asks for.", html);
        }

        if (input.Plan is { } plan) Sources(plan.Citations, html);
        Foot(input, html);
    }

    private static void List(string id, string heading, ImmutableArray<string> items, string none, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, id, heading);
        if (items.Length == 0)
        {
            html.Element("p", none);
            return;
        }

        using MarkupWriter.Scope list = html.Open("ul");
        foreach (string item in items) html.Element("li", item);
    }

    private static void Sources(ImmutableArray<Citation> citations, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "sources", "Sources");
        html.Element("p", "What the models and constants of this plan rest on.", ("class", "note"));
        using MarkupWriter.Scope list = html.Open("ol");
        foreach (Citation citation in citations)
        {
            html.Line();
            using MarkupWriter.Scope item = html.Open("li");
            html.Text(citation.Text);
            if (citation.Doi is null) continue;
            html.Text(" ");
            // A DOI begins with the directory code 10 (ISO 26324); anything else is shown and not made a link.
            if (citation.Doi.StartsWith("10.", StringComparison.Ordinal))
            {
                string path = string.Join('/', citation.Doi.Split('/').Select(Uri.EscapeDataString));
                html.Element("a", "doi:" + citation.Doi, ("href", "https://doi.org/" + path), ("rel", "noreferrer"));
            }
            else
            {
                html.Text($"({citation.Doi})");
            }
        }
    }

    private static void Foot(ReportInput input, MarkupWriter html)
    {
        html.Line();
        using MarkupWriter.Scope footer = html.Open("footer");
        string[] facts =
        [
            "Isobar " + input.Version,
            input.Run is null ? "plan only" : input.Simulated ? "press and cell simulated" : "real press",
            .. input.RunId is { } id ? (string[])["run " + id] : [],
            .. input.Started is { } started ? (string[])["begun " + started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)] : [],
            input.Seed is { } seed ? "seed " + seed.ToString(CultureInfo.InvariantCulture) : "no seed, nothing was drawn at random",
            input.Digest is { } digest ? "digest " + digest : "no digest",
        ];
        html.Element("p", string.Join(" · ", facts));
        if (input.Timing is { } timing)
        {
            html.Element("p", string.Create(
                CultureInfo.InvariantCulture,
                $"Loop: {1 / timing.PeriodSeconds:0.#} Hz, {timing.Ticks} ticks, late by {timing.P50Microseconds:0} µs (median), {timing.P99Microseconds:0} µs (99 %), {timing.MaxMicroseconds:0} µs (worst), {timing.Missed} left out; {timing.Waiting}; priority {timing.Priority}."));
        }

        html.Element("p", "Bands hold the truth with 90 % probability, as far as the constants and models allow. A prediction is not a measurement.");
    }
}
