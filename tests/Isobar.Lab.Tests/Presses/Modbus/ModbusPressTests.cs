using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Presses.Modbus;

public class ModbusPressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string ExampleText => File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "simulated-modbus.yaml"));

    [Fact]
    public void The_example_profile_describes_the_device_that_the_simulated_press_shows()
    {
        PressProfile profile = PressFile.Parse(ExampleText, "simulated-modbus.yaml");
        Assert.Equal(SimulatedPressDevice.Map, profile.Registers);
        Assert.Null(profile.MonitorOnly);
    }

    [Fact]
    public async Task The_driver_commands_and_reads_the_simulated_press_over_the_wire()
    {
        SimulatedPress press = Scenario.Press(3);
        press.Load(Scenario.Short());
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        await driver.ConnectAsync(Token);
        PressSample sample = default;
        for (uint tick = 1; tick <= 2000; tick++)
        {
            await driver.WriteAsync(new Force(5000), tick, Token);
            device.Advance(new Duration(0.05));
            sample = await driver.ReadAsync(Token);
        }

        Assert.Equal(SampleQuality.Good, sample.Quality);
        Assert.InRange(sample.ForceNewtons, 4950, 5050);
        Assert.Equal(press.Plant.ForceNewtons, sample.ForceNewtons, 10.0);
    }

    // Invariant: without a heartbeat the device releases by its own watchdog, whatever set-point it got last.
    [Fact]
    public async Task A_driver_that_falls_silent_is_released_by_the_watchdog_within_a_second()
    {
        SimulatedPress press = Scenario.Press(3);
        press.Load(Scenario.Short());
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        await driver.ConnectAsync(Token);
        for (uint tick = 1; tick <= 2000; tick++)
        {
            await driver.WriteAsync(new Force(3000), tick, Token);
            device.Advance(new Duration(0.05));
        }

        double before = press.Plant.ForceNewtons;
        Assert.InRange(before, 2900, 3100);
        device.Advance(new Duration(0.5));
        double held = press.Plant.ForceNewtons;
        device.Advance(new Duration(0.5));
        Assert.True(press.Plant.ForceNewtons < held - 100, "the device begins to release within a second");
        device.Advance(new Duration(15));
        Assert.InRange(press.Plant.ForceNewtons, -50, 100);
    }

    // Invariant: only a change of the counter is a beat; a program that repeats its last message for ever looks alive and is not.
    [Fact]
    public async Task A_heartbeat_that_is_stuck_is_no_heartbeat_to_the_device()
    {
        SimulatedPress press = Scenario.Press(3);
        press.Load(Scenario.Short());
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        await driver.ConnectAsync(Token);
        for (uint tick = 1; tick <= 1200; tick++)
        {
            await driver.WriteAsync(new Force(3000), tick, Token);
            device.Advance(new Duration(0.05));
        }

        Assert.InRange(press.Plant.ForceNewtons, 2900, 3100);
        for (int tick = 0; tick < 60; tick++)
        {
            await driver.WriteAsync(new Force(3000), 1200, Token);
            device.Advance(new Duration(0.05));
        }

        Assert.True(press.Tripped);
        Assert.InRange(press.Plant.ForceNewtons, -50, 100);
    }

    [Fact]
    public async Task Nothing_is_written_when_the_constant_does_not_read_its_value()
    {
        var device = new DistinctRegisters();
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.ConnectAsync(Token));
        Assert.Contains("1234.5", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, device.Writes);
    }

    [Fact]
    public async Task The_wrong_word_order_is_named()
    {
        var device = new SimulatedPressDevice(Scenario.Press(3));
        await using var server = new ModbusTcpServer(device, 1, 0);
        PressProfile profile = Profile(server.Port);
        await using var driver = new ModbusPress(profile with { Registers = profile.Registers with { Order = WordOrder.LowFirst } });
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.ConnectAsync(Token));
        Assert.Contains("word_order", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_without_a_proven_watchdog_is_read_and_never_written()
    {
        var device = new SimulatedPressDevice(Scenario.Press(3));
        await using var server = new ModbusTcpServer(device, 1, 0);
        foreach (PressWatchdog? watchdog in (PressWatchdog?[])[null, new PressWatchdog(new Duration(0.5), WatchdogBehaviour.Release, null)])
        {
            await using var driver = new ModbusPress(Profile(server.Port) with { Watchdog = watchdog });
            await driver.ConnectAsync(Token);
            await driver.ReadAsync(Token);
            PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.WriteAsync(new Force(1), 1, Token));
            Assert.Contains("watchdog", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<PressException>(async () => await driver.DumpAsync(Token));
        }
    }

    [Fact]
    public void What_stop_does_is_read_from_the_file_and_releases_where_it_is_silent()
    {
        Assert.Equal(StopPolicy.Release, PressFile.Parse(ExampleText, "press.yaml").Stop);
        Assert.Equal(StopPolicy.Hold, PressFile.Parse(ExampleText + "\nstop: hold\n", "press.yaml").Stop);
        Assert.Equal(StopPolicy.Release, PressFile.Parse(ExampleText + "\nstop: release\n", "press.yaml").Stop);
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => PressFile.Parse(ExampleText + "\nstop: brake\n", "press.yaml"));
        Assert.Contains("release", refused.Message, StringComparison.Ordinal);
        Assert.Throws<IsobarFileException>(() => PressFile.ParseAny(File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "hand-15t.yaml")) + "\nstop: hold\n", "press.yaml"));
    }

    [Theory]
    [InlineData("word_order: high first", "word_order: highest first", "word order")]
    [InlineData("tcp: 127.0.0.1:1502", "tcp: 127.0.0.1", "host:port")]
    [InlineData("{address: 2, type: real, unit: N}", "{address: 2, type: real, unit: MPa}", "force")]
    [InlineData("{address: 8, type: word}", "{address: 80000, type: word}", "0 to 65535")]
    [InlineData("proven: 2026-11-23", "proven: yesterday", "2026-11-23")]
    public void A_wrong_profile_is_refused_with_its_place_and_what_would_be_right(string right, string wrong, string said)
    {
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => PressFile.Parse(ExampleText.Replace(right, wrong, StringComparison.Ordinal), "press.yaml"));
        Assert.Contains(said, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(refused.Line > 1);
    }

    internal static PressProfile Profile(int port)
    {
        PressProfile profile = PressFile.Parse(ExampleText, "simulated-modbus.yaml");
        return profile with { Connection = profile.Connection with { Port = port, Timeout = new Duration(5) } };
    }
}
