using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>
/// The sheet for a person with a hand press: what to do in each step, what the gauge must read, how long, within which limits,
/// and blanks for what was achieved. One HTML file for paper, with nothing else needed.
/// </summary>
public static class OperatorSheet
{
    private const string Style = """
        @page{size:A4 landscape;margin:10mm}
        main{max-width:1180px}
        .fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:14px 24px;margin:1.2em 0}
        .fields div{border-bottom:1.5px solid var(--ink);padding-top:1.9em;font-size:.8125rem;color:var(--muted)}
        .safety p,#die-check p,.note{max-width:none}
        .safety{border:2px solid var(--bad);border-radius:8px;padding:.4em 1em;margin:1em 0}
        td.blank{min-width:5.5em;border-left:1px solid var(--rule)}
        td.do{min-width:17em}
        tbody th{min-width:7em}

        """;

    /// <summary>Writes the sheet.</summary>
    /// <exception cref="ArgumentException">The protocol is meant for another die, or a step needs more than die, press or protocol allow.</exception>
    public static void Write(Protocol protocol, PressBench bench, TextWriter output)
    {
        Check(protocol, bench);
        var html = new MarkupWriter(output);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            RunReport.Head(html, $"{protocol.Name} – operator sheet", ReportStyle.Sheet + Style);
            using MarkupWriter.Scope body = html.Open("body");
            using MarkupWriter.Scope main = html.Open("main");
            Top(protocol, bench, html);
            Steps(protocol, bench, html);
            Units(protocol, bench, html);
        }

