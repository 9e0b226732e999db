namespace Isobar.Lab.Files.Surfaces;

/// <summary>Lines of a text with their numbers, from 1.</summary>
internal sealed class NumberedLines(TextReader reader)
{
    /// <summary>Number of the line that was read last.</summary>
    public int Number { get; private set; }

    public string? Next()
    {
        string? line = reader.ReadLine();
        if (line is not null) Number++;
        return line;
    }
}
