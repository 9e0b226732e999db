using System.Buffers.Binary;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Xunit;

namespace Isobar.Tests.Files.Spectra;

/// <summary>Binary BioLogic files, built byte by byte: known and unknown columns, both forms of the block header, damage.</summary>
public sealed class MprFileTests
{
    // freq, Re, -Im, |Z|, phase, time.
    private static readonly int[] s_known = [32, 37, 38, 36, 35, 4];

    [Theory]
    [InlineData(11u)]
    [InlineData(3u)]
    [InlineData(2u)]
    [InlineData(0u)]
    public void Every_version_of_the_data_block_is_read(uint version)
    {
        SpectrumFile file = SpectrumFiles.Parse(Mpr(s_known, version), "made.mpr");
        Assert.Equal("BioLogic mpr", file.Format);
        AssertClose(file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void An_unknown_column_is_named_and_shifts_nothing(int place)
    {
        int[] ids = [.. s_known[..place], 9999, .. s_known[place..]];
        SpectrumFile file = SpectrumFiles.Parse(Mpr(ids, 11), "made.mpr");
        AssertClose(file);
        Assert.Contains(file.Notes, note => note.Contains("9999", StringComparison.Ordinal));
    }

    [Fact]
    public void Columns_between_two_unknown_ones_are_left_out_rather_than_guessed()
    {
        // Time stands between them; what a spectrum needs stands outside.
        SpectrumFile file = SpectrumFiles.Parse(Mpr([32, 37, 9998, 4, 9999, 38, 36, 35], 11), "made.mpr");
        AssertClose(file);
        Assert.True(double.IsNaN(file.Sweeps[0].Began));
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(Mpr([9998, 32, 37, 38, 9999, 4], 11), "made.mpr"));
        Assert.Contains("no column of frequencies", fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_unknown_columns_alone_is_refused()
    {
        foreach (int[] ids in (int[][])[[9998, 9999], [9999], [9998, 32, 9999]])
        {
            Assert.Contains("9999", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(Mpr(ids, 11), "made.mpr")).Found, StringComparison.Ordinal);
            Assert.Contains("9999", Assert.Throws<IsobarFileException>(() => Isobar.Lab.Files.Cycling.CyclerFiles.Parse(Mpr(ids, 11), "made.mpr")).Found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_column_of_another_width_than_its_number_says_is_refused()
    {
        // The file says "time" (eight bytes) where four are written.
        byte[] bytes = Mpr([32, 37, 38, 36, 35, 33], 11);
        int ids = 52 + 65 + 6;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(ids + 10), 4);
        Assert.Contains("the columns need", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(bytes, "made.mpr")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_changed_places_are_found_by_the_cross_check()
    {
        byte[] bytes = Mpr(s_known, 11);
        int ids = 52 + 65 + 6;
        // Re and |Z| have one width; the file names them the wrong way round.
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(ids + 2), 36);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(ids + 6), 37);
        Assert.Contains("columns are shifted", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(bytes, "made.mpr")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_and_never_read_beyond_its_end()
    {
        byte[] bytes = Mpr(s_known, 11);
        for (int length = 23; length < bytes.Length; length += 37) Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(bytes.AsMemory(0, length), "made.mpr"));
    }

    private static void AssertClose(SpectrumFile file)
    {
        Isobar.Impedance.Spectrum spectrum = Assert.Single(file.Sweeps).Spectrum;
        Assert.Equal(MadeSpectrum.Count, spectrum.Count);
        // The file holds single precision.
        for (int i = 0; i < MadeSpectrum.Count; i++) Assert.Equal(0, System.Numerics.Complex.Abs(spectrum.Ohms[i] - MadeSpectrum.Ohms[i]) / MadeSpectrum.Ohms[i].Magnitude, 2e-7);
    }

    internal static byte[] Mpr(int[] ids, uint version)
    {
        bool wide = version > 0, marked = version >= 10;
        int start = version switch { 0 => 100, 2 => 405, 3 => 406, _ => 1007 };
        int rowBytes = ids.Sum(id => id == 4 ? 8 : 4);
        var body = new byte[start + (rowBytes * MadeSpectrum.Count)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, MadeSpectrum.Count);
        body[4] = (byte)ids.Length;
        for (int i = 0; i < ids.Length; i++)
        {
            if (wide) BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan((version >= 10 ? 6 : 5) + (2 * i)), (ushort)ids[i]);
            else body[5 + i] = (byte)ids[i];
        }

        int at = start;
        for (int row = 0; row < MadeSpectrum.Count; row++)
        {
            foreach (int id in ids)
            {
                System.Numerics.Complex z = MadeSpectrum.Ohms[row];
                double value = id switch { 32 => MadeSpectrum.Hertz[row], 37 => z.Real, 38 => -z.Imaginary, 36 => z.Magnitude, 35 => MadeSpectrum.Degrees(z), 4 => row, _ => 12345.678 };
                if (id == 4) BinaryPrimitives.WriteDoubleLittleEndian(body.AsSpan(at), value);
                else BinaryPrimitives.WriteSingleLittleEndian(body.AsSpan(at), (float)value);
                at += id == 4 ? 8 : 4;
            }
        }

        using var file = new MemoryStream();
        file.Write("BIO-LOGIC MODULAR FILE\x1a                         \0\0\0\0"u8);
        file.Write("MODULE"u8);
        file.Write("VMP data  VMP data                 "u8);
        Span<byte> number = stackalloc byte[8];
        if (marked)
        {
            file.Write([0xFF, 0xFF, 0xFF, 0xFF]);
            BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)body.Length);
            file.Write(number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)body.Length);
            file.Write(number[..4]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(number, version);
        file.Write(number[..4]);
        file.Write(Encoding.ASCII.GetBytes("01.02.26"));
        file.Write(body);
        return file.ToArray();
    }
}
