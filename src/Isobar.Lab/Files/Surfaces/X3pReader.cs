using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// X3P surfaces (ISO 25178-72): a zip archive with main.xml, which names axes (type, increment in metres, type of number), size of the matrix and the file of the points, x fastest.
/// A check sum that does not fit is refused. Numbers: I 16-bit and L 32-bit integers, F and D floating point; not-a-number and the bits of the valid-points file mark missing points. Small files list their points in main.xml.
/// </summary>
internal static class X3pReader
{
    private const long LargestXml = 4 << 20;

    public static bool Recognises(SurfaceBytes source) => source.StartsWith("PK\u0003\u0004"u8);

    public static RawSurface Read(SurfaceBytes source)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(source.Array, writable: false), ZipArchiveMode.Read);
            return Read(source, archive);
        }
        catch (InvalidDataException fault)
        {
            throw source.Error($"the archive cannot be unpacked: {fault.Message}", "a whole zip archive", "copy or export the file again", fault);
        }
    }

    private static RawSurface Read(SurfaceBytes source, ZipArchive archive)
    {
        ZipArchiveEntry entry = archive.GetEntry("main.xml") ?? throw source.Error("the archive has no main.xml", "an X3P file", "export the surface as X3P again");
        XElement root = Xml(source, Bytes(source, entry, LargestXml, exact: false));
        XElement axes = Child(source, Child(source, root, "Record1"), "Axes"), matrix = Child(source, root, "Record3");
        string feature = Child(source, root.Element("Record1")!, "FeatureType").Value.Trim();
        if (feature is not "SUR") throw Wrong(source, root.Element("Record1")!.Element("FeatureType")!, $"the file holds a '{feature}'", "SUR, a surface on a grid (PRF is a profile, PCL a cloud of points)", "export a surface");
        (double stepX, _) = Axis(source, Child(source, axes, "CX"), even: true);
        (double stepY, _) = Axis(source, Child(source, axes, "CY"), even: true);
        XElement cz = Child(source, axes, "CZ");
        (double stepZ, char type) = Axis(source, cz, even: false);
        XElement size = Child(source, matrix, "MatrixDimension");
        long columns = Whole(source, Child(source, size, "SizeX")), rows = Whole(source, Child(source, size, "SizeY"));
        if (size.Element("SizeZ") is { } depth && Whole(source, depth) != 1) throw Wrong(source, depth, "the surface has several layers", "one layer", "export one layer");
        int bytes = type switch { 'I' => 2, 'D' => 8, _ => 4 };
        // Deflate packs at most by about a thousand, so that the claim is bounded before anything is allocated.
        if (rows < 2 || columns < 2 || rows > SurfaceFile.MostPoints / columns || rows * columns * bytes > 1100 * source.Length) throw Wrong(source, size, string.Create(CultureInfo.InvariantCulture, $"the file claims {rows} × {columns} points"), "2 × 2 points at least, and a surface that fits into the file", "copy or export the file again");
        if (matrix.Element("DataList") is { } list) return new RawSurface((int)rows, (int)columns, Listed(source, list, rows * columns), stepZ, stepX, stepY);
        XElement link = Child(source, matrix, "DataLink");
        byte[] points = Linked(source, archive, link, "PointDataLink", "MD5ChecksumPointData", rows * columns * bytes);
        byte[]? valid = link.Element("ValidPointsLink") is null ? null : Linked(source, archive, link, "ValidPointsLink", "MD5ChecksumValidPoints", ((rows * columns) + 7) / 8);
        double[] heights = Heights(new SurfaceBytes(source.Path, points), type, valid);
        return new RawSurface((int)rows, (int)columns, heights, stepZ, stepX, stepY);
    }

    // Points in the XML itself: an element each, of which the height is the last number, and an empty one where nothing was measured.
    private static double[] Listed(SurfaceBytes source, XElement list, long count)
    {
        double[] heights = new double[count];
        int filled = 0;
        foreach (XElement datum in list.Elements("Datum"))
        {
            if (filled == count) throw Wrong(source, datum, $"a point stands behind the last of {count}", "as many points as the size of the matrix says", "export the surface again");
            string text = datum.Value.Trim(), last = text[(text.LastIndexOf(';') + 1)..].Trim();
            if (text.Length == 0) heights[filled++] = double.NaN;
            else if (double.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out double height)) heights[filled++] = height;
            else throw Wrong(source, datum, $"'{(last.Length > 40 ? last[..40] : last)}' is not a height", "a number, or an empty element where nothing was measured", "export the surface with binary data");
        }

        return filled == count ? heights : throw Wrong(source, list, $"the list ends after {filled} points", $"{count} points, as the size of the matrix says", "export the surface again");
    }

    private static double[] Heights(SurfaceBytes points, char type, byte[]? valid)
    {
        double[] heights = new double[points.Length / (type switch { 'I' => 2, 'D' => 8, _ => 4 })];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = type switch
            {
                'I' => points.I16("a height"),
                'L' => points.I32("a height"),
                'F' => points.F32("a height"),
                _ => points.F64("a height"),
            };
            if (valid is not null && (valid[i / 8] >> (i % 8) & 1) == 0) heights[i] = double.NaN;
        }

        return heights;
    }

    private static (double Increment, char Type) Axis(SurfaceBytes source, XElement axis, bool even)
    {
        string kind = Child(source, axis, "AxisType").Value.Trim();
        if (even && kind is not "I") throw Wrong(source, axis, $"the axis {axis.Name.LocalName} is of type '{kind}'", "I, points at even distances", "export the surface on a grid");
        // The increment of z is one metre where it is left out; that of x and y is needed.
        string text = even ? Child(source, axis, "Increment").Value : axis.Element("Increment")?.Value ?? "1";
        if (!double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double increment)) throw Wrong(source, axis, $"the increment of {axis.Name.LocalName} is '{text}'", "a number in metres", "correct main.xml");
        string type = even ? "D" : Child(source, axis, "DataType").Value.Trim();
        return type is "I" or "L" or "F" or "D" ? (increment, type[0]) : throw Wrong(source, axis, $"the numbers are of type '{type}'", "I, L, F or D", "export the surface again");
    }

    private static byte[] Linked(SurfaceBytes source, ZipArchive archive, XElement link, string name, string check, long size)
    {
        XElement path = Child(source, link, name);
        ZipArchiveEntry entry = archive.GetEntry(path.Value.Trim().TrimStart('/')) ?? throw Wrong(source, path, $"the archive has no '{path.Value.Trim()}'", "the file that main.xml names", "export the surface again");
        byte[] bytes = Bytes(source, entry, size, exact: true);
        string? stated = link.Element(check)?.Value.Replace(" ", "", StringComparison.Ordinal).Trim();
        string computed = Convert.ToHexString(Md5(bytes));
        if (stated is { Length: 32 } && !string.Equals(stated, computed, StringComparison.OrdinalIgnoreCase)) throw Wrong(source, link.Element(check)!, $"the check sum of '{path.Value.Trim()}' is {computed.ToLowerInvariant()}", stated.ToLowerInvariant(), "the data were changed or damaged; copy or export the file again");
        return bytes;
    }

    // The standard names MD5 as the check sum of its files; it guards against damage, not against malice.
