using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads YAML into nodes that know their place. Only what a person needs in a cell or protocol file is allowed: keys, lists and texts;
/// anchors, aliases, tags and several documents are refused, so that what a file says is what stands in it.
/// </summary>
internal static class YamlText
{
    // Deeper files are not written by people; the bound keeps a hostile file from exhausting the stack.
    private const int DeepestNesting = 24;

    public static FileMap ReadMap(SourceText source)
    {
        Parser parser = new(new StringReader(WithoutBlanks(source.Text)));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) throw Empty(source);
            parser.Consume<DocumentStart>();
            FileNode root = ReadNode(parser, source, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                throw source.Error(Row(second.Start), Col(second.Start), "a second document begins here", "one document per file", "split the file, or remove the line '---'");
            }

            if (root is FileScalar { Text.Length: 0 }) throw Empty(source);
            return root as FileMap ?? throw root.Error($"found {root.Description} where the file begins", "keys with values, such as 'name: ...'", "see the files in examples/ for the form");
        }
        catch (YamlException fault)
        {
            throw Unreadable(source, fault.Start, Reason(fault), fault);
        }
        catch (InvalidOperationException fault)
        {
            // The parser leaves some broken nestings of brackets with this exception and without a place; its last event is the nearest.
            throw Unreadable(source, parser.Current?.End ?? Mark.Empty, "the brackets or the indentation do not fit together", fault);
        }
    }

    private static FileNode ReadNode(Parser parser, SourceText source, int depth)
    {
        if (parser.Accept<AnchorAlias>(out var alias)) throw Refused(source, alias.Start, $"the alias '*{alias.Value}'");
        NodeEvent node = parser.Accept<NodeEvent>(out var next) ? next : throw new YamlException(parser.Current!.Start, parser.Current.End, "a value is missing");
        if (!node.Anchor.IsEmpty) throw Refused(source, node.Start, $"the anchor '&{node.Anchor.Value}'");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) throw Refused(source, node.Start, $"the tag '{node.Tag.Value}'");
        if (depth > DeepestNesting)
        {
            throw source.Error(Row(node.Start), Col(node.Start), "the file nests too deeply here", $"at most {DeepestNesting} levels", "flatten this part");
        }

        return node switch
        {
            SequenceStart => ReadList(parser, source, depth),
            MappingStart => ReadEntries(parser, source, depth),
            _ => ReadScalar(parser, source),
        };
    }

    private static FileScalar ReadScalar(Parser parser, SourceText source)
    {
        Scalar scalar = parser.Consume<Scalar>();
        return new FileScalar(source, Row(scalar.Start), Col(scalar.Start), scalar.Value);
    }

    private static FileList ReadList(Parser parser, SourceText source, int depth)
    {
        SequenceStart start = parser.Consume<SequenceStart>();
        List<FileNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, source, depth + 1));
        return new FileList(source, Row(start.Start), Col(start.Start), items);
    }

    private static FileMap ReadEntries(Parser parser, SourceText source, int depth)
    {
        MappingStart start = parser.Consume<MappingStart>();
        List<FileEntry> entries = [];
        Dictionary<string, FileScalar> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            FileNode keyNode = ReadNode(parser, source, depth + 1);
            if (keyNode is not FileScalar key) throw keyNode.Error($"found {keyNode.Description} as a key", "a word as a key", "write 'key: value'");
            if (!seen.TryAdd(key.Text, key))
            {
                throw key.Error($"the key '{key.Text}' stands twice", $"each key once; the first is in line {seen[key.Text].Line}", "remove one of the two");
            }

            entries.Add(new FileEntry(key, ReadNode(parser, source, depth + 1)));
        }

        return new FileMap(source, Row(start.Start), Col(start.Start), entries);
    }

    // The parser stumbles over a tab in a line that is otherwise empty, which nobody sees.
    private static string WithoutBlanks(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.AsSpan().IsWhiteSpace() ? "" : line));

    private static IsobarFileException Unreadable(SourceText source, Mark mark, string reason, Exception fault) =>
        IndentingTab(source.Text, mark) is (int line, int column)
            ? source.Error(line, column, "a tab indents this line", "'key: value' lines, indented by spaces", "write spaces instead of the tab; most editors can do that for the whole file", fault)
            : source.Error(
                Row(mark), Col(mark), $"this is not readable YAML: {reason}", "'key: value' lines, indented by spaces, lists with '- '",
                "check indentation, closing brackets and quotes on this line and the one before; a text with ': ' or '#' in it stands in quotes", fault);

    // The parser tells of an indenting tab one line off, or without any place. Brackets may be indented by tabs: one that stands elsewhere is not the fault.
    private static (int Line, int Column)? IndentingTab(string text, Mark mark)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        bool anywhere = mark.Line <= 1;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!anywhere && Math.Abs(i + 1 - mark.Line) > 1) continue;
            int tab = lines[i].IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && lines[i].AsSpan(0, tab).IsWhiteSpace() && lines[i].AsSpan(tab).Trim() is [not '#', ..]) return (i + 1, tab + 1);
        }

        return null;
    }

    private static IsobarFileException Empty(SourceText source) =>
        source.Error(1, 1, "the file is empty", "a first line such as 'isobar: cell/1'", "see the files in examples/ for the form");

    private static IsobarFileException Refused(SourceText source, Mark mark, string what) =>
        source.Error(Row(mark), Col(mark), $"found {what}", "values written out where they belong", "write the value here in full; anchors, aliases and tags are not read");

    // The parser repeats positions in front of its reason: "(Line: 3, Col: 5, Idx: 40) - ...".
    private static string Reason(YamlException fault)
    {
        string text = fault.Message;
        int dash = text.LastIndexOf("): ", StringComparison.Ordinal);
        return dash >= 0 ? text[(dash + 3)..] : text;
    }

    private static int Row(Mark mark) => (int)Math.Max(1, mark.Line);

    private static int Col(Mark mark) => (int)Math.Max(1, mark.Column);
}
