using CsCheck;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Surfaces;
using Isobar.Mechanics.Contact;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files.Surfaces;

public sealed class SurfaceFileTests
{
    private static readonly SurfaceFileContext s_strict = new();
    private static readonly SurfaceFileContext s_given = new() { HeightUnit = new Length(SurfaceSamples.Step), Pitch = new Length(0.5e-6) };

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, SurfaceSamples.All.Length)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_map_written_by_hand_is_read_with_its_units(int sample)
    {
        (string name, string path, byte[] bytes) = SurfaceSamples.All[sample];
        SurfaceReading reading = SurfaceFile.Read(bytes, path, s_strict);
        Assert.Equal(name, reading.Format);
        Check(reading.Map, SurfaceSamples.PitchX, SurfaceSamples.PitchY);
        Assert.Empty(reading.Notes);
    }

    [Theory]
    [InlineData("<f8")]
    [InlineData(">f8")]
    [InlineData("<f4")]
    [InlineData(">f4")]
    [InlineData("<f2")]
    [InlineData("<i2")]
    [InlineData(">i2")]
    [InlineData("<i8")]
    public void An_array_takes_its_units_from_the_caller(string type)
    {
        Check(SurfaceFile.Read(SurfaceSamples.Npy(type), "map.npy", s_given).Map, 0.5e-6, 0.5e-6);
        Check(SurfaceFile.Read(SurfaceSamples.Npy(type, "True", 2), "map.npy", s_given).Map, 0.5e-6, 0.5e-6);
        Check(SurfaceFile.Read(SurfaceSamples.Npy(type), "map.npy", s_given with { Pitch = null, Width = new Length(2e-6) }).Map, 0.5e-6, 0.5e-6);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData(" ")]
    [InlineData("  ")]
    public void A_matrix_may_have_any_separator(string separator) =>
        Check(SurfaceFile.Read(SurfaceSamples.Matrix(separator, comments: false), "map.csv", s_given with { HeightUnit = new Length(1e-6) }).Map, 0.5e-6, 0.5e-6);

    [Theory]
    [InlineData("map.npy", "unit", "--height-unit")]
    [InlineData("map.csv", "unit", "--height-unit")]
    [InlineData("map.gwy", "unit", "--height-unit")]
    [InlineData("map.sur", "unit", "--height-unit")]
    [InlineData("map.opd", "unit", "--height-unit")]
    public void A_missing_unit_is_asked_for_by_name(string path, string found, string next)
    {
        byte[] bytes = path switch
        {
            "map.npy" => SurfaceSamples.Npy("<f8"),
            "map.csv" => SurfaceSamples.Matrix(",", comments: false),
            "map.gwy" => SurfaceSamples.Gwy(units: false),
            "map.sur" => SurfaceSamples.Sur(16, packed: false, unitZ: ""),
            _ => SurfaceSamples.Opd(2, wavelength: false),
        };
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SurfaceFile.Read(bytes, path, s_strict));
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Contains(next, fault.Next, StringComparison.Ordinal);
        Assert.Contains("--pixel", Assert.Throws<IsobarFileException>(() => SurfaceFile.Read(SurfaceSamples.Npy("<f8"), path, s_given with { Pitch = null })).Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_the_file_says_is_not_said_twice()
    {
        Assert.Contains("leave --height-unit out", Fault(SurfaceSamples.SdfText(), "map.sdf", s_strict with { HeightUnit = new Length(1e-6) }).Next, StringComparison.Ordinal);
        Assert.Contains("leave --pixel", Fault(SurfaceSamples.SdfText(), "map.sdf", s_strict with { Pitch = new Length(1e-6) }).Next, StringComparison.Ordinal);
    }

    public static TheoryData<string> Holed => ["sdf text", "sdf double", "sdf short", "sdf int", "x3p", "x3p list", "sur 16", "sur 32 packed", "opd 2", "opd 4", "matrix", "matrix empty"];

    [Theory]
    [MemberData(nameof(Holed))]
    public void Missing_pixels_are_refused_filled_or_masked_by_choice(string what)
    {
        // The second pixel of the second row, between 1, 4, 6 and 9.
        const int gone = 5;
        byte[] bytes = what switch
        {
            "sdf text" => SurfaceSamples.SdfText("0 1 -2 3 4 BAD 6 7 -8 9 10 11"),
            "sdf double" => SurfaceSamples.SdfBinary(7, gone),
            "sdf short" => SurfaceSamples.SdfBinary(5, gone),
            "sdf int" => SurfaceSamples.SdfBinary(6, gone),
            "x3p" => SurfaceSamples.X3p('I', valid: 0b1101_1111),
            "x3p list" => SurfaceSamples.X3pListed("<Datum>0</Datum><Datum>1</Datum><Datum>-2</Datum><Datum>3</Datum><Datum>4</Datum><Datum/><Datum>6</Datum><Datum>7</Datum><Datum>-8</Datum><Datum>9</Datum><Datum>10</Datum><Datum>11</Datum>"),
            "sur 16" => SurfaceSamples.Sur(16, packed: false, gone),
            "sur 32 packed" => SurfaceSamples.Sur(32, packed: true, gone),
            "opd 2" => SurfaceSamples.Opd(2, gone),
            "opd 4" => SurfaceSamples.Opd(4, gone),
            "matrix" => System.Text.Encoding.UTF8.GetBytes("0 1 -2 3\n4 NaN 6 7\n-8 9 10 11\n"),
            _ => System.Text.Encoding.UTF8.GetBytes("0,1,-2,3\n4,,6,7\n-8,9,10,11\n"),
        };
        SurfaceFileContext context = what.StartsWith("matrix", StringComparison.Ordinal) ? s_given : s_strict;
        IsobarFileException refused = Fault(bytes, "map", context);
        Assert.Contains("1 pixel (8.33 %) without a height, the first in row 2, column 2", refused.Found, StringComparison.Ordinal);
        Assert.Contains("--missing fill", refused.Next, StringComparison.Ordinal);
        HeightMap masked = SurfaceFile.Read(bytes, "map", context with { Missing = MissingChoice.Mask }).Map;
        Assert.Equal(1, masked.MissingCount);
        Assert.True(double.IsNaN(masked[1, 1]));
        SurfaceReading filled = SurfaceFile.Read(bytes, "map", context with { Missing = MissingChoice.Fill });
        Assert.Equal(1, filled.Missing);
        Assert.Single(filled.Notes);
        // One pixel between four is their mean; single precision of the scales limits the digits.
        Assert.Equal((1 + 4 + 6 + 9) / 4.0 * SurfaceSamples.Step, filled.Map[1, 1], 1e-6 * SurfaceSamples.Step);
    }

    [Fact]
    public void Points_of_a_list_that_are_not_there_are_missing()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes("x_um,y_um,z_um\n0,0,1\n1,0,2\n0,1,3\n1,1,4\n0,2,5\n");
        HeightMap map = SurfaceFile.Read(bytes, "map.xyz", s_strict with { Missing = MissingChoice.Mask }).Map;
        Assert.Equal((3, 2, 1), (map.Rows, map.Columns, map.MissingCount));
        Assert.Equal(4e-6, map[1, 1], 1e-18);
    }

    [Fact]
    public void The_channel_of_the_heights_is_found_among_others()
    {
        SurfaceReading reading = SurfaceFile.Read(SurfaceSamples.Gwy(second: true), "map.gwy", s_strict);
        Check(reading.Map, SurfaceSamples.PitchX, SurfaceSamples.PitchY);
        Assert.Equal(["the file has 2 channels; number 1 'Topography' is read"], reading.Notes);
    }

    [Theory]
    [InlineData("empty", "the file is empty")]
    [InlineData("noise", "the file is of no known format")]
    [InlineData("npy three dimensions", "the array has 3 dimensions")]
    [InlineData("npy complex", "the numbers are of type '<c16'")]
    [InlineData("npy huge", "the file claims")]
    [InlineData("npy short", "the file ends within 3 × 4 heights: 95 bytes are left of 96 (byte")]
    [InlineData("sdf short", "the heights end after 2")]
    [InlineData("sdf word", "'two' is not a height")]
    [InlineData("sdf profile", "the file holds 1 × 12 points")]
    [InlineData("sdf binary short", "the file ends within 3 × 4 heights")]
    [InlineData("sdf binary type", "the data are of type 9")]
    [InlineData("x3p sum", "the check sum of 'bindata/data.bin' is")]
    [InlineData("x3p profile", "the file holds a 'PRF' (main.xml, line")]
    [InlineData("x3p huge", "the file claims 2000000000 × 4 points")]
    [InlineData("x3p size", "'bindata/data.bin' has 96 bytes")]
    [InlineData("x3p list short", "the list ends after 1 points")]
    [InlineData("x3p list long", "a point stands behind the last of 12")]
    [InlineData("x3p list word", "'two' is not a height (main.xml, line")]
    [InlineData("sdf packed", "compressed in a way of their maker's (compression 1)")]
    [InlineData("sur series", "a series of surfaces (kind 5)")]
    [InlineData("gwy volts", "no channel holds heights; the first is in 'V'")]
    [InlineData("sur profile", "the file holds a series of profiles (kind 4)")]
    [InlineData("sur unit", "the unit is 'V' (byte 212)")]
    [InlineData("sur huge", "the file claims")]
    [InlineData("sur packed huge", "the file claims")]
    [InlineData("sur short", "the file has 100 bytes")]
    [InlineData("opd short", "the block 'RAW_DATA' ends at byte")]
    [InlineData("matrix ragged", "the line has 3 numbers and the first has 4")]
    [InlineData("matrix word", "'x' is not a number")]
    [InlineData("xyz irregular", "steps off the grid in x")]
    [InlineData("xyz twice", "a point with this x and y stands twice")]
    [InlineData("xyz line", "all points lie on one line")]
    public void What_cannot_be_a_map_is_refused_with_its_place(string what, string found)
    {
        byte[] bytes = what switch
        {
            "empty" => [],
            "noise" => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            "npy three dimensions" => Text(SurfaceSamples.Npy("<f8"), "(3, 4)", "(3, 2, 2)"),
            "npy complex" => Text(SurfaceSamples.Npy("<f8"), "'<f8'", "'<c16'"),
            "npy huge" => Text(SurfaceSamples.Npy("<f8"), "(3, 4)", "(999999999, 999999999)"),
            "npy short" => SurfaceSamples.Npy("<f8")[..^1],
            "sdf short" => SurfaceSamples.SdfText("1 2"),
            "sdf word" => SurfaceSamples.SdfText("1 two 3"),
            "sdf profile" => Text(Text(SurfaceSamples.SdfText(), "NumPoints = 4", "NumPoints = 12"), "NumProfiles = 3", "NumProfiles = 1"),
            "sdf binary short" => SurfaceSamples.SdfBinary(7)[..^1],
            "sdf binary type" => Byte(SurfaceSamples.SdfBinary(7), 79, 9),
            "x3p sum" => SurfaceSamples.X3p('D', sum: new string('0', 32)),
            "x3p profile" => SurfaceSamples.X3p('D', feature: "PRF"),
            "x3p huge" => SurfaceSamples.X3p('D', rows: 2_000_000_000),
            "x3p size" => SurfaceSamples.X3p('D', rows: 5),
            "x3p list short" => SurfaceSamples.X3pListed("<Datum>0</Datum>"),
            "x3p list long" => SurfaceSamples.X3pListed(string.Concat(Enumerable.Repeat("<Datum>0</Datum>", 13))),
            "x3p list word" => SurfaceSamples.X3pListed("<Datum>0;0;two</Datum>"),
            "sdf packed" => Byte(SurfaceSamples.SdfBinary(7), 78, 1),
            "sur series" => SurfaceSamples.Sur(16, packed: false, type: 5),
            "gwy volts" => SurfaceSamples.Gwy("V"),
            "sur profile" => SurfaceSamples.Sur(16, packed: false, type: 4),
            "sur unit" => SurfaceSamples.Sur(16, packed: false, unitZ: "V"),
            "sur huge" => SurfaceSamples.Sur(16, packed: false, rows: int.MaxValue / 4),
            "sur packed huge" => SurfaceSamples.Sur(16, packed: true, rows: 10_000_000),
            "sur short" => SurfaceSamples.Sur(16, packed: false)[..100],
            "opd short" => SurfaceSamples.Opd(2)[..180],
            "matrix ragged" => SurfaceSamples.Matrix(",", thirdRow: "1,2,3"),
            "matrix word" => SurfaceSamples.Matrix(",", thirdRow: "1,2,3,x"),
            "xyz irregular" => System.Text.Encoding.UTF8.GetBytes("x_um,y_um,z_um\n0,0,1\n1,0,1\n2.4,0,1\n0,1,1\n1,1,1\n2.4,1,1\n"),
            "xyz twice" => System.Text.Encoding.UTF8.GetBytes("x_um,y_um,z_um\n0,0,1\n1,0,1\n0,1,1\n1,1,1\n1,1,2\n"),
            _ => System.Text.Encoding.UTF8.GetBytes("x_um,y_um,z_um\n0,0,1\n1,0,1\n2,0,1\n"),
        };
        SurfaceFileContext context = what.StartsWith("npy", StringComparison.Ordinal) ? s_given : s_strict;
        Assert.Contains(found, Fault(bytes, "map", context).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Ten thousand damaged copies of the samples: each is read or refused in words, without any other exception, and none makes a map larger than its bytes.
    /// </summary>
    [Fact]
    public void No_damage_of_a_file_breaks_its_reader()
    {
        byte[][] samples = [.. SurfaceSamples.All.Select(each => each.Bytes), SurfaceSamples.Npy("<f8"), SurfaceSamples.Npy("<i2", "True", 2), SurfaceSamples.Gwy(second: true), SurfaceSamples.X3p('I', valid: 0xDF), System.Text.Encoding.UTF8.GetBytes("x_um,y_um,z_um\n0,0,1\n1,0,1\n0,1,1\n1,1,1\n")];
        Gen<(int Kind, double Place, byte Value)> damage = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Byte);
        SurfaceFileContext masked = s_strict with { Missing = MissingChoice.Mask }, given = s_given with { Missing = MissingChoice.Fill };
        int read = 0, refused = 0;
        Gen.Select(Gen.Int[0, samples.Length - 1], damage.Array[1, 3]).Sample((sample, damages) =>
        {
            byte[] bytes = damages.Aggregate((byte[])samples[sample].Clone(), Damaged);
            foreach (SurfaceFileContext context in (SurfaceFileContext[])[masked, given])
            {
                try
                {
                    SurfaceReading reading = SurfaceFile.Read(bytes, "map", context);
                    Interlocked.Increment(ref read);
                    if ((long)reading.Map.Rows * reading.Map.Columns > (1100L * bytes.Length) + 1000) return false;
                }
                catch (IsobarFileException)
                {
                    Interlocked.Increment(ref refused);
                }
            }

            return true;
        }, seed: "0000A1b2C3d4", iter: 10_000, threads: 1);
        Assert.True(read > 300 && refused > 2000, $"{read} were read and {refused} refused");
    }

    private static byte[] Damaged(byte[] bytes, (int Kind, double Place, byte Value) damage)
    {
        if (bytes.Length == 0) return bytes;
        int at = (int)(damage.Place * (bytes.Length - 1));
        switch (damage.Kind)
        {
            case 0: bytes[at] = damage.Value; return bytes;
            case 1: bytes[at] ^= (byte)(1 << (damage.Value % 8)); return bytes;
            case 2: return bytes[..at];
            case 3: return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + damage.Value)..]];
            default: return [.. bytes[..at], .. Enumerable.Repeat(damage.Value, damage.Value), .. bytes[at..]];
        }
    }

    private static IsobarFileException Fault(byte[] bytes, string path, SurfaceFileContext context) => Assert.Throws<IsobarFileException>(() => SurfaceFile.Read(bytes, path, context));

    private static byte[] Text(byte[] bytes, string was, string now)
    {
        string text = System.Text.Encoding.Latin1.GetString(bytes);
        byte[] changed = System.Text.Encoding.Latin1.GetBytes(text.Replace(was, now, StringComparison.Ordinal));
        if (text[1..6] == "NUMPY") changed[8] = (byte)(changed[8] + now.Length - was.Length);
        return changed;
    }

    private static byte[] Byte(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private static void Check(HeightMap map, double pitchX, double pitchY)
    {
        Assert.Equal((SurfaceSamples.Rows, SurfaceSamples.Columns), (map.Rows, map.Columns));
        // Single precision of some headers.
        Assert.Equal(pitchX, map.PitchXM, 1e-7 * pitchX);
        Assert.Equal(pitchY, map.PitchYM, 1e-7 * pitchY);
        for (int i = 0; i < SurfaceSamples.Counts.Length; i++) Assert.Equal(SurfaceSamples.Counts[i] * SurfaceSamples.Step, map.HeightsM[i], 1e-6 * SurfaceSamples.Step);
    }
}
