using System.CommandLine;
using System.Globalization;
using System.Net;
using Isobar.Lab.Store;
using Isobar.Web;

namespace Isobar.Cli.Commands;

/// <summary>Serves runs and reports to a browser on this machine.</summary>
internal sealed class ServeCommand : IsobarCommand
{
    private readonly Option<string?> _lab = LabPlace.Option();

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port on 127.0.0.1; 0 takes any free one",
        HelpName = "number",
        DefaultValueFactory = _ => 8374,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort) return port;
            result.AddError($"'{result.Tokens[0].Value}' is not a port; write a number from 0 to 65535");
            return 0;
        },
    };

    public ServeCommand()
        : base("serve", "Show runs and reports in a browser, on this machine only.")
    {
        Options.Add(_port);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("serve", "then open the address it prints; Ctrl-C ends it"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string database;
        using (LabDatabase lab = LabPlace.Open(parse.GetValue(_lab), surroundings)) database = lab.DatabasePath;
        await using BenchServer server = await BenchServer.StartAsync(database, IPAddress.Loopback, parse.GetValue(_port), cancellation);
        output.Answer(new ServeAnswer(server.Address), page => Spectre.Console.AnsiConsoleExtensions.WriteLine(page, $"serving {database} at {server.Address}; Ctrl-C ends it"));
        await server.RunUntilAsync(cancellation);
        return ExitCode.Done;
    }

    private sealed record ServeAnswer(Uri Address);
}
