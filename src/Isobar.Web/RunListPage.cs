using System.Globalization;
using Isobar.Lab.Reports;
using Isobar.Lab.Store;

namespace Isobar.Web;

/// <summary>The list of runs as a page without script.</summary>
internal static class RunListPage
{
    public static string Html(IReadOnlyList<RunSummary> runs)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var html = new MarkupWriter(output);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            RunReport.Head(html, "Isobar – runs", ReportStyle.Sheet);
            using MarkupWriter.Scope body = html.Open("body");
            using MarkupWriter.Scope main = html.Open("main");
            html.Element("p", "Isobar · laboratory database", ("class", "kicker"));
            html.Element("h1", "Runs");
            if (runs.Count == 0) html.Element("p", "There are no runs yet. “isobar run cell.yaml --goal rate” makes one on the simulated press.");
            else Table(runs, html);
        }

        return output.ToString();
    }

    private static void Table(IReadOnlyList<RunSummary> runs, MarkupWriter html)
    {
        using MarkupWriter.Scope scroll = html.Open("div", ("class", "scroll"));
        using MarkupWriter.Scope table = html.Open("table");
        using (html.Open("thead"))
        {
            using MarkupWriter.Scope head = html.Open("tr");
            foreach (string column in (string[])["run", "name", "press", "begun", "outcome"]) html.Element("th", column, ("scope", "col"));
        }

        using MarkupWriter.Scope rows = html.Open("tbody");
        foreach (RunSummary run in runs)
        {
            html.Line();
            using MarkupWriter.Scope row = html.Open("tr");
            using (html.Open("th", ("scope", "row"))) html.Element("a", run.Id, ("href", "/runs/" + Uri.EscapeDataString(run.Id)));
            html.Element("td", run.Name);
            html.Element("td", run.Press);
            html.Element("td", run.Started.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
            html.Element("td", RunJson.Word(run.Outcome));
        }
    }
}
