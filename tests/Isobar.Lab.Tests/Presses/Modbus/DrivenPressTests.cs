using System.Text;
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

/// <summary>A press whose device has no force loop: the program closes it over the wire, once it has seen the watchdog trip.</summary>
public sealed class DrivenPressTests
{
    private static readonly CompactionLaw Sulfide = new(0.55, 200e6, 0.5, CompactionLaw.ConfinedModulus(22e9, 0.35), 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, double, double, bool> Presses() => new()
    {
        { "5 t", 375, 100, false },
        { "5 t", 375, 100, true },
        { "24 t", 375, 150, false },
        { "24 t", 200, 100, true },
        { "servo", 375, 150, false },
        { "servo", 75, 100, true },
    };

    // Asked of a press with a loop: overshoot at most 1 %, tracking 1 %, standard deviation of the hold 0.2 %, 99 % of it within half a per cent. Here at 20 Hz over Modbus,
    // with a dead time of a tick, judged on the true force.
    [Theory]
    [MemberData(nameof(Presses))]
    public async Task The_program_closes_the_loop_over_the_wire_as_well_as_a_device_does(string name, double megapascals, double milligrams, bool readWrite)
    {
        PressPlantParameters plant = Named(name);
        await using SimulatedPress press = Press(plant, milligrams, 17);
        var device = new SimulatedPressDevice(press, driven: true);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using ModbusPress driver = Driver(server.Port, device, profile => profile with
        {
            Drive = plant.Drive,
            Instrument = plant.Instrument,
            Registers = profile.Registers with { ReadWrite = readWrite },
        });
        await driver.ConnectAsync(Token);
        await driver.ArmAsync(Token);
        Protocol protocol = Protocol(megapascals);
        var run = new WireRun(driver, press, device, protocol);
        RunRecord record = await run.GoAsync(null, Token);
        Assert.True(record.Outcome == RunOutcome.Completed, record.Events[^1].Text);
        double target = megapascals * 1e6 * Scenario.Die10.Area.SquareMetres;
        double[] ramp = [.. run.Truth.Where(at => at.Step == 1).Select(at => at.Newtons)];
        double[] hold = [.. run.Truth.Where(at => at.Step == 2).Select(at => at.Newtons)];
        double overshoot = (ramp.Concat(hold).Max() - target) / target;
        double mean = hold.Average(), sd = Math.Sqrt(hold.Average(force => (force - mean) * (force - mean))) / target;
        double within = hold.Count(force => Math.Abs(force - target) <= 0.005 * target) / (double)hold.Length;
        double tracking = Math.Sqrt(record.Samples.Where(sample => sample.StepIndex == 1).Average(sample => Math.Pow(sample.PressurePa - sample.SetpointPa, 2))) / (megapascals * 1e6);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name} {megapascals} MPa, function {(readWrite ? 23 : 16)}: overshoot {100 * overshoot:0.00} %, tracking {100 * tracking:0.00} %, hold sd {100 * sd:0.000} %, within 0.5 % {100 * within:0.0} %"));
        Assert.InRange(overshoot, -0.01, 0.01);
        Assert.InRange(tracking, 0, 0.01);
        Assert.InRange(sd, 0, 0.002);
        Assert.InRange(within, 0.99, 1);
    }

    [Fact]
    public void The_example_profile_describes_the_device_that_takes_speeds()
    {
        PressProfile profile = PressFile.Parse(Text, "simulated-driven.yaml");
        Assert.Equal(SimulatedPressDevice.MapOf(heated: false, driven: true), profile.Registers);
        DriveParameters drive = PressPlantParameters.Hydraulic5t.Drive;
        // Written in µm/s, which rounds.
        Assert.Equal(drive.ApproachSpeed, profile.Drive!.ApproachSpeed, 1e-12);
        Assert.Equal(drive, profile.Drive with { ApproachSpeed = drive.ApproachSpeed });
        Assert.Null(profile.MonitorOnly);
    }