#pragma warning disable CA5351
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static byte[] Bytes(SurfaceBytes source, ZipArchiveEntry entry, long limit, bool exact)
    {
        using Stream stream = entry.Open();
        using var target = new MemoryStream();
        byte[] buffer = new byte[81920];
        while (stream.Read(buffer, 0, buffer.Length) is > 0 and var read)
        {
            if (target.Length + read > limit) throw source.Error($"'{entry.FullName}' has more than {limit} bytes", $"{limit} bytes{(exact ? ", as the size of the matrix says" : " at most")}", "copy or export the file again");
            target.Write(buffer, 0, read);
        }

        return !exact || target.Length == limit ? target.ToArray() : throw source.Error($"'{entry.FullName}' has {target.Length} bytes", $"{limit} bytes, as the size of the matrix says", "copy or export the file again");
    }

    private static XElement Xml(SurfaceBytes source, byte[] bytes)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestXml };
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            // Only the root carries the namespace in most files, every element in some.
            foreach (XElement element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
            return root;
        }
        catch (XmlException fault)
        {
            throw source.ErrorInLine(Math.Max(1, fault.LineNumber), Math.Max(1, fault.LinePosition), "main.xml", $"main.xml is not readable XML: {fault.Message}", "well-formed XML", "export the surface again");
        }
    }

    private static XElement Child(SurfaceBytes source, XElement parent, string name) =>
        parent.Element(name) ?? throw Wrong(source, parent, $"'{parent.Name.LocalName}' has no '{name}'", $"the element '{name}'", "export the surface again");

    private static long Whole(SurfaceBytes source, XElement element) =>
        long.TryParse(element.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < int.MaxValue ? number : throw Wrong(source, element, $"'{element.Name.LocalName}' is '{element.Value.Trim()}'", "a whole number", "correct main.xml");

    private static IsobarFileException Wrong(SurfaceBytes source, XElement element, string found, string expected, string next)
    {
        IXmlLineInfo place = element;
        string line = place.HasLineInfo() ? $" (main.xml, line {place.LineNumber.ToString(CultureInfo.InvariantCulture)})" : "";
        return source.Error(found + line, expected, next);
    }
}
