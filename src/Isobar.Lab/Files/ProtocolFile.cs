using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads and writes protocol files: <c>isobar: protocol/1</c>, the die diameter the pressures are meant for, the limit, the release
/// rate and the steps in order. Writing and reading give back the same protocol to the last bit; the text depends on nothing but the protocol.
/// </summary>
public static class ProtocolFile
{
    internal const string Format = "protocol/1";

    /// <summary>Reads a protocol from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid protocol.</exception>
    public static Protocol Read(string path) => Read(TextFile.Read(path));

    /// <summary>Reads a protocol from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid protocol.</exception>
    public static Protocol Parse(string text, string pathForMessages) => Read(new SourceText(pathForMessages, text));

    /// <summary>The protocol as text, with comments for people.</summary>
    public static string ToText(Protocol protocol) => ProtocolText.Write(protocol);

    /// <summary>Writes the protocol to a file, whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string path, Protocol protocol)
    {
        string beside = path + ".partial";
        File.WriteAllText(beside, ProtocolText.Write(protocol));
        File.Move(beside, path, overwrite: true);
    }

    private static Protocol Read(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        DeclaredMap map = StepDeclarations.Protocol.Open(root);
        string name = map.Require("name").AsText("the name");
        Length diameter = map.Require("die_diameter").Positive<Length>("the die diameter");
        SamplePressure limit = map.Require("limit").Positive<SamplePressure>("the limit");
        PressureRate rate = map.Require("release_rate").Positive<PressureRate>("the release rate");
        Temperature? hottest = map.Find("temperature_limit")?.Positive<Temperature>("the temperature limit");
        FileNode nodes = map.Require("steps");
        var sequence = new SequenceText(limit, diameter, map.Find("subprotocols")?.AsMap("the sub-protocols"));
        ImmutableArray<Step> steps = sequence.Read(nodes);
        return new Protocol(name, diameter, limit, rate, steps) { TemperatureLimit = hottest };
    }
}
