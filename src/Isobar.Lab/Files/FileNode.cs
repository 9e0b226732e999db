namespace Isobar.Lab.Files;

/// <summary>A text with its name for messages; it makes the errors that point into it.</summary>
internal sealed class SourceText(string path, string text)
{
    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');

    public string Path { get; } = path;

    public string Text { get; } = text;

    public IsobarFileException Error(int line, int column, string found, string expected, string next, Exception? cause = null) =>
        new(Path, line, column, line >= 1 && line <= _lines.Length ? _lines[line - 1] : "", found, expected, next, cause);
}

/// <summary>A piece of a YAML file that knows where it stands. Line and column count from 1.</summary>
internal abstract class FileNode(SourceText source, int line, int column)
{
    public SourceText Source { get; } = source;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>What it is, for messages: "the list", "the text 'x'".</summary>
    public abstract string Description { get; }

    public IsobarFileException Error(string found, string expected, string next) => Source.Error(Line, Column, found, expected, next);
}

/// <summary>A plain or quoted text.</summary>
internal sealed class FileScalar(SourceText source, int line, int column, string text) : FileNode(source, line, column)
{
    public string Text { get; } = text;

    // A file of another kind can be one long text.
    private const int Shown = 60;

    public override string Description => Text.Length == 0 ? "nothing" : Text.Length <= Shown ? $"the text '{Text}'" : $"the text '{Text[..Shown]}…'";
}

/// <summary>A list of pieces.</summary>
internal sealed class FileList(SourceText source, int line, int column, IReadOnlyList<FileNode> items) : FileNode(source, line, column)
{
    public IReadOnlyList<FileNode> Items { get; } = items;

    public override string Description => "a list";
}

/// <summary>Keys with their values, in the order of the file; no key stands twice.</summary>
internal sealed class FileMap(SourceText source, int line, int column, IReadOnlyList<FileEntry> entries) : FileNode(source, line, column)
{
    public IReadOnlyList<FileEntry> Entries { get; } = entries;

    public override string Description => "a set of keys";

    /// <summary>The value of a key, or null when the file does not have it.</summary>
    public FileNode? Find(string key)
    {
        foreach (FileEntry entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal)) return entry.Value;
        }

        return null;
    }
}

/// <summary>A key with its value.</summary>
internal sealed record FileEntry(FileScalar Key, FileNode Value);
