using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Mechanics;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>Heated platens behind Modbus, and presses without.</summary>
public sealed class HeatedPressTests
{
    private static readonly PressPlantParameters s_heated = PressPlantParameters.Hydraulic5t with { Platens = HeatedColumnParameters.Laboratory };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_example_profile_describes_the_heated_device()
    {
        PressProfile profile = PressFile.Parse(Text, "simulated-heated.yaml");
        Assert.Equal(SimulatedPressDevice.MapOf(heated: true, driven: false) with { ReadWrite = true }, profile.Registers);
        Assert.Equal(473.15, profile.Instrument.HottestPlatens!.Value.Kelvins, 1e-9);
    }

    [Fact]
    public async Task A_protocol_that_heats_is_done_over_the_wire_under_a_pressure_that_stays()
    {
        await using SimulatedPress press = Press();
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        PressProfile profile = Profile(server.Port);
        Protocol protocol = Protocol();
        Assert.False(ProtocolCheck.Forbids(ProtocolCheck.Validate(protocol, Scenario.Die10, profile.Instrument)));
        await using var driver = new ModbusPress(profile);
        await driver.ConnectAsync(Token);
        await driver.ArmAsync(Token);
        var run = new WireRun(driver, press, device, protocol);
        RunRecord record = await run.GoAsync(null, Token);
        Assert.True(record.Outcome == RunOutcome.Completed, record.Events[^1].Text);
        double[] soaking = [.. record.Samples.Select((sample, i) => (sample.StepIndex, run.Kelvins[i])).Where(at => at.StepIndex == 3).Select(at => at.Item2)];
        Assert.All(soaking.Skip(20), kelvins => Assert.InRange(kelvins, 333.15 - 2.1, 333.15 + 2.1));
        // The press holds 50 MPa against platens and punches that grow.
        Assert.All(record.Samples.Where(sample => sample.StepIndex is 2 or 3), sample => Assert.InRange(sample.PressurePa, 49e6, 51e6));
        // Off at the end: the set-point reads what the profile calls off.
        ushort[] word = new ushort[1];
        Assert.Equal(RegisterRefusal.None, device.Read(false, profile.Registers.TemperatureSetpoint!.Value.Address, word));
        Assert.Equal(0, word[0]);
    }

    [Fact]
    public async Task A_press_without_registers_for_it_refuses_a_protocol_that_heats_by_name()
    {
        PressProfile plain = ModbusPressTests.Profile(1502);
        ProtocolFinding refused = ProtocolCheck.Validate(Protocol(), Scenario.Die10, plain.Instrument).First(finding => finding.Severity == FindingSeverity.Error);
        Assert.Contains("simulated 5 t over Modbus has no heated platens", refused.Text, StringComparison.Ordinal);
        await using var driver = new ModbusPress(plain);
        PressException cannot = await Assert.ThrowsAsync<PressException>(async () => await driver.HeatAsync(new Temperature(333), Token));
        Assert.Contains("simulated 5 t over Modbus has no register for the set-point", cannot.Message, StringComparison.Ordinal);
        await driver.HeatAsync(null, Token);
    }

