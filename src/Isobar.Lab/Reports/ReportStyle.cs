using System.Text;

namespace Isobar.Lab.Reports;

/// <summary>The style sheet of reports and operator sheets: for screen, phone and paper, light and dark.</summary>
internal static class ReportStyle
{
    private const string Base = """
        :root{--ink:#1f2933;--muted:#5b6774;--paper:#fdfdfc;--panel:#f4f6f7;--rule:#d9dee3;--accent:#0072b2;--good:#006b4f;--bad:#a83c00;--attention:#7a5200}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:980px;margin:0 auto;padding:28px 20px 48px}
        h1{font-size:1.7rem;line-height:1.2;margin:.1em 0 .3em;overflow-wrap:anywhere}
        h2{font-size:1.2rem;margin:2.4em 0 .6em;padding-top:.7em;border-top:1px solid var(--rule)}
        h3{font-size:1rem;margin:1.4em 0 .3em}
        p{max-width:72ch;margin:.5em 0}
        .kicker,.note,figcaption{color:var(--muted);font-size:.875rem}
        .kicker{margin:0;letter-spacing:.02em}
        .answer{font-size:1.1rem}
        .keys{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:10px;margin:1.2em 0;padding:0}
        .keys div{background:var(--panel);border-radius:8px;padding:10px 14px}
        .keys dt{color:var(--muted);font-size:.8125rem}
        .keys dd{margin:0;font-size:1.2rem;font-weight:600;line-height:1.3}
        .keys dd span{display:block;font-size:.8125rem;font-weight:400;color:var(--muted)}
        .verdict{display:inline-block;padding:.25em .8em;border-radius:999px;border:1.5px solid currentColor;font-weight:600}
        .good{color:var(--good)}.bad{color:var(--bad)}.attention{color:var(--attention)}.plain{color:var(--muted)}
        .scroll{overflow-x:auto;margin:.6em 0}
        table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;vertical-align:top;padding:.45em .8em .45em 0;border-bottom:1px solid var(--rule)}
        th{font-weight:600}
        thead th{color:var(--muted);font-size:.8125rem;vertical-align:bottom}
        .num{text-align:right;white-space:nowrap}
        thead .num{white-space:normal}
        .num+.text{padding-left:1.5rem}
        .word{font-weight:600}
        .word span{display:block;min-width:13em;font-weight:400;color:var(--ink)}
        td.why{min-width:16em}
        .reasons{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr));gap:14px;margin:1em 0}
        .reasons section{border:1px solid var(--rule);border-radius:8px;padding:4px 16px 10px}
        .reasons h3{margin:.6em 0 .2em}
        dl.plain-list{margin:.2em 0;color:inherit}
        dl.plain-list dt{color:var(--muted);font-size:.8125rem;margin-top:.5em}
        dl.plain-list dd{margin:0}
        figure{margin:.8em 0}
        figure svg{max-width:100%;height:auto;display:block}
        figcaption{margin-bottom:.2em}
        figcaption b{color:var(--ink)}
        .pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:8px 28px}
        ul,ol{padding-left:1.3em;max-width:78ch}
        li{margin:.3em 0;overflow-wrap:anywhere}
        a{color:var(--accent)}
        footer{margin-top:3em;padding-top:.8em;border-top:1px solid var(--rule);color:var(--muted);font-size:.8125rem;overflow-wrap:anywhere}
        .blank{min-width:7em;border-bottom:1.5px solid var(--ink)}
        @media (max-width:640px){main{padding:16px 14px 32px}.wide svg{min-width:620px}.wide{overflow-x:auto}h1{font-size:1.4rem}.reasons{grid-template-columns:1fr}.keys{grid-template-columns:repeat(auto-fill,minmax(150px,1fr))}}

        """;

    private const string Print = """
        @media print{@page{size:A4;margin:14mm}body{font-size:10pt;background:none}main{max-width:none;padding:0}h2{margin-top:1.4em}
        h2,h3,figcaption{break-after:avoid}figure,tr,.keys div,.reasons section{break-inside:avoid}.scroll,.wide{overflow:visible}a{color:inherit}}

        """;

    /// <summary>The whole sheet.</summary>
    public static string Sheet { get; } = Base + Dark() + Print;

    // Figures carry their colours as attributes, so that each also stands alone; on dark ground the sheet exchanges them one by one.
    private static string Dark()
    {
        var css = new StringBuilder();
        css.Append("@media screen and (prefers-color-scheme:dark){:root{--ink:#e8ecf0;--muted:#a3afbb;--paper:#151a1f;--panel:#1e252b;--rule:#333c45;--accent:#62b6e7;--good:#45c9a2;--bad:#f2935c;--attention:#e8bd5b}\n");
        foreach ((string light, string dark) in FigurePalette.Pairs)
        {
            foreach (string property in (string[])["fill", "stroke", "stop-color"])
            {
                css.Append("svg [").Append(property).Append("=\"").Append(light).Append("\"]{").Append(property).Append(':').Append(dark).Append("}\n");
            }
        }

        return css.Append("}\n").ToString();
    }
}
