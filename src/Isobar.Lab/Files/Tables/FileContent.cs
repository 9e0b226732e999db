using System.Buffers.Binary;
using System.Text;

namespace Isobar.Lab.Files.Tables;

/// <summary>The bytes of a measurement file, and its text where it is one.</summary>
internal sealed class FileContent
{
    // A year of cycling at one row a second is some gigabytes as text; nobody reads that at once. Text takes twice its bytes in memory.
    private const long LargestBytes = 256L << 20;

    // Other files that people name by mistake: how they begin, what they are, what to do.
    private static readonly (byte[] Start, string What, string Next)[] s_others =
    [
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture", "name the file of numbers that the picture was drawn from"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture", "name the file of numbers that the picture was drawn from"),
        ("%PDF"u8.ToArray(), "a PDF document", "name the file of numbers behind it"),
        ("PK\x03\x04"u8.ToArray(), "a ZIP archive or an Excel workbook", "unpack it, or save the sheet with the numbers as CSV"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook or another Office file", "save the sheet with the numbers as CSV"),
        ([0x1F, 0x8B], "a gzip archive", "unpack it first"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file", "export the numbers as CSV"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database", "export the table with the numbers as CSV"),
        ("PAR1"u8.ToArray(), "a Parquet file", "export the table as CSV"),
        ("NEWARE"u8.ToArray(), "a binary Neware file (.nda)", "export it as text or CSV from BTSDA"),
        ([0x00, 0x01, 0x00, 0x00, (byte)'S', (byte)'t', (byte)'a', (byte)'n'], "an Access database (Arbin .res)", "export it as CSV from MITS Pro"),
    ];

    private readonly Lazy<FileText> _text;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    public FileContent(string path, ReadOnlyMemory<byte> bytes)
    {
        Path = path;
        Bytes = bytes;
        _text = new Lazy<FileText>(Decode);
    }

    public string Path { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The file as text; decoded once.</summary>
    public FileText Text => _text.Value;

    public static FileContent Read(string path)
    {
        if (Directory.Exists(path)) throw new IsobarFileException(path, 1, 1, "", $"'{path}' is a folder", "a file of measured data", "name the files in it, for example " + System.IO.Path.Combine(path, "*"));
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > LargestBytes })
            {
                throw new IsobarFileException(path, 1, 1, "", $"the file has {file.Length >> 20} MB", $"a file of at most {LargestBytes >> 20} MB", "check that this is the file you mean; export fewer cycles or fewer rows per second if it is");
            }

            return new FileContent(path, File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string found = fault is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : $"the file cannot be read: {fault.Message}";
            throw new IsobarFileException(path, 1, 1, "", found, "a file of measured data", "check the path and the permissions", fault);
        }
    }

    /// <summary>Whether the file starts so, after the mark of UTF-8 where it has one.</summary>
    public bool StartsWith(ReadOnlySpan<byte> start) => (Bytes.Span.StartsWith(Utf8Mark) ? Bytes.Span[Utf8Mark.Length..] : Bytes.Span).StartsWith(start);

    /// <summary>An error about the file as a whole.</summary>
    public IsobarFileException Error(string found, string expected, string next, Exception? cause = null) => new(Path, 1, 1, "", found, expected, next, cause);

    /// <summary>Refuses an empty file and files of other programs, by what they are.</summary>
    public void RefuseKnownOthers(string expected)
    {
        if (Bytes.Length == 0) throw Error("the file is empty", expected, "check that the export or the copy has finished");
        foreach ((byte[] start, string what, string next) in s_others)
        {
            if (Bytes.Span.StartsWith(start)) throw Error($"the file is {what}", expected, next);
        }
    }

    private FileText Decode()
    {
        ReadOnlySpan<byte> bytes = Bytes.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return new FileText(Path, Encoding.Unicode.GetString(bytes[2..]), "UTF-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return new FileText(Path, Encoding.BigEndianUnicode.GetString(bytes[2..]), "UTF-16");
        if (bytes.StartsWith(Utf8Mark)) bytes = bytes[Utf8Mark.Length..];
        // UTF-16 without its mark: every second byte of plain text is zero.
        if (bytes.Length >= 4 && bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0) return new FileText(Path, Encoding.Unicode.GetString(bytes), "UTF-16");
        if (bytes.Length >= 4 && bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0 && bytes[3] != 0) return new FileText(Path, Encoding.BigEndianUnicode.GetString(bytes), "UTF-16");
        int zero = bytes.IndexOf((byte)0);
        if (zero >= 0) throw Error($"byte {zero + 1} of the file is zero, which no text has: it is a binary file of an unknown format", "a text file, or a binary file of BioLogic (.mpr)", "export the data as text from the program that wrote it");
        try
        {
            return new FileText(Path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            // Instruments write °, µ and ² in the code page of Western Windows; every byte of it is a character.
            return new FileText(Path, Encoding.Latin1.GetString(bytes), "Latin-1");
        }
    }
}

/// <summary>Little-endian numbers of a binary file with their bounds checked.</summary>
internal static class BinaryReading
{
    public static uint UInt32At(this FileContent content, int at, string what) => BinaryPrimitives.ReadUInt32LittleEndian(content.Take(at, 4, what));

    public static ushort UInt16At(this FileContent content, int at, string what) => BinaryPrimitives.ReadUInt16LittleEndian(content.Take(at, 2, what));

    public static ulong UInt64At(this FileContent content, int at, string what) => BinaryPrimitives.ReadUInt64LittleEndian(content.Take(at, 8, what));

    public static ReadOnlySpan<byte> Take(this FileContent content, long at, long length, string what)
    {
        if (at < 0 || length < 0 || at + length > content.Bytes.Length)
        {
            throw content.Error(
                $"the file ends at byte {content.Bytes.Length}, before {what} (bytes {at + 1} to {at + length})", "a whole file", "the file is cut off or damaged: copy it again from the instrument's computer");
        }

        return content.Bytes.Span.Slice((int)at, (int)length);
    }
}
