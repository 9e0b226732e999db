using Isobar.Lab.Files;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Files;

public sealed class FilesOnDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_protocol_written_to_disk_reads_back_the_same_and_leaves_nothing_beside_it()
    {
        Protocol protocol = new(
            "press – α", new Length(0.0127), SamplePressure.FromMegapascals(370), new PressureRate(1e6 / 3),
            [new RampStep("press", PressureKind.Fabrication, SamplePressure.FromMegapascals(221.7), new PressureRate(5e6))]);
        string path = PathOf("protocol.yaml");
        File.WriteAllText(path, "an older and longer text that must go entirely, whatever it was");
        ProtocolFile.Write(path, protocol);
        Protocol back = ProtocolFile.Read(path);
        Assert.Equal(protocol with { Steps = [] }, back with { Steps = [] });
        Assert.Equal<Step>(protocol.Steps, back.Steps);
        Assert.Equal("protocol.yaml", Assert.Single(_folder.GetFiles()).Name);
        Assert.Equal((byte)'#', File.ReadAllBytes(path)[0]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = PathOf("none.yaml");
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFile.Read(path, BuiltInMaterials.Library));
        Assert.Equal(path, fault.Path);
        Assert.Contains("cannot be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_an_error_of_the_file()
    {
        Assert.Contains("is a folder", Assert.Throws<IsobarFileException>(() => ProtocolFile.Read(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        string path = PathOf("latin.yaml");
        File.WriteAllBytes(path, [.. "name: "u8, 0xE9, (byte)'\n']);
        Assert.Contains("not UTF-8", Assert.Throws<IsobarFileException>(() => MaterialFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_far_too_large_is_refused_before_it_is_read()
    {
        string path = PathOf("large.yaml");
        using (FileStream stream = File.Create(path)) stream.SetLength(64L << 20);
        Assert.Contains("64 MB", Assert.Throws<IsobarFileException>(() => MaterialFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Line_endings_and_a_byte_order_mark_do_not_matter(string ending)
    {
        string text = File.ReadAllText(ExampleCellTests.Example("nmc811-lpscl-li")).ReplaceLineEndings(ending);
        string path = PathOf("cell.yaml");
        File.WriteAllText(path, text, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(4, CellFile.Read(path, BuiltInMaterials.Library).Layers.Length);
    }

    [Fact]
    public void A_fault_points_to_its_line_whatever_the_line_endings()
    {
        string text = File.ReadAllText(ExampleCellTests.Example("nmc811-lpscl-li")).Replace("kind: spring", "kind: spiral", StringComparison.Ordinal);
        string path = PathOf("cell.yaml");
        File.WriteAllText(path, text.ReplaceLineEndings("\r\n"));
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFile.Read(path, BuiltInMaterials.Library));
        Assert.Contains("kind: spiral", fault.LineText, StringComparison.Ordinal);
        Assert.Equal(fault.LineText.IndexOf("spiral", StringComparison.Ordinal) + 1, fault.Column);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
