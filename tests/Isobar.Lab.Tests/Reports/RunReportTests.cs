using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Isobar.Lab.Reports;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Reports;

public sealed class RunReportTests
{
    private static readonly string[] s_always = ["answer", "stack", "windows", "trade-off", "properties", "warnings", "sources"];
    private static readonly string[] s_afterRun = ["run", "verdicts", "impedance", "missing"];

    // Units, or words that count nothing. A header with neither is a column whose numbers have no unit.
    private static readonly Regex s_unitOrWord = new(
        @"\((MPa|kN|mg|µm|%|s|unit|Ω cm²)\)|^(step|kind|hold|layer|role|item|value with unit|took|verdict|verdict and why|property|unit|planned|predicted|measured|90 % band|event|in words|for (rate|reliability).*)$",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static XElement Parse(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        return XDocument.Parse(html).Root!;
    }

    private static string[] Ids(XElement html) => [.. html.Descendants().Attributes("id").Select(id => id.Value)];

    [Fact]
    public void The_report_of_a_run_is_well_formed_and_has_every_section()
    {
        XElement html = Parse(Fabricated.Html(Fabricated.RunInput()));
        string[] ids = Ids(html);
        foreach (string id in s_always.Concat(s_afterRun)) Assert.Contains(id, ids, StringComparer.Ordinal);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_report_of_a_plan_has_predictions_and_nothing_of_a_run()
    {
        string text = Fabricated.Html(Fabricated.PlanInput());
        string[] ids = Ids(Parse(text));
        foreach (string id in s_always) Assert.Contains(id, ids, StringComparer.Ordinal);
        foreach (string id in s_afterRun) Assert.DoesNotContain(id, ids, StringComparer.Ordinal);
        Assert.Contains("Planned, not pressed", text, StringComparison.Ordinal);
        Assert.Contains("What to expect", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_comes_first_with_pressures_resistance_and_verdict()
    {
        XElement html = Parse(Fabricated.Html(Fabricated.RunInput()));
        string answer = html.Descendants("main").Single().Elements().First().Value.Replace('\u00a0', ' ');
        foreach (string fact in (string[])["90.0 MPa", "380 MPa", "25.0 MPa", "12.0 MPa", "38.0 Ω cm²", "41.0 Ω cm²", "Differs from the plan"])
        {
            Assert.Contains(fact, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_only_dois_are_linked()
    {
        string text = Fabricated.Html(Fabricated.RunInput());
        XElement html = Parse(text);
        Assert.DoesNotContain(html.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe" or "object" or "img");
        Assert.DoesNotContain(html.Descendants().Attributes(), a => a.Name.LocalName is "src" or "srcset" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(html.Descendants().Attributes("href"), href => Assert.StartsWith("https://doi.org/10.", href.Value, StringComparison.Ordinal));
        Assert.NotEmpty(html.Descendants().Attributes("href"));
        Assert.DoesNotContain("@import", text, StringComparison.Ordinal);
        Assert.All(Regex.Matches(text, @"url\((?<target>[^)]*)\)", RegexOptions.None, TimeSpan.FromSeconds(5)), match => Assert.StartsWith("#", match.Groups["target"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cell_named_like_a_script_stays_a_name()
    {
        const string name = "<script>alert('x')</script> & \"co\"\u0007";
        XElement html = Parse(Fabricated.Html(Fabricated.RunInput(name)));
        Assert.DoesNotContain(html.Descendants(), e => e.Name.LocalName == "script");
        Assert.Equal("<script>alert('x')</script> & \"co\"\ufffd", html.Descendants("h1").Single().Value);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_report_has_the_same_bytes_in_every_culture(string culture)
    {
        string here = Fabricated.Html(Fabricated.RunInput());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(here, Fabricated.Html(Fabricated.RunInput()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_column_names_its_unit_or_holds_words()
    {
        XElement html = Parse(Fabricated.Html(Fabricated.RunInput()));
        string[] headers = [.. html.Descendants("thead").Descendants("th").Select(th => th.Value)];
        Assert.True(headers.Length > 30);
        Assert.All(headers, header => Assert.Matches(s_unitOrWord, header));
        // Value columns without a unit of their own stand beside a column that names it for each row.
        Assert.All(
            html.Descendants("table").Where(table => table.Descendants("th").Any(th => th.Value is "planned" or "predicted")),
            table => Assert.Contains(table.Descendants("th"), th => th.Value == "unit"));
    }

    [Theory]
    [InlineData(RunOutcome.Aborted, "Aborted", "452 MPa exceeds the limit")]
    [InlineData(RunOutcome.Stopped, "Stopped", "A person stopped the run")]
    [InlineData(RunOutcome.Interrupted, "Interrupted", "died within the run")]
    public void A_run_that_did_not_end_never_reads_as_passed(RunOutcome outcome, string word, string reason)
    {
        string text = Fabricated.Html(Fabricated.RunInput() with { Run = Fabricated.Run(outcome), Proof = null });
        XElement badge = Parse(text).Descendants("p").Single(p => p.Attribute("class")?.Value.StartsWith("verdict", StringComparison.Ordinal) == true);
        Assert.Contains(word, badge.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("good", badge.Attribute("class")!.Value, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdicts_are_words_and_not_only_colours()
    {
        string text = Fabricated.Html(Fabricated.RunInput());
        foreach (string word in (string[])["✓ passed", "! not verifiable", "✓ as planned", "✗ differs", "– not measured"]) Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulated_run_has_no_date_and_is_refused_one()
    {
        ReportInput dated = Fabricated.RunInput() with { Started = DateTimeOffset.UnixEpoch };
        ArgumentException error = Assert.Throws<ArgumentException>(() => Fabricated.Html(dated));
        Assert.Contains("Started", error.Message, StringComparison.Ordinal);
        Assert.Contains("begun 1970-01-01 00:00:00 +00:00", Fabricated.Html(dated with { Simulated = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_footer_says_how_the_report_came_to_be()
    {
        string footer = Parse(Fabricated.Html(Fabricated.RunInput())).Descendants("footer").Single().Value;
        foreach (string fact in (string[])["Isobar 0.1.0", "seed 20260101", "sha256:7f3a9c01", "simulated"]) Assert.Contains(fact, footer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_drawing_says_so_when_no_pressure_satisfies_both_ends()
    {
        ReportInput input = Fabricated.PlanInput();
        Planning.Plan plan = input.Plan!;
        Planning.PressureWindow window = plan.Windows[0];
        ReportInput crossed = input with { Plan = plan with { Windows = plan.Windows.SetItem(0, window with { Low = window.High, High = window.Low }) } };
        Assert.Contains("no pressure satisfies both ends", Fabricated.Html(crossed), StringComparison.Ordinal);
        Assert.DoesNotContain("no pressure satisfies both ends", Fabricated.Html(input), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pressure_without_a_prediction_is_left_out_of_its_curve_and_counted()
    {
        ReportInput input = Fabricated.PlanInput();
        Planning.Plan plan = input.Plan!;
        Planning.PressureCurve curve = plan.Curves[0];
        ReportInput gap = input with { Plan = plan with { Curves = [curve with { Median = curve.Median.SetItem(0, double.NaN) }] } };
        Assert.Contains("One pressure without a prediction is left out.", Fabricated.Html(gap), StringComparison.Ordinal);
        Assert.DoesNotContain("left out", Fabricated.Html(input), StringComparison.Ordinal);
        Planning.PressureCurve none = curve with { Median = [.. curve.Median.Select(_ => double.NaN)] };
        Assert.Contains("Cell resistance has no prediction", Fabricated.Html(input with { Plan = plan with { Curves = [none] } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_too_thin_to_see_is_drawn_thicker_and_said_to_be()
    {
        ReportInput input = Fabricated.PlanInput();
        LayerView thin = input.Layers[2] with { ThicknessBefore = new(2e-6), ThicknessAfter = new(2e-6) };
        string note = "Drawn thicker than it is: lithium foil.";
        Assert.Contains(note, Fabricated.Html(input with { Layers = input.Layers.SetItem(2, thin) }), StringComparison.Ordinal);
        Assert.DoesNotContain(note, Fabricated.Html(input), StringComparison.Ordinal);
    }
}
