using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Tests.Files.Surfaces;

/// <summary>
/// One small map, 3 rows × 4 columns with steps of 0.5 µm and 0.25 µm, written by hand in every format. The heights are multiples of 1/8 µm, which every format can hold.
/// </summary>
internal static class SurfaceSamples
{
    public const int Rows = 3, Columns = 4;
    public const double PitchX = 0.5e-6, PitchY = 0.25e-6, Step = 0.125e-6;

    /// <summary>Heights in steps of 1/8 µm.</summary>
    public static readonly int[] Counts = [0, 1, -2, 3, 4, -5, 6, 7, -8, 9, 10, 11];

    /// <summary>Every format, complete and with all units.</summary>
    public static readonly (string Name, string Path, byte[] Bytes)[] All =
    [
        ("SDF", "map.sdf", SdfText()), ("SDF", "map.sdf", SdfBinary(7)), ("SDF", "map.sdf", SdfBinary(5)), ("SDF", "map.sdf", SdfBinary(6)), ("SDF", "map.sdf", SdfBinary(3)),
        ("X3P", "map.x3p", X3p('D')), ("X3P", "map.x3p", X3p('F')), ("X3P", "map.x3p", X3p('I')), ("X3P", "map.x3p", X3p('L')), ("X3P", "map.x3p", X3pListed()), ("X3P", "map.x3p", X3pListed(point: "0.5;1;{0}")),
        ("Gwyddion", "map.gwy", Gwy()), ("Digital Surf", "map.sur", Sur(16, packed: false)), ("Digital Surf", "map.sur", Sur(32, packed: false)), ("Digital Surf", "map.sur", Sur(32, packed: true)),
        ("Wyko OPD", "map.opd", Opd(2)), ("Wyko OPD", "map.opd", Opd(4)), ("text", "map.xyz", Xyz()), ("text", "map.txt", Matrix()),
    ];

    public static byte[] SdfText(string? instead = null) => Encoding.ASCII.GetBytes(
        "aISO-1.0\r\nManufacID = hand\r\nCreateDate = 010120260000\r\nModDate = 010120260000\r\nNumPoints = 4\r\nNumProfiles = 3\r\nXscale = 5e-7\r\nYscale = 2.5E-07\r\nZscale = 1.25e-7\r\n"
        + "Zresolution = -1\r\nCompression = 0\r\nDataType = 7\r\nCheckType = 0\r\n*\r\n" + (instead ?? "0 1 -2 3\r\n4 -5\r\n6 7\r\n-8 9 10 11") + "\r\n*\r\nno trailer\r\n*\r\n");

    public static byte[] SdfBinary(int type, int? missing = null)
    {
        var bytes = new Bytes().Text("bISO-1.0", 8).Text("hand", 10).Text("010120260000", 12).Text("010120260000", 12).U16(Columns).U16(Rows).F64(PitchX).F64(PitchY).F64(Step).F64(-1).U8(0).U8(type).U8(0);
        for (int i = 0; i < Counts.Length; i++)
        {
            bool gone = i == missing;
            _ = type switch
            {
                3 => bytes.F32(gone ? float.NaN : Counts[i]),
                5 => bytes.I16(gone ? short.MinValue : Counts[i]),
                6 => bytes.I32(gone ? int.MinValue : Counts[i]),
                _ => bytes.F64(gone ? double.NaN : Counts[i]),
            };
        }

        return bytes.ToArray();
    }

    public static byte[] X3pListed(string? instead = null, string point = "{0}")
    {
        string list = instead ?? string.Concat(Counts.Select(count => $"<Datum>{string.Format(CultureInfo.InvariantCulture, point, count)}</Datum>"));
        return X3p('D', records: $"<DataList>{list}</DataList>");
    }

