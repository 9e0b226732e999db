using System.Text;

namespace Isobar.Tests.Fuzzing;

/// <summary>Makes damaged files of good ones: a seed gives the same damage every time.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    // What breaks readers: extremes of numbers, separators, words of headings, ends of lines.
    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "0", "-1", "1e308", "-1e308", "1e-320", "1e999", "NaN", "inf", "-", "", ",", ";", "\t", "\"", "\n", "\r", "\r\n", "\n\n", " ", "1,5", "1.5.5", "'", "(", ")", "[", "]", "{", "}", "freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm", "|Z|/Ohm",
            "Phase(Z)/deg", "time/s", "I/mA", "Ewe/V", "Nb header lines : 999999999", "Nb header lines : 3", "Data Points: 2147483648", "ZCURVE\tTABLE", "End Comments", "<Segment1>", "</Segment1>", "Definition=", "MODULE", "VMP data", "EXPERIMENTABORTED\tTOGGLE\tT",
            "99999999999999999999", "2d 03:04:05", "::", "0x10", "\0", "é", "−", "′", "Ω", "cm2", "/", "//", "#", "\ufeff", ":", "-0", "1e", "e1", "+", "p(", "R", "CPE", "-W",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private const int LargestBytes = 1 << 16;

    /// <summary>A damaged file, and the seed that it came from.</summary>
    public byte[] Next(Random random)
    {
        List<byte> bytes = [.. seeds[random.Next(seeds.Count)]];
        int damages = 1 + (int)(random.NextDouble() * random.NextDouble() * 8);
        for (int k = 0; k < damages; k++) Damage(bytes, random);
        if (bytes.Count > LargestBytes) bytes.RemoveRange(LargestBytes, bytes.Count - LargestBytes);
        return [.. bytes];
    }

    private void Damage(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(s_words[random.Next(s_words.Length)]);
            return;
        }

        int at = random.Next(bytes.Count), length = Math.Min(bytes.Count - at, 1 + random.Next(random.Next(2) == 0 ? 8 : 200));
        switch (random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
            case 6:
                ReplaceField(bytes, at, s_words[random.Next(s_words.Length)]);
                break;
            case 7:
                byte[] other = seeds[random.Next(seeds.Count)];
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(400))]);
                break;
            case 8:
                SwapLines(bytes, at, random.Next(bytes.Count));
                break;
            default:
                byte one = bytes[at], two = (byte)",;\t .\n"[random.Next(6)];
                for (int i = 0; i < bytes.Count; i++) bytes[i] = bytes[i] == one ? two : bytes[i];
                break;
        }
    }

    // The run of characters around a place, up to the next separator.
    private static void ReplaceField(List<byte> bytes, int at, byte[] word)
    {
        int start = at, end = at;
        while (start > 0 && !IsSeparator(bytes[start - 1])) start--;
        while (end < bytes.Count && !IsSeparator(bytes[end])) end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, word);
    }

    private static bool IsSeparator(byte b) => b is (byte)',' or (byte)';' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)' ';

    private static void SwapLines(List<byte> bytes, int one, int other)
    {
        (int start, int end) = Line(bytes, one);
        List<byte> line = bytes.GetRange(start, end - start);
        bytes.RemoveRange(start, end - start);
        if (bytes.Count > 0) bytes.InsertRange(Line(bytes, Math.Min(other, bytes.Count - 1)).Start, line);
    }

    private static (int Start, int End) Line(List<byte> bytes, int at)
    {
        int start = at, end = at;
        while (start > 0 && bytes[start - 1] != '\n') start--;
        while (end < bytes.Count && bytes[end] != '\n') end++;
        return (start, Math.Min(bytes.Count, end + 1));
    }
}