        html.Line();
    }

    private static void Top(Protocol protocol, PressBench bench, MarkupWriter html)
    {
        Length diameter = bench.Die.Diameter.Value;
        Force limit = bench.Die.ForceFor(protocol.Limit);
        html.Element("p", $"Operator sheet · {bench.Press.Name} · die of {ReportText.Of(diameter, 4)} · protocol “{protocol.Name}”", ("class", "kicker"));
        html.Element("h1", bench.Name);
        using (html.Open("div", ("class", "safety"), ("id", "safety")))
        {
            html.Element(
                "p",
                $"Never above {ReportText.Of(protocol.Limit)} on the sample, which is {ReportText.Of(limit)} or {ReportText.Number(limit.MetricTons)} t on this die. "
                + "Isobar is not a safety system: this sheet does not replace guard, relief valve, eye protection and the press's own instructions. Release the pressure before you open anything.");
        }

        using (html.Open("div", ("id", "die-check")))
        {
            html.Element("h3", "Before you begin");
            html.Element(
                "p",
                $"Measure the die with a caliper. Every number below holds for {ReportText.Of(diameter, 4)} ± {ReportText.Of(bench.Die.Diameter.StandardUncertainty, 1)} and for no other: "
                + "at one force, a diameter 1 % larger makes the pressure 2 % lower. Clean and dry punches; gauge at zero with the press open.");
        }

        using MarkupWriter.Scope fields = html.Open("div", ("class", "fields"));
        foreach (string field in (string[])["Cell number", "Operator", "Date and time", "Die number", "Diameter measured (mm)", "Gauge calibrated until", "Gauge zero (" + GaugeReading.UnitOf(bench.Press) + ")"])
        {
            html.Element("div", field);
        }
    }

    private static void Steps(Protocol protocol, PressBench bench, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "steps", "Step by step");
        string gauge = GaugeReading.UnitOf(bench.Press);
        string shown = bench.Press.Resolution.Newtons > 0
            ? $"rounded to what this gauge can show ({ReportText.Of(bench.Press.Resolution)} of force)"
            : "not rounded, since the resolution of this gauge is not stated";
        ReportTable.Write(
            html,
            $"Gauge readings are {shown}; “gives” is the nominal sample pressure at that reading with its 90 % band from gauge, piston and die, wall friction not subtracted.",
            [
                new("step"), new("what to do"), new("sample (MPa)", true), new("force (kN)", true), new("force (metric t)", true), new($"gauge ({gauge})", true),
                new("gives (MPa)", true), new("time"), new($"achieved ({gauge})"), new("clock (h:min)"), new("initials"),
            ],
            OperatorStep.Of(protocol, bench).Select((step, index) => (ReportCell[])
            [
                $"{ReportText.Count(index + 1)} {step.Name}",
                new(step.Text, "do"),
                .. Numbers(step),
                step.Time,
                new("", "blank"),
                new("", "blank"),
                new("", "blank"),
            ]));
        html.Element("p", $"Released in every case at no more than {ReportText.Of(protocol.ReleaseRate)}, also when something goes wrong. Write down what was read, not what was asked.", ("class", "note"));
    }

    private static ReportCell[] Numbers(OperatorStep step)
    {
        if (step.Target is not { } target || step.Reading is not { } reading) return ["–", "–", "–", "–", "–"];
        bool readable = reading.Shown.Newtons > 0 || target.Pascals == 0;
        Interval band = reading.Achieved.Si.Band90;
        return
        [
            ReportText.Megapascals(target),
            ReportText.Number(reading.Wanted.Kilonewtons),
            ReportText.Number(reading.Wanted.MetricTons),
            readable ? reading.Reading : "under one step",
            !readable ? "–" : target.Pascals == 0 ? "0" : $"{ReportText.Megapascals(reading.Achieved.Value)} ± {ReportText.Number(0.5 * (band.High - band.Low) / 1e6, 2)}",
        ];
    }

    private static void Units(Protocol protocol, PressBench bench, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "units", "Units on this die");
        Ram? ram = bench.Press.Ram;
        double[] usual = [10, 25, 50, 74, 100, 150, 200, 300, 375, 500];
        IEnumerable<double> targets = OperatorStep.Of(protocol, bench).Where(step => step.Target is { Pascals: > 0 }).Select(step => step.Target!.Value.Megapascals);
        List<ReportColumn> columns = [new("sample (MPa)", true), new("force (kN)", true), new("metric t", true), new("US short ton", true), new("UK long ton", true), new("force (lbf)", true)];
        if (ram is not null) columns.AddRange([new("oil (bar)", true), new("oil (MPa)", true), new("oil (psi)", true)]);
        ReportTable.Write(
            html,
            "Sample pressure is force over die area. A bare “ton” can be any of three; oil pressure is not sample pressure.",
            columns.ToArray(),
            usual.Concat(targets).Where(p => p <= protocol.Limit.Megapascals).Distinct().Order().Select(p =>
            {
                Force force = bench.Die.ForceFor(SamplePressure.FromMegapascals(p));
                List<ReportCell> row =
                [
                    ReportText.Number(p), ReportText.Number(force.Kilonewtons), ReportText.Number(force.MetricTons),
                    ReportText.Number(force.In("short_ton")), ReportText.Number(force.In("long_ton")), ReportText.Number(force.In("lbf")),
                ];
                if (ram is not null)
                {
                    OilPressure oil = ram.PressureFor(force);
                    row.AddRange([ReportText.Number(oil.In("bar")), ReportText.Number(oil.In("MPa")), ReportText.Number(oil.In("psi"))]);
                }

                return row.ToArray();
            }));
    }

    private static void Check(Protocol protocol, PressBench bench)
    {
        // A twentieth of a millimetre is more than dies of one nominal size differ by and less than the sizes differ.
        double difference = Math.Abs(protocol.Diameter.Metres - bench.Die.Diameter.Value.Metres);
        if (difference > 0.05e-3)
        {
            throw new ArgumentException($"protocol '{protocol.Name}' is meant for a die of {ReportText.Of(protocol.Diameter, 4)}, but {bench.Name} is pressed in {ReportText.Of(bench.Die.Diameter.Value, 4)}; plan again for this die, or name the right die in the cell file", nameof(protocol));
        }

        foreach (OperatorStep step in OperatorStep.Of(protocol, bench))
        {
            if (step.Target is not { } target || step.Reading is not { } reading) continue;
            SamplePressure limit = bench.Die.Limit < protocol.Limit ? bench.Die.Limit : protocol.Limit;
            if (target > limit)
            {
                throw new ArgumentException($"step '{step.Name}' asks for {ReportText.Of(target)}, but die and protocol allow {ReportText.Of(limit)}; lower the target or use another die", nameof(protocol));
            }

            if (reading.Shown > bench.Press.Capacity)
            {
                throw new ArgumentException($"step '{step.Name}' needs {ReportText.Of(reading.Shown)}, but {bench.Press.Name} makes {ReportText.Of(bench.Press.Capacity)}; lower the target or use a smaller die", nameof(bench));
            }
        }
    }
}
