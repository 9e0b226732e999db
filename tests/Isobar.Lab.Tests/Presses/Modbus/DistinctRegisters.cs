using Isobar.Lab.Presses.Modbus;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>A device of which register n reads 3·n + 7, so that a value in the wrong place shows at once.</summary>
internal sealed class DistinctRegisters : IRegisterDevice
{
    public int Writes { get; private set; }

    public static ushort At(int address) => (ushort)((3 * address) + 7);

    public RegisterRefusal Read(bool input, ushort address, Span<ushort> registers)
    {
        if (address + registers.Length > 1000) return RegisterRefusal.IllegalAddress;
        for (int i = 0; i < registers.Length; i++) registers[i] = At(address + i);
        return RegisterRefusal.None;
    }

    public RegisterRefusal Write(ushort address, ReadOnlySpan<ushort> values)
    {
        Writes++;
        return address == 999 ? RegisterRefusal.IllegalValue : RegisterRefusal.None;
    }
}
