using System.Text;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.BioLogic;

/// <summary>
/// The binary form of BioLogic data (.mpr): modules with a name, a length and a version; "VMP data" holds the number of rows, the numbers of the columns
/// and, at a place that its version fixes, the rows. A column whose number is not known has no known width, and would shift all that follow; so the
/// width of a row is taken from the size of the block. One unknown column gets the rest; of several, those between the first and the last are left out.
/// </summary>
internal sealed class MprFile
{
    private const int FirstModule = 52;
    private const int MostColumns = 255;

    private MprFile(FileContent content)
    {
        Content = content;
    }

    public FileContent Content { get; }

    /// <summary>The columns whose place is certain.</summary>
    public required NumberTable Table { get; init; }

    public List<string> Notes { get; } = [];

    /// <summary>Date of the data block as the instrument wrote it, for example "05.15.25".</summary>
    public string Date { get; private set; } = "";

    public static bool Recognises(FileContent content) => content.StartsWith("BIO-LOGIC MODULAR FILE"u8);

    public static MprFile Open(FileContent content)
    {
        int at = FirstModule;
        while (at < content.Bytes.Length)
        {
            (string name, int body, int length, uint version, string date) = Module(content, at);
            if (name.StartsWith("VMP data", StringComparison.Ordinal)) return ReadData(content, body, length, version, date);
            at = body + length;
        }

        throw content.Error("the file has no block of data", "a block 'VMP data'", "the file is cut off, or the measurement never ran: open it in EC-Lab, or copy it again");
    }

    private static (string Name, int Body, int Length, uint Version, string Date) Module(FileContent content, int at)
    {
        const int Names = 6, ShortName = 10, LongName = 25;
        if (!content.Take(at, Names, "the next block").SequenceEqual("MODULE"u8)) throw content.Error($"no block begins at byte {at + 1}", "the word MODULE", "the file is damaged: copy it again from the instrument's computer");
        string name = Encoding.Latin1.GetString(content.Take(at + Names, ShortName, "the name of a block")).TrimEnd();
        int header = at + Names + ShortName + LongName;
        ulong length = content.UInt32At(header, "the length of a block");
        int rest = header + 4;
        // Since EC-Lab 11.50 the length stands behind a mark, in eight bytes.
        if (length == uint.MaxValue)
        {
            length = content.UInt64At(rest, "the length of a block");
            rest += 8;
        }

        uint version = content.UInt32At(rest, "the version of a block");
        string date = Encoding.Latin1.GetString(content.Take(rest + 4, 8, "the date of a block"));
        int body = rest + 12;
        if (length > (ulong)(content.Bytes.Length - body))
        {
            throw content.Error(
                $"the block '{name}' should have {length} bytes and the file ends {content.Bytes.Length - body} bytes after its beginning", "a whole file", "the file is cut off: copy it again when the measurement has ended");
        }

        return (name, body, (int)length, version, date);
    }

    private static MprFile ReadData(FileContent content, int body, int length, uint version, string date)
    {
        (bool wide, int start) = version switch
        {
            0 => (false, 100),
            2 => (true, 405),
            3 => (true, 406),
            10 or 11 => (true, 1007),
            _ => throw content.Error($"the block of data is of version {version}", "version 0, 2, 3, 10 or 11", "export the file as text (.mpt) from EC-Lab; newer versions can be added in MprFile"),
        };
        if (length < start) throw content.Error($"the block of data has {length} bytes, fewer than its header", $"at least {start} bytes", "the file is damaged: copy it again");
        uint rows = content.UInt32At(body, "the number of rows");
        int count = content.Take(body + 4, 1, "the number of columns")[0];
        if (count is 0 or > MostColumns || 5 + (count * 2) + 1 > start) throw content.Error($"the block of data names {count} columns", "at least one", "the file is damaged: copy it again");
        // The list of numbers follows; in the wide form a spare byte stands before it.
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) ids[i] = wide ? content.UInt16At(body + WideList(version) + (2 * i), "the list of columns") : content.Take(body + 5 + i, 1, "the list of columns")[0];
        long bytes = length - start;
        if (rows == 0) throw content.Error("the block of data has no rows", "at least one point", "check that the measurement ran");
        if (bytes % rows != 0 || bytes / rows > 8L * MostColumns)
        {
            throw content.Error(
                $"the block of data has {bytes} bytes for {rows} rows, which is no whole number for each", "rows of one length", "the measurement was still running when the file was copied, or it is damaged: copy it again");
        }

        var layout = MprLayout.Of(content, ids, (int)(bytes / rows));
        NumberTable table = layout.Read(content, body + start, (int)rows);
        var file = new MprFile(content) { Table = table, Date = date };
        file.Notes.AddRange(layout.Notes);
        return file;
    }

    // Version 2 and 3 have the list right behind the count; later ones have one byte between.
    private static int WideList(uint version) => version >= 10 ? 6 : 5;
}
