using System.Text;

namespace Isobar.Lab.Files;

/// <summary>Reads a whole UTF-8 text file or says why it cannot.</summary>
internal static class TextFile
{
    // A cell or protocol file of people is some kilobytes.
    private const long LargestBytes = 4 << 20;

    public static SourceText Read(string path)
    {
        if (Directory.Exists(path)) throw new IsobarFileException(path, 1, 1, "", $"'{path}' is a folder", "a text file", "name the file in it, for example cell.yaml");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestBytes } large)
            {
                throw new IsobarFileException(path, 1, 1, "", $"the file has {large.Length >> 20} MB", "a text file of at most 4 MB", "check that this is the file you mean");
            }

            using FileStream stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IsobarFileException(path, 1, 1, "", $"the file cannot be read: {fault.Message}", "a readable text file", "check the path and the permissions", fault);
        }
    }

    public static SourceText Read(Stream stream, string name)
    {
        try
        {
            using StreamReader reader = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            string text = reader.ReadToEnd();
            int zero = text.IndexOf('\0', StringComparison.Ordinal);
            if (zero < 0) return new SourceText(name, text);
            int line = 1 + text.AsSpan(0, zero).Count('\n');
            throw new IsobarFileException(name, line, zero - text.LastIndexOf('\n', zero), "", $"a zero byte stands in line {line}, which no text has", "a text file in UTF-8", "save the file again with the encoding UTF-8; UTF-16 without its mark looks like this");
        }
        catch (DecoderFallbackException fault)
        {
            string next = Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".xlsx" or ".xls" or ".ods" => "export the sheet from the spreadsheet as CSV UTF-8",
                ".csv" => "save the file again with the encoding UTF-8 (in a spreadsheet: CSV UTF-8)",
                _ => "save the file again with the encoding UTF-8",
            };
            throw new IsobarFileException(name, 1, 1, "", "the file is not UTF-8 text", "a text file in UTF-8", next, fault);
        }
    }
}