    [Fact]
    public async Task The_ram_is_not_driven_before_the_watchdog_was_seen_to_trip()
    {
        await using SimulatedPress press = Press(PressPlantParameters.Hydraulic5t, 100, 3);
        var device = new SimulatedPressDevice(press, driven: true);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using ModbusPress driver = Driver(server.Port, device);
        await driver.ConnectAsync(Token);
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.WriteAsync(new Force(100), 1, Token));
        Assert.Contains("before its watchdog was seen to trip", refused.Message, StringComparison.Ordinal);
        WatchdogProof? told = null;
        driver.Proved = proof => told = proof;
        await driver.ArmAsync(Token);
        Assert.Equal(driver.Proof, told);
        // The simulated watchdog waits for half a second; it is looked at every 50 ms.
        Assert.InRange(driver.Proof!.Silence.Seconds, 0.5, 0.6);
        Assert.StartsWith("2026-11-23T12:00:0", Encoding.UTF8.GetString(driver.Proof.ToJson()).Split("\"at\":\"")[1], StringComparison.Ordinal);
        Assert.Equal(0, press.Plant.ForceNewtons, 1e-9);
        await driver.WriteAsync(new Force(100), 1, Token);
    }

    [Theory]
    [InlineData(false, "has not tripped")]
    [InlineData(true, "reads tripped although heartbeats come in")]
    public async Task A_watchdog_that_does_not_do_what_it_should_forbids_the_run_and_nothing_is_moved(bool stuckAt, string said)
    {
        await using SimulatedPress press = Press(PressPlantParameters.Hydraulic5t, 100, 3);
        var inner = new SimulatedPressDevice(press, driven: true);
        var device = new StuckTrip(inner, stuckAt);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using ModbusPress driver = Driver(server.Port, inner);
        await driver.ConnectAsync(Token);
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.ArmAsync(Token));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was moved", refused.Message, StringComparison.Ordinal);
        Assert.All(device.Speeds, speed => Assert.Equal(0, speed));
        await Assert.ThrowsAsync<PressException>(async () => await driver.WriteAsync(new Force(0), 1, Token));
    }

    [Fact]
    public async Task A_watchdog_is_not_tested_under_load()
    {
        await using SimulatedPress press = Press(PressPlantParameters.Hydraulic5t, 100, 3);
        var device = new SimulatedPressDevice(press, driven: true);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using (ModbusPress driver = Driver(server.Port, device))
        {
            await driver.ConnectAsync(Token);
            await driver.ArmAsync(Token);
            for (uint beat = 1; beat < 1400; beat++)
            {
                await driver.ReadAsync(Token);
                await driver.WriteAsync(new Force(3000), beat, Token);
                device.Advance(new Duration(0.05));
            }
        }

        Assert.InRange(press.Plant.ForceNewtons, 2900, 3100);
        await using ModbusPress next = Driver(server.Port, device);
        await next.ConnectAsync(Token);
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await next.ArmAsync(Token));
        Assert.Contains("without force only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_falls_silent_in_mid_ramp_is_released_by_the_device_within_a_second()
    {
        await using SimulatedPress press = Press(PressPlantParameters.Hydraulic5t, 100, 3);
        var device = new SimulatedPressDevice(press, driven: true);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using ModbusPress driver = Driver(server.Port, device);
        await driver.ConnectAsync(Token);
        await driver.ArmAsync(Token);
        for (uint beat = 1; beat < 600; beat++)
        {
            await driver.ReadAsync(Token);
            await driver.WriteAsync(new Force(20.0 * beat), beat, Token);
            device.Advance(new Duration(0.05));
        }

        double before = press.Plant.ForceNewtons;
        Assert.InRange(before, 10_000, 13_000);
        device.Advance(new Duration(1));
        Assert.True(press.Plant.ForceNewtons < before, $"{press.Plant.ForceNewtons} N, {before} N before");
        device.Advance(new Duration(15));
        Assert.InRange(press.Plant.ForceNewtons, 0, 50);
    }

    [Fact]
    public async Task Without_a_fresh_reading_the_ram_stands_still_after_three_ticks()
    {
        await using SimulatedPress press = Press(PressPlantParameters.Hydraulic5t, 100, 3);
        var inner = new SimulatedPressDevice(press, driven: true);
        var device = new StuckTrip(inner, null);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using ModbusPress driver = Driver(server.Port, inner);
        await driver.ConnectAsync(Token);
        await driver.ArmAsync(Token);
        for (uint beat = 1; beat < 200; beat++)
        {
            await driver.ReadAsync(Token);
            await driver.WriteAsync(new Force(20_000), beat, Token);
            inner.Advance(new Duration(0.05));
        }

        Assert.True(device.Speeds[^1] > 0, "the force is on its way up");
        for (uint beat = 200; beat < 205; beat++) await driver.WriteAsync(new Force(20_000), beat, Token);
        Assert.Equal([false, false, true, true, true], device.Speeds.TakeLast(5).Select(speed => speed == 0));
    }

    public static TheoryData<string, string, string> Wrong() => new()
    {
        { "actuator: {address: 10, type: real, unit: um/s}", "setpoint: {address: 20, type: real, unit: N}\n  actuator: {address: 10, type: real, unit: um/s}", "one of the two" },
        { "actuator: {address: 10, type: real, unit: um/s}", "setpoint: {address: 10, type: real, unit: N}", "closes its force loop itself" },
        { "actuator: {address: 10, type: real, unit: um/s}", "actuator: {address: 10, type: real, unit: N}", "speed" },
        { "approach_speed: 50 um/s", "approach_speed: 5 mm/s", "at most the largest speed" },
        { "lag: 60 ms", "lag: 60 mm", "not a unit" },
        { "kind: holding", "kind: input\n  read_write: yes", "function 23" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_profile_is_refused_with_its_place(string right, string wrong, string said)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => PressFile.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), "press.yaml"));
        Assert.Contains(said, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(refused.Line > 1);
    }

    [Theory]
    [InlineData("  tripped: {address: 16, type: word}", "", "no register 'tripped'")]
    [InlineData("  proven: 2026-11-23", "", "never proven")]
    public async Task Without_what_proves_the_watchdog_the_press_is_only_watched_and_the_reason_is_said(string right, string wrong, string said)
    {
        PressProfile profile = PressFile.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), "press.yaml");
        Assert.Contains(said, profile.MonitorOnly!, StringComparison.Ordinal);
        await using var driver = new ModbusPress(profile);
        PressException refused = await Assert.ThrowsAsync<PressException>(async () => await driver.ArmAsync(Token));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_speed_may_be_a_share_of_the_largest() =>
        Assert.Equal(2e-3 * 0.001, PressFile.Parse(Text.Replace("type: real, unit: um/s", "type: signed word, unit: '0.1 %'", StringComparison.Ordinal), "press.yaml").Registers.Actuator!.Value.Scale, 1e-12);

    private static string Text => File.ReadAllText(Path.Combine(Repository.Root, "examples", "presses", "simulated-driven.yaml")).ReplaceLineEndings("\n");

    private static ModbusPress Driver(int port, SimulatedPressDevice device, Func<PressProfile, PressProfile>? change = null)
    {
        PressProfile profile = PressFile.Parse(Text, "simulated-driven.yaml");
        profile = profile with { Connection = profile.Connection with { Port = port, Timeout = new Duration(5) } };
        return new ModbusPress(change?.Invoke(profile) ?? profile, new DeviceTime(device), WireRun.TickSeconds);
    }

    private static SimulatedPress Press(PressPlantParameters plant, double milligrams, ulong seed)
    {
        var press = new SimulatedPress(plant, Scenario.Die10, [ColumnLayer.Powder("separator", new Length(milligrams * 1e-6 / (1640 * Scenario.Die10.Area.SquareMetres)), Sulfide)], seed);
        press.LoadAll();
        return press;
    }

    private static Protocol Protocol(double megapascals) => new(
        "driven",
        new Length(10e-3),
        Scenario.Mpa(450),
        new PressureRate(10e6),
        [
            new ApproachStep("touch", Scenario.Mpa(5), new PressureRate(0.5e6), new Duration(120)),
            new RampStep("press", PressureKind.Fabrication, Scenario.Mpa(megapascals), new PressureRate(megapascals > 100 ? 5e6 : 2e6)),
            new HoldStep("hold", PressureKind.Fabrication, Scenario.Mpa(megapascals), new Fraction(0.02), new Duration(180), new Duration(300), null),
            new ReleaseStep("release", Scenario.Mpa(0), new PressureRate(10e6)),
        ]);

    private static PressPlantParameters Named(string name) => name switch
    {
        "24 t" => PressPlantParameters.Hydraulic24t,
        "servo" => PressPlantParameters.ServoScrew,
        _ => PressPlantParameters.Hydraulic5t,
    };

    // The device with a watchdog state that is stuck, and what was commanded.
    private sealed class StuckTrip(SimulatedPressDevice inner, bool? at) : IRegisterDevice
    {
        private static readonly PressRegisters s_map = SimulatedPressDevice.MapOf(heated: false, driven: true);

        public List<double> Speeds { get; } = [];

        public RegisterRefusal Read(bool input, ushort address, Span<ushort> registers)
        {
            RegisterRefusal refusal = inner.Read(input, address, registers);
            int place = s_map.Tripped!.Value.Address - address;
            if (at is { } stuck && place >= 0 && place < registers.Length) registers[place] = stuck ? (ushort)1 : (ushort)0;
            return refusal;
        }

        public RegisterRefusal Write(ushort address, ReadOnlySpan<ushort> values)
        {
            if (address == s_map.Actuator!.Value.Address) Speeds.Add(s_map.Actuator.Value.Read(values, address, s_map.Order));
            return inner.Write(address, values);
        }
    }
}