    [Fact]
    public async Task More_than_the_platens_may_have_is_refused_before_it_is_sent_and_by_the_device()
    {
        await using SimulatedPress press = Press();
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        await driver.ConnectAsync(Token);
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.HeatAsync(new Temperature(500), Token));
        Assert.Contains("200 °C at most", refused.Message, StringComparison.Ordinal);
        RegisterValue place = SimulatedPressDevice.MapOf(heated: true, driven: false).TemperatureSetpoint!.Value;
        ushort[] word = new ushort[1];
        place.Write(word, place.Address, WordOrder.HighFirst, 500);
        Assert.Equal(RegisterRefusal.IllegalValue, device.Write(place.Address, word));
    }

    // Invariant: heating that was to be switched off is off with the next tick that gets through.
    [Fact]
    public async Task A_command_to_switch_off_that_was_lost_goes_out_with_the_next_tick()
    {
        await using SimulatedPress press = Press();
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        PressProfile profile = Profile(server.Port);
        var line = new Cut(profile.Connection.Line());
        await using var driver = new ModbusPress(profile, line, TimeProvider.System, WireRun.TickSeconds);
        await driver.ConnectAsync(Token);
        await driver.HeatAsync(new Temperature(350), Token);
        Assert.Equal(769, SetpointWord(device));
        line.IsCut = true;
        await Assert.ThrowsAsync<ModbusException>(async () => await driver.HeatAsync(null, Token));
        await Assert.ThrowsAsync<ModbusException>(async () => await driver.WriteAsync(new Force(0), 1, Token));
        Assert.Equal(769, SetpointWord(device));
        line.IsCut = false;
        await driver.WriteAsync(new Force(0), 2, Token);
        Assert.Equal(0, SetpointWord(device));
    }

    [Fact]
    public async Task A_device_whose_watchdog_trips_switches_its_heating_off()
    {
        await using SimulatedPress press = Press();
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Profile(server.Port));
        await driver.ConnectAsync(Token);
        await driver.HeatAsync(new Temperature(350), Token);
        for (uint beat = 1; beat < 1200; beat++)
        {
            await driver.WriteAsync(new Force(0), beat, Token);
            device.Advance(new Duration(0.05));
        }

        double hot = (await driver.ReadAsync(Token)).TemperatureKelvins;
        Assert.True(hot > 305, $"{hot} K");
        device.Advance(new Duration(600));
        double cooled = (await driver.ReadAsync(Token)).TemperatureKelvins;
        Assert.True(cooled < hot, $"{cooled} K after {hot} K");
    }

    [Theory]
    [InlineData("limits:\n  temperature: 200 °C", "limits:\n  travel: 5 mm", "'temperature' under 'limits'")]
    [InlineData(", off: 0}", "}", "no 'off'")]
    [InlineData("  temperature: {address: 14, type: signed word, step: 0.1}\n", "", "no reading")]
    [InlineData("read_write: yes", "read_write: perhaps", "yes, no")]
    public void A_wrong_profile_is_refused_with_its_place(string right, string wrong, string said)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => PressFile.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), "press.yaml"));
        Assert.Contains(said, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(refused.Line > 1);
    }

    private static string Text => File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "simulated-heated.yaml")).ReplaceLineEndings("\n");

    private static PressProfile Profile(int port)
    {
        PressProfile profile = PressFile.Parse(Text, "simulated-heated.yaml");
        return profile with { Connection = profile.Connection with { Port = port, Timeout = new Duration(5) } };
    }

    private static ushort SetpointWord(SimulatedPressDevice device)
    {
        ushort[] word = new ushort[1];
        device.Read(false, SimulatedPressDevice.MapOf(heated: true, driven: false).TemperatureSetpoint!.Value.Address, word);
        return word[0];
    }

    private static SimulatedPress Press()
    {
        var law = new CompactionLaw(0.55, 200e6, 0.5, CompactionLaw.ConfinedModulus(22e9, 0.35), 10);
        var press = new SimulatedPress(s_heated, Scenario.Die10, [ColumnLayer.Powder("separator", new Length(0.6e-3), law)], 5);
        press.LoadAll();
        return press;
    }

    private static Protocol Protocol() => new(
        "warm",
        new Length(10e-3),
        Scenario.Mpa(450),
        new PressureRate(10e6),
        [
            new ApproachStep("touch", Scenario.Mpa(2), new PressureRate(0.5e6), new Duration(120)),
            new RampStep("press", PressureKind.Fabrication, Scenario.Mpa(50), new PressureRate(5e6)),
            new HeatStep("warm", new Temperature(333.15), new TemperatureRate(0.1), new TemperatureDifference(2), new Duration(1800)),
            new SoakStep("soak", new Temperature(333.15), new TemperatureDifference(2), new Duration(120), new Duration(900)),
            new ReleaseStep("release", Scenario.Mpa(0), new PressureRate(10e6)),
        ])
    {
        TemperatureLimit = new Temperature(353.15),
    };

    private sealed class Cut(IModbusLine line) : IModbusLine
    {
        public bool IsCut { get; set; }

        public string Name => line.Name;

        public ValueTask<int> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer, CancellationToken cancellation) =>
            IsCut ? throw new ModbusException("the cable is out", ModbusFailure.NoAnswer) : line.ExchangeAsync(unit, request, answer, cancellation);

        public ValueTask OpenAsync(CancellationToken cancellation) => line.OpenAsync(cancellation);

        public ValueTask DisposeAsync() => line.DisposeAsync();
    }
}
