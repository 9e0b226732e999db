using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Isobar.Lab.Presses.Modbus;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Presses.Modbus;

public class ModbusTcpTests
{
    private static readonly Duration Patience = new(5);
    private static readonly WireFault[] s_quick = [.. Enum.GetValues<WireFault>().Where(fault => fault is not (WireFault.None or WireFault.Late or WireFault.Lost))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_and_writes_reach_the_registers_they_name()
    {
        var device = new DistinctRegisters();
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", server.Port, Patience), 1);
        ushort[] read = new ushort[125];
        await client.ReadAsync(false, 40, read, Token);
        Assert.Equal(Enumerable.Range(40, 125).Select(DistinctRegisters.At), read);
        await client.WriteAsync(3, 17, Token);
        await client.WriteAsync(3, new ushort[] { 1, 2, 3 }, Token);
        ushort[] one = new ushort[1];
        await client.ReadWriteAsync(7, one, 3, new ushort[] { 9 }, Token);
        Assert.Equal(DistinctRegisters.At(7), one[0]);
        Assert.Equal(3, device.Writes);
    }

    [Fact]
    public async Task A_refusal_says_why_and_leaves_the_connection_open()
    {
        await using var server = new ModbusTcpServer(new DistinctRegisters(), 1, 0);
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", server.Port, Patience), 1);
        ushort[] one = new ushort[1];
        ModbusException refused = await Assert.ThrowsAsync<ModbusException>(async () => await client.ReadAsync(false, 5000, one, Token));
        Assert.Equal(ModbusFailure.Refused, refused.Failure);
        Assert.Contains("illegal data address", refused.Message, StringComparison.Ordinal);
        await client.ReadAsync(false, 5, one, Token);
        Assert.Equal(DistinctRegisters.At(5), one[0]);
    }

    [Fact]
    public async Task Nobody_there_is_said_in_words()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", port, Patience), 1);
        ModbusException nobody = await Assert.ThrowsAsync<ModbusException>(async () => await client.OpenAsync(Token));
        Assert.Equal(ModbusFailure.NotConnected, nobody.Failure);
        Assert.Contains("check that the press is on", nobody.Message, StringComparison.Ordinal);
    }

    // Invariant: whatever happens to answers on the way, a read either fails or gives the registers it asked for.
    [Theory]
    [InlineData((int)WireFault.Late)]
    [InlineData((int)WireFault.Lost)]
    [InlineData((int)WireFault.Doubled)]
    [InlineData((int)WireFault.Truncated)]
    [InlineData((int)WireFault.WrongUnit)]
    [InlineData((int)WireFault.WrongFunction)]
    [InlineData((int)WireFault.WrongCount)]
    [InlineData((int)WireFault.WrongProtocol)]
    [InlineData((int)WireFault.Split)]
    [InlineData((int)WireFault.Reset)]
    public async Task No_fault_on_the_wire_ever_gives_a_wrong_value(int fault)
    {
        // Late and lost answers each cost a whole time-out, so fewer of them are waited for.
        bool slow = (WireFault)fault is WireFault.Late or WireFault.Lost;
        double share = slow ? 0.02 : 0.2;
        (int right, int wrong, int failed) = await ReadAsync(slow ? 600 : 3000, (ulong)fault, new Duration(slow ? 0.03 : 5), draw => draw.Next() < share ? (WireFault)fault : WireFault.None);
        Assert.Equal(0, wrong);
        bool harmless = (WireFault)fault is WireFault.Doubled or WireFault.Split;
        Assert.True(harmless ? failed == 0 : failed > 0, $"{failed} reads failed");
        Assert.True(right > 400, $"only {right} reads came through");
    }

    [Fact]
    public async Task All_faults_together_never_give_a_wrong_value()
    {
        // ISOBAR_LONG_READS=1000000 runs the acceptance figure; the default keeps the suite short.
        int reads = int.TryParse(Environment.GetEnvironmentVariable("ISOBAR_LONG_READS"), CultureInfo.InvariantCulture, out int asked) ? asked : 20_000;
        (int right, int wrong, int failed) = await ReadAsync(reads, 99, new Duration(0.03), AnyFault);
        Assert.Equal(0, wrong);
        Assert.True(failed > 0 && right > 0.9 * reads, $"{right} right, {failed} failed of {reads}");
    }

    [Fact]
    public async Task An_answer_that_is_not_awaited_any_more_does_not_disturb_the_next_exchange()
    {
        await using var server = new ModbusTcpServer(new DistinctRegisters(), 1, 0);
        await using var wire = new FaultyWire(server.Port, 1, TimeSpan.FromMilliseconds(200), draw => draw.Next() < 0 ? WireFault.None : WireFault.Late);
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", wire.Port, new Duration(0.05)), 1);
        ushort[] one = new ushort[1];
        for (ushort address = 0; address < 5; address++)
        {
            ushort asked = address;
            ModbusException silent = await Assert.ThrowsAsync<ModbusException>(async () => await client.ReadAsync(false, asked, one, Token));
            Assert.Equal(ModbusFailure.NoAnswer, silent.Failure);
        }
    }

    // Late and lost answers cost a time-out each, so they are rarer than the others.
    internal static WireFault AnyFault(RandomDraw draw)
    {
        double roll = draw.Next();
        if (roll < 0.0005) return roll < 0.00025 ? WireFault.Late : WireFault.Lost;
        return roll < 0.02 ? s_quick[(int)(draw.Next() * s_quick.Length)] : WireFault.None;
    }

    private static async Task<(int Right, int Wrong, int Failed)> ReadAsync(int reads, ulong seed, Duration timeout, Func<RandomDraw, WireFault> choose)
    {
        await using var server = new ModbusTcpServer(new DistinctRegisters(), 1, 0);
        return await ReadAsync(server.Port, reads, seed, timeout, choose);
    }

    // Reads through a wire that spoils answers; what is wrong is a value other than the one that was asked for.
    internal static async Task<(int Right, int Wrong, int Failed)> ReadAsync(int port, int reads, ulong seed, Duration timeout, Func<RandomDraw, WireFault> choose)
    {
        await using var wire = new FaultyWire(port, seed, TimeSpan.FromMilliseconds(2000 * timeout.Seconds), choose);
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", wire.Port, timeout), 1);
        int right = 0, wrong = 0, failed = 0;
        ushort[] registers = new ushort[10];
        for (int i = 0; i < reads; i++)
        {
            var address = (ushort)((i * 37) % 900);
            try
            {
                await client.ReadAsync(false, address, registers, Token);
                if (registers.Select((value, k) => value == DistinctRegisters.At(address + k)).All(same => same)) right++;
                else wrong++;
            }
            catch (ModbusException)
            {
                failed++;
            }
        }

        return (right, wrong, failed);
    }
}
