using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Lab.Reports;

/// <summary>The windows: where each pressure may lie, where it was put, and why.</summary>
internal static class WindowSection
{
    public static void Write(Plan plan, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "windows", "Pressure windows");
        WindowDrawing.Write(plan.Windows, html);
        ReportTable.Write(
            html,
            $"Pressures on the sample in a die of {ReportText.Of(plan.Cell.Die.Diameter.Value)}; bands hold the truth with 90 % probability.",
            [new("step"), new("kind"), new("lowest (MPa)", true), new("highest (MPa)", true), new("chosen (MPa)", true), new("90 % band (MPa)", true), new("force (kN)", true), new("hold")],
            plan.Windows.Select(window => (ReportCell[])
            [
                window.Label,
                Name(window.Kind),
                ReportText.Megapascals(window.Low.Pressure),
                ReportText.Megapascals(window.High.Pressure),
                ReportText.Megapascals(window.Chosen.Value),
                $"{ReportText.Megapascals(window.Chosen.Low90)} to {ReportText.Megapascals(window.Chosen.High90)}",
                ReportText.Number(window.Force.Kilonewtons),
                ReportText.Time(window.Hold),
            ]));
        using MarkupWriter.Scope reasons = html.Open("div", ("class", "reasons"));
        foreach (PressureWindow window in plan.Windows) Reasons(window, html);
    }

    internal static string Name(PressureKind kind) => kind switch
    {
        PressureKind.Fabrication => "fabrication",
        PressureKind.Attach => "attach",
        PressureKind.Stack => "stack",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of pressure without a name"),
    };

    private static void Reasons(PressureWindow window, MarkupWriter html)
    {
        using MarkupWriter.Scope section = html.Open("section");
        html.Element("h3", ReportText.Capital(window.Label));
        using MarkupWriter.Scope list = html.Open("dl", ("class", "plain-list"));
        Reason(html, "Not below " + Bound(window.Low), window.Low.Reason);
        Reason(html, "Not above " + Bound(window.High), window.High.Reason);
        Reason(html, $"Chosen: {ReportText.Band(window.Chosen)}", window.Reason);
        if (window.Habit.Length > 0) Reason(html, "Habit", window.Habit);
    }

    private static string Bound(WindowBound bound) =>
        bound.Band90.Low < bound.Band90.High
            ? $"{ReportText.Megapascals(bound.Pressure)} MPa ({ReportText.Number(bound.Band90.Low / 1e6)} to {ReportText.Number(bound.Band90.High / 1e6)})"
            : $"{ReportText.Megapascals(bound.Pressure)} MPa, by rule";

    private static void Reason(MarkupWriter html, string name, string text)
    {
        html.Element("dt", name);
        html.Element("dd", text);
    }
}
