using System.Security.Cryptography;

namespace Isobar.Lab.Store;

/// <summary>Identity of a run: a ULID, 48 bits of time in ms and 80 random bits in Crockford's base 32, so that ids sort by time and need no server.</summary>
public static class RunId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;

    /// <summary>A new id.</summary>
    public static string New(TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        long milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (int i = 5; i >= 0; i--, milliseconds >>= 8) bytes[i] = (byte)milliseconds;
        RandomNumberGenerator.Fill(bytes[6..]);
        return string.Create(Length, (UInt128)System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), static (text, value) =>
        {
            for (int i = text.Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
    }
}
