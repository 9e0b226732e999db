using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Isobar.Lab.Reports;

/// <summary>
/// Writes HTML and SVG that is also well-formed XML. Text and attribute values are always encoded; there is no way to write a
/// tag from a string that a user gave. The only unencoded text is a style sheet, which is the program's own.
/// </summary>
internal sealed class MarkupWriter(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Starts a document.</summary>
    public void Doctype() => output.Write("<!DOCTYPE html>\n");

    /// <summary>Opens an element; disposing of the result closes it.</summary>
    public Scope Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        WriteTag(tag, attributes, "");
        _open.Push(tag);
        return new Scope(this, _open.Count);
    }

    /// <summary>An element without content.</summary>
    public void Empty(string tag, params ReadOnlySpan<(string Name, string Value)> attributes) => WriteTag(tag, attributes, "/");

    /// <summary>An element that holds only text.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        WriteTag(tag, attributes, "");
        Text(text);
        output.Write("</");
        output.Write(tag);
        output.Write('>');
    }

    /// <summary>Text, encoded.</summary>
    public void Text(string text) => Encode(text, false);

    /// <summary>A line break between blocks, for people who read the source.</summary>
    public void Line() => output.Write('\n');

    /// <summary>A style sheet of the program's own.</summary>
    public void Style(string css)
    {
        if (css.AsSpan().IndexOfAny('<', '&') >= 0) throw new ArgumentException("a style sheet inside a document has no '<' or '&'", nameof(css));
        output.Write("<style>");
        output.Write(css);
        output.Write("</style>");
    }

    /// <summary>An element tree.</summary>
    public void Tree(XElement element)
    {
        using Scope scope = Open(element.Name.LocalName, [.. element.Attributes().Select(a => (a.Name.LocalName, a.Value))]);
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement child) Tree(child);
            else if (node is XText text) Text(text.Value);
        }
    }

    /// <summary>A coordinate in a drawing: two decimals, in every culture.</summary>
    public static string Coordinate(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text is "-0" ? "0" : text;
    }

    private void WriteTag(string tag, ReadOnlySpan<(string Name, string Value)> attributes, string end)
    {
        output.Write('<');
        output.Write(tag);
        foreach ((string name, string value) in attributes)
        {
            output.Write(' ');
            output.Write(name);
            output.Write("=\"");
            Encode(value, true);
            output.Write('"');
        }

        output.Write(end);
        output.Write('>');
    }

    private void Encode(string text, bool inAttribute)
    {
        foreach (Rune rune in ReportText.Printable(text).EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': output.Write("&lt;"); break;
                case '>': output.Write("&gt;"); break;
                case '&': output.Write("&amp;"); break;
                case '"' when inAttribute: output.Write("&quot;"); break;
                default: output.Write(rune.ToString()); break;
            }
        }
    }

    private void Close(int depth)
    {
        if (_open.Count != depth) throw new InvalidOperationException($"elements are closed out of order: <{_open.Peek()}> is still open");
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
    }

    /// <summary>An open element.</summary>
    internal readonly struct Scope(MarkupWriter writer, int depth) : IDisposable
    {
        /// <summary>Closes it.</summary>
        public void Dispose() => writer.Close(depth);
    }
}
