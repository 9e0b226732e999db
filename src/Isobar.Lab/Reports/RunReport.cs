namespace Isobar.Lab.Reports;

/// <summary>
/// Writes the report of a run or of a plan as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.
/// The same input gives the same bytes.
/// </summary>
public static class RunReport
{
    /// <summary>Writes the report.</summary>
    /// <exception cref="ArgumentException">The input contradicts itself; the message says where.</exception>
    /// <exception cref="FigureFontException">The machine has no font for figures.</exception>
    public static void Write(ReportInput input, TextWriter output)
    {
        Check(input);
        var html = new MarkupWriter(output);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            Head(html, $"{input.Title} – Isobar report", ReportStyle.Sheet);
            using MarkupWriter.Scope body = html.Open("body");
            using MarkupWriter.Scope main = html.Open("main");
            AnswerSection.Write(input, html);
            if (input.Cell is { } cell) StackSection.Write(input, cell, html);
            if (input.Plan is { } plan)
            {
                WindowSection.Write(plan, html);
                TradeOffSection.Write(plan, html);
                if (plan.Rates is { } rates) RateSection.Write(rates, html);
            }

            if (input.Run is not null) RunSection.Write(input, html);
            if (input.Proof is not null) ProofSection.WriteSteps(input.Proof, html);
            ProofSection.WriteProperties(input, html);
            if (input.Spectrum is not null) SpectrumSection.Write(input.Spectrum, html);
            ClosingSection.Write(input, html);
        }

        html.Line();
    }

    /// <summary>The head that every document of this room has; its policy lets a browser load nothing.</summary>
    internal static void Head(MarkupWriter html, string title, string style)
    {
        using MarkupWriter.Scope head = html.Open("head");
        html.Empty("meta", ("charset", "utf-8"));
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", title);
        html.Style(style);
    }

    private static void Check(ReportInput input)
    {
        if (input.Plan is null && input.Run is null)
        {
            throw new ArgumentException("the report was given neither a plan nor a run; give at least one of them", nameof(input));
        }

        if (input.Simulated && input.Started is not null)
        {
            throw new ArgumentException("a simulated run was given a starting date; leave Started out, a rerun must give the same report", nameof(input));
        }

        if (input.Proof is not null && input.Run is null)
        {
            throw new ArgumentException("the report was given verdicts but no run; give the run that they judge", nameof(input));
        }
    }
}
