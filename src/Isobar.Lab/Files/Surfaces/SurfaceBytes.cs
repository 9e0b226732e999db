using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>The bytes of a file with a place to read from; numbers are little-endian, as in every format read here. Reading past the end is an error that names the byte.</summary>
internal sealed class SurfaceBytes(string path, byte[] bytes)
{
    public string Path { get; } = path;

    public long Length => bytes.Length;

    public int Position { get; set; }

    public ReadOnlySpan<byte> All => bytes;

    public byte[] Array => bytes;

    public bool StartsWith(ReadOnlySpan<byte> magic) => All.StartsWith(magic);

    public byte U8(string what) => Take(1, what)[0];

    public ushort U16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, what));

    public short I16(string what) => BinaryPrimitives.ReadInt16LittleEndian(Take(2, what));

    public uint U32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    public int I32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

    public float F32(string what) => BinaryPrimitives.ReadSingleLittleEndian(Take(4, what));

    public double F64(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, what));

    /// <summary>A text of a fixed number of bytes, up to the first zero byte, without the blanks at its end.</summary>
    public string Text(int count, string what)
    {
        ReadOnlySpan<byte> text = Take(count, what);
        int end = text.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? text : text[..end]).TrimEnd();
    }

    public void Skip(long count, string what)
    {
        if (count < 0 || count > Length - Position) throw TooShort(count, what);
        Position += (int)count;
    }

    public ReadOnlySpan<byte> Take(long count, string what)
    {
        if (count < 0 || count > Length - Position) throw TooShort(count, what);
        ReadOnlySpan<byte> taken = All.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>Checks a claimed number of points against the bytes that are there and the largest map.</summary>
    public int RequirePoints(long rows, long columns, int bytesPerPoint)
    {
        if (rows < 2 || columns < 2) throw Error(string.Create(CultureInfo.InvariantCulture, $"the file holds {rows} × {columns} points"), "a surface of at least 2 × 2 points; a profile is not one", "give the map that the profile was taken from");
        if (rows > SurfaceFile.MostPoints / columns) throw Error(string.Create(CultureInfo.InvariantCulture, $"the file claims {rows} × {columns} points"), $"at most {SurfaceFile.MostPoints >> 20} million points", "crop the map, or take every second point");
        long needed = rows * columns * bytesPerPoint;
        if (needed > Length - Position) throw TooShort(needed, string.Create(CultureInfo.InvariantCulture, $"{rows} × {columns} heights"));
        return (int)(rows * columns);
    }

    /// <summary>An error of the whole file.</summary>
    public IsobarFileException Error(string found, string expected, string next, Exception? cause = null) => new(Path, 1, 1, "", found, expected, next, cause);

    /// <summary>An error at a byte of the file.</summary>
    public IsobarFileException ErrorAt(long offset, string found, string expected, string next, Exception? cause = null) =>
        new(Path, 1, 1, "", string.Create(CultureInfo.InvariantCulture, $"{found} (byte {offset})"), expected, next, cause);

    /// <summary>An error in a line of a text file.</summary>
    public IsobarFileException ErrorInLine(int line, int column, string text, string found, string expected, string next) =>
        new(Path, line, column, text.Length > 120 ? text[..120] + " …" : text, found, expected, next);

    private IsobarFileException TooShort(long count, string what) => ErrorAt(
        Position, string.Create(CultureInfo.InvariantCulture, $"the file ends within {what}: {Length - Position} bytes are left of {count}"), "the whole file", "copy or export the file again");
}