    public static byte[] X3p(char type, byte? valid = null, string? sum = null, string feature = "SUR", int rows = Rows, string? records = null)
    {
        var data = new Bytes();
        foreach (int count in Counts)
        {
            _ = type switch { 'I' => data.I16(count), 'L' => data.I32(count), 'F' => data.F32(count), _ => data.F64(count) };
        }

        byte[] points = data.ToArray();
        string check = sum ?? Md5(points);
        string validity = valid is null ? "" : "<ValidPointsLink>bindata/valid.bin</ValidPointsLink>";
        string link = $"<DataLink><PointDataLink>bindata/data.bin</PointDataLink><MD5ChecksumPointData>{check}</MD5ChecksumPointData>{validity}</DataLink>";
        string xml = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <p:ISO5436_2 xmlns:p="http://www.opengps.eu/2008/ISO5436_2">
              <Record1><Revision>ISO5436 - 2000</Revision><FeatureType>{feature}</FeatureType><Axes>
                <CX><AxisType>I</AxisType><DataType>D</DataType><Increment>5e-7</Increment><Offset>0</Offset></CX>
                <CY><AxisType>I</AxisType><DataType>D</DataType><Increment>2.5e-7</Increment><Offset>0</Offset></CY>
                <CZ><AxisType>A</AxisType><DataType>{type}</DataType><Increment>1.25e-7</Increment><Offset>0</Offset></CZ></Axes></Record1>
              <Record3><MatrixDimension><SizeX>4</SizeX><SizeY>{rows.ToString(CultureInfo.InvariantCulture)}</SizeY><SizeZ>1</SizeZ></MatrixDimension>
                {records ?? link}</Record3>
            </p:ISO5436_2>
            """;
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "main.xml", Encoding.UTF8.GetBytes(xml));
            Add(archive, "bindata/data.bin", points);
            if (valid is { } mask) Add(archive, "bindata/valid.bin", [mask, 0x0F]);
        }

        return stream.ToArray();

        static void Add(ZipArchive archive, string name, byte[] content)
        {
            using Stream entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }
    }

    public static byte[] Gwy(string unitZ = "m", bool units = true, bool second = false)
    {
        byte[] Unit(string text) => new Bytes().Component("unitstr", 's').Text(text + "\0").ToArray();
        byte[] field = new Bytes()
            .Component("xres", 'i').I32(Columns).Component("yres", 'i').I32(Rows).Component("xreal", 'd').F64(Columns * PitchX).Component("yreal", 'd').F64(Rows * PitchY)
            .Component("xoff", 'd').F64(0)
            .Add(units ? new Bytes().Component("si_unit_xy", 'o').Object("GwySIUnit", Unit("m")).Component("si_unit_z", 'o').Object("GwySIUnit", Unit(unitZ)).ToArray() : [])
            .Component("data", 'D').I32(Counts.Length).Add([.. Counts.SelectMany(count => BitConverter.GetBytes(count * (units ? Step : 1)))]).ToArray();
        byte[] volts = new Bytes().Component("xres", 'i').I32(2).Component("yres", 'i').I32(2).Component("si_unit_z", 'o').Object("GwySIUnit", Unit("V")).Component("data", 'D').I32(4).Add(new byte[32]).ToArray();
        Bytes container = new Bytes().Component("/filename", 's').Text("/tmp/x.gwy\0").Component("/0/data/visible", 'b').U8(1);
        if (second) container.Component("/0/data", 'o').Object("GwyDataField", volts);
        container.Component(second ? "/1/data" : "/0/data", 'o').Object("GwyDataField", field).Component("/1/data/title", 's').Text("Topography\0").Component("/list", 'S').I32(2).Text("a\0b\0");
        return new Bytes().Text("GWYP").Object("GwyContainer", container.ToArray()).ToArray();
    }

    public static byte[] Sur(int bits, bool packed, int? missing = null, string unitZ = "µm", int type = 2, int rows = Rows)
    {
        var data = new Bytes();
        for (int i = 0; i < Counts.Length; i++)
        {
            int value = i == missing ? -8 - 2 : Counts[i];
            _ = bits == 16 ? data.I16(value) : data.I32(value);
        }

        byte[] points = data.ToArray(), body = points;
        if (packed)
        {
            using var target = new MemoryStream();
            using (var zip = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(points);
            body = new Bytes().I32(1).I32(points.Length).I32((int)target.Length).Add(target.ToArray()).ToArray();
        }

        return new Bytes().Text(packed ? "DSCOMPRESSED" : "DIGITAL SURF", 12).I16(0).I16(1).I16(1).I16(type).Text("map", 30).Text("hand", 30).I16(0).I16(0).I16(0).I16(missing is null ? 0 : 1).I16(0).F32(0).I32(0)
            .I16(bits).I32(-8).I32(11).I32(Columns).I32(rows).I32(Columns * rows).F32(0.5f).F32(0.25f).F32(0.125f).Text("X", 16).Text("Y", 16).Text("Z", 16)
            .Text("µm", 16).Text("µm", 16).Text(unitZ, 16).Text("mm", 16).Text("mm", 16).Text("µm", 16).F32(1).F32(1).F32(1).I16(0).I16(0).I16(0).Add(new byte[12 + 14])
            .F32(0).Add(new byte[10]).I16(5).I16(3).Add(new byte[128]).F32(0).F32(0).F32(0).Add(new byte[34]).Text("12345").Text("123").Add(body).ToArray();
    }

    public static byte[] Opd(int size, int? missing = null, bool wavelength = true)
    {
        // 2000 parts of a wavelength of 500 nm are 0.25 nm each; a step of 1/8 µm is 500 of them.
        var raw = new Bytes().U16(Columns).U16(Rows).U16(size);
        for (int x = 0; x < Columns; x++)
        {
            for (int y = Rows - 1; y >= 0; y--)
            {
                int i = (y * Columns) + x;
                _ = size == 2 ? raw.I16(i == missing ? short.MaxValue : 500 * Counts[i]) : raw.F32(i == missing ? 1e38f : 500 * Counts[i]);
            }
        }

        (string Name, int Type, byte[] Data)[] blocks =
        [
            ("RAW_DATA", 3, raw.ToArray()), (wavelength ? "Wavelength" : "Other", 7, new Bytes().F32(500).ToArray()), ("Mult", 6, new Bytes().U16(2000).ToArray()),
            ("Aspect", 7, new Bytes().F32(0.5f).ToArray()), ("Pixel_size", 7, new Bytes().F32(0.5e-3f).ToArray()), ("Title", 5, new byte[20]),
        ];
        Bytes file = new Bytes().U8(1).U8(0).Text("Directory", 16).I16(1).I32(24 * (blocks.Length + 1)).U16(0xffff);
        foreach ((string name, int type, byte[] content) in blocks) file.Text(name, 16).I16(type).I32(content.Length).U16(0);
        foreach ((_, _, byte[] content) in blocks) file.Add(content);
        return file.ToArray();
    }

    public static byte[] Npy(string type, string order = "False", int version = 1)
    {
        string heading = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': (3, 4), }}\n";
        Bytes file = new Bytes().U8(0x93).Text("NUMPY").U8(version).U8(0);
        _ = version == 1 ? file.U16(heading.Length) : file.I32(heading.Length);
        file.Text(heading);
        int[] counts = order == "True" ? [.. from column in Enumerable.Range(0, 4) from row in Enumerable.Range(0, 3) select Counts[(4 * row) + column]] : Counts;
        foreach (int count in counts)
        {
            byte[] one = type[1..] switch
            {
                "f4" => BitConverter.GetBytes((float)count),
                "f2" => BitConverter.GetBytes((Half)count),
                "i2" => BitConverter.GetBytes((short)count),
                "i8" => BitConverter.GetBytes((long)count),
                _ => BitConverter.GetBytes((double)count),
            };
            if (type[0] == '>') Array.Reverse(one);
            file.Add(one);
        }

        return file.ToArray();
    }

    public static byte[] Xyz()
    {
        var text = new StringBuilder("# hand\nx_um, y_um, z_nm\n");
        // In any order.
        for (int i = Counts.Length - 1; i >= 0; i--) text.Append(CultureInfo.InvariantCulture, $"{(i % 4 * 0.5) + 3}, {i / 4 * 0.25}, {Counts[i] * 125}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Matrix(string separator = "\t", bool comments = true, string? thirdRow = null) => Encoding.UTF8.GetBytes(
        (comments ? "# Channel: Topography\n# Width: 2.0 µm\n# Height: 750 nm\n# Value units: um\n" : "")
        + string.Join(separator, "0", "0.125", "-0.25", "0.375") + "\n" + string.Join(separator, "0.5", "-0.625", "0.75", "0.875") + "\n" + (thirdRow ?? string.Join(separator, "-1", "1.125", "1.25", "1.375")) + "\n");

#pragma warning disable CA5351 // the check sum that the format names
    private static string Md5(byte[] points) => Convert.ToHexString(MD5.HashData(points)).ToLowerInvariant();
#pragma warning restore CA5351

    /// <summary>Bytes one after the other, little-endian.</summary>
    private sealed class Bytes
    {
        private readonly List<byte> _bytes = [];

        public Bytes Add(byte[] bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        public Bytes U8(int value) => Add([(byte)value]);

        public Bytes U16(int value) => Add(BitConverter.GetBytes((ushort)value));

        public Bytes I16(int value) => Add(BitConverter.GetBytes((short)value));

        public Bytes I32(int value)
        {
            byte[] four = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(four, value);
            return Add(four);
        }

        public Bytes F32(float value) => Add(BitConverter.GetBytes(value));

        public Bytes F64(double value) => Add(BitConverter.GetBytes(value));

        public Bytes Text(string text, int width = 0) => Add(Encoding.Latin1.GetBytes(width > 0 ? text.PadRight(width, '\0') : text));

        public Bytes Component(string name, char type) => Text(name + "\0").U8(type);

        public Bytes Object(string type, byte[] content) => Text(type + "\0").I32(content.Length).Add(content);

        public byte[] ToArray() => [.. _bytes];
    }
}
