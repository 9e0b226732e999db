using System.Xml.Linq;

namespace Isobar.Lab.Reports;

/// <summary>
/// Makes a browser's SVG of what the drawing library wrote: scales with the page, speaks to screen readers, has ids of its own,
/// and words as words. The library places each letter by itself; here each text keeps its start and its length, so that it
/// looks right in another font and can be searched and copied.
/// </summary>
internal static class FigureSvg
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    public static XElement Clean(string svg, Figure figure, FigureFont font, string idPrefix)
    {
        XElement root = XDocument.Parse(svg).Root!;
        // The library writes its transparent background as a rectangle that names no paint, which a browser fills with black.
        foreach (XElement bare in root.Elements(s_svg + "rect").Where(rect => rect.Attribute("fill") is null).ToList()) bare.Remove();
        Renumber(root, idPrefix);
        foreach (XElement text in root.Descendants(s_svg + "text").ToList()) Simplify(text, font);
        foreach (XText blank in root.DescendantNodes().OfType<XText>().Where(node => string.IsNullOrWhiteSpace(node.Value)).ToList()) blank.Remove();
        string titleId = idPrefix + "-title", descriptionId = idPrefix + "-desc";
        root.ReplaceAttributes(
            new XAttribute("xmlns", s_svg.NamespaceName),
            new XAttribute("viewBox", $"0 0 {ReportText.Count(figure.Width)} {ReportText.Count(figure.Height)}"),
            new XAttribute("width", ReportText.Count(figure.Width)),
            new XAttribute("height", ReportText.Count(figure.Height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", figure.Description.Length == 0 ? titleId : $"{titleId} {descriptionId}"));
        if (figure.Description.Length > 0) root.AddFirst(new XElement(s_svg + "desc", new XAttribute("id", descriptionId), figure.Description));
        root.AddFirst(new XElement(s_svg + "title", new XAttribute("id", titleId), figure.Title));
        return root;
    }

    // The library counts ids through the whole process, so the same figure would differ from one drawing to the next.
    private static void Renumber(XElement root, string prefix)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XAttribute id in root.Descendants().Attributes("id"))
        {
            names[id.Value] = $"{prefix}-{ReportText.Count(names.Count)}";
        }

        foreach (XAttribute attribute in root.Descendants().Attributes().ToList())
        {
            if (attribute.Name == "id") attribute.Value = names[attribute.Value];
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal)) attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
        }
    }

    private static void Simplify(XElement text, FigureFont font)
    {
        string words = text.Value.Trim();
        text.Value = words;
        float size = float.Parse(text.Attribute("font-size")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        bool bold = text.Attribute("font-weight") is not null;
        foreach (string name in (string[])["x", "y"])
        {
            XAttribute? list = text.Attribute(name);
            if (list is not null) list.Value = list.Value.Split(',', 2)[0].Trim();
        }

        text.SetAttributeValue("font-family", font.SvgFamily);
        if (words.Length > 1)
        {
            text.SetAttributeValue("textLength", MarkupWriter.Coordinate(font.Width(words, size, bold)));
            text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
        }
    }
}
