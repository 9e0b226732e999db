using System.IO.Pipes;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Presses.Serial;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>Load cells that speak in lines, and logs of days.</summary>
public sealed class LoadCellTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-cell-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ST,GS,+  5812 N", 5812)]
    [InlineData("ST,GS,-   3.5 N", -3.5)]
    public void A_line_gives_the_force_that_the_pattern_names(string line, double newtons) => Assert.Equal(newtons, Example().ForceOf(line)!.Value, 1e-9);

    [Theory]
    [InlineData("US,GS,+  5812 N")]
    [InlineData("ST,GS,+  58")]
    [InlineData("5812")]
    [InlineData("ST,GS,+  5.8.12 N")]
    [InlineData("")]
    public void A_line_that_does_not_fit_gives_nothing(string line) => Assert.Null(Example().ForceOf(line));

    [Fact]
    public async Task Half_lines_and_noise_are_thrown_away_and_counted()
    {
        await using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var client = new AnonymousPipeClientStream(PipeDirection.In, server.GetClientHandleAsString());
        await using var indicator = new AsciiIndicator(Example(), client, client, TimeProvider.System);
        // The first piece is the end of a line that began before anybody listened.
        foreach (string piece in (string[])["812 N\r\n", "ST,GS,+  100 N\r\nST,GS,", "+  200 N\r\n", "????\r\n", "ST,GS,+  999"]) server.Write(Encoding.ASCII.GetBytes(piece));
        while (indicator.Last.Sequence < 2 || indicator.Unknown < 1) await Task.Delay(5, Token);
        Assert.Equal(200, indicator.Last.ForceNewtons, 1e-9);
        Assert.Equal(2, indicator.Last.Sequence);
        server.Dispose();
        while (indicator.Failure is null) await Task.Delay(5, Token);
        Assert.Equal(2, indicator.Last.Sequence);
    }

    // A pseudo-terminal is a serial port to whoever opens it: settings, line discipline and the end of the line are those of a real one.
    [Fact]
    public async Task An_indicator_is_heard_over_a_real_serial_line_and_its_end_is_noticed()
    {
        string near = Path.Combine(_folder.FullName, "near"), far = Path.Combine(_folder.FullName, "far");
        AsciiIndicator? indicator = null;
        try
        {
            using (await Modbus.PeerProcess.StartAsync("starting data transfer", true, ExternalTool.Require("socat"), "-d", "-d", $"pty,raw,echo=0,link={near}", $"pty,raw,echo=0,link={far}"))
            {
                IndicatorProfile profile = Example();
                indicator = AsciiIndicator.Open(profile with { Serial = profile.Serial with { Port = near }, Request = "R\\r" }, TimeProvider.System);
                await using var scale = new FileStream(far, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
                // It is asked before it speaks.
                byte[] asked = new byte[2];
                await scale.ReadExactlyAsync(asked, Token);
                Assert.Equal("R\r", Encoding.ASCII.GetString(asked));
                foreach (string piece in (string[])["812 N\r\n", "ST,GS,+  100 N\r\nST,GS,", "-  200 N\r\n", "????\r\n"])
                {
                    await scale.WriteAsync(Encoding.ASCII.GetBytes(piece), Token);
                    await scale.FlushAsync(Token);
                }

                while (indicator.Last.Sequence < 2 || indicator.Unknown < 1) await Task.Delay(5, Token);
                Assert.Equal(-200, indicator.Last.ForceNewtons, 1e-9);
            }

            while (indicator.Failure is null) await Task.Delay(5, Token);
            Assert.Equal(2, indicator.Last.Sequence);
        }
        finally
        {
            if (indicator is not null) await indicator.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_stack_is_logged_for_three_days_without_a_gap()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        FixturePreset spring = PressRegister.Fixtures.Single(fixture => fixture.Id is "spring-fixture");
        await using var cell = new BreathingFixture(spring, 5812, 1);
        var request = new MonitorRequest("cell 7", new Length(10e-3), new Duration(3 * 86_400), new Duration(10)) { Highest = SamplePressure.FromMegapascals(74.5) };
        MonitorResult result = await ForceMonitor.RunAsync(request, cell, lab, TimeProvider.System, null, null, Token);
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Equal(25_921, result.Readings);
        RunOverview kept = lab.Overview(result.Id);
        Assert.Equal(25_921, kept.Samples);
        Assert.Equal(3 * 86_400, kept.Trace[^1].ToSeconds, 1e-6);
        Assert.Contains(kept.Events, e => e.Kind == RunEventKind.GuardTripped);
        Assert.True(lab.Verify(result.Id).Intact);
    }

    [Fact]
    public async Task Readings_that_stay_out_are_noted_once_and_counted()
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"), time);
        await using var cell = new Silent();
        MonitorResult result = await ForceMonitor.RunAsync(new MonitorRequest("cell", new Length(10e-3), new Duration(100), new Duration(10)), cell, lab, time, null, null, Token);
        Assert.Equal(7, result.Readings);
        Assert.Equal(4, result.Missed);
        RunOverview kept = lab.Overview(result.Id);
        Assert.Equal([RunEventKind.Fault, RunEventKind.Resumed], kept.Events.Select(e => e.Kind));
        Assert.Contains("does not answer", kept.Events[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_behind_Modbus_is_logged_without_a_single_write()
    {
        var device = new Modbus.DistinctRegisters();
        await using var server = new ModbusTcpServer(device, 1, 0);
        PressProfile profile = Modbus.ModbusPressTests.Profile(server.Port);
        await using var cell = new WatchedPress(new ModbusPress(profile));
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        MonitorResult result = await ForceMonitor.RunAsync(new MonitorRequest("cell", new Length(10e-3), new Duration(0.05), new Duration(0.01)), cell, lab, TimeProvider.System, null, null, Token);
        Assert.Equal(0, device.Writes);
        Assert.True(result.Missed > 0, "a device without the constant is not believed");
    }

    [Theory]
    [InlineData("pattern: '^ST,GS,(?<value>[-+]\\s*[0-9.]+)\\s*N$'", "pattern: '^([0-9.]+)$'", "'value'")]
    [InlineData("pattern: '^ST,GS,(?<value>[-+]\\s*[0-9.]+)\\s*N$'", "pattern: '(?<value>['", "regular expression")]
    [InlineData("unit: N ", "unit: MPa ", "force")]
    [InlineData("rate: 10 Hz", "rate: 10 s", "rate")]
    public void A_wrong_indicator_is_refused_with_its_place(string right, string wrong, string said)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "load-cell.yaml"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => PressFile.ParseAny(text.Replace(right, wrong, StringComparison.Ordinal), "cell.yaml"));
        Assert.Contains(said, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(refused.Line > 1);
    }

    private static IndicatorProfile Example() => ((HandPressDescription)PressFile.ReadAny(Path.Combine(Repository.Root, "examples", "presses", "load-cell.yaml"))).Indicator!;

    private sealed class Silent : ILoadCell
    {
        private int _reads;

        public string Name => "silent";

        public bool IsSimulated => true;

        public void Advance(double seconds)
        {
            // Its time passes with every reading.
        }

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => ++_reads is > 3 and <= 7
            ? throw new PressException("silent does not answer")
            : ValueTask.FromResult(new PressSample(_reads, 100, double.NaN, double.NaN, SampleQuality.Good));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
