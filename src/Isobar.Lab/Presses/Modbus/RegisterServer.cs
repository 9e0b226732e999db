using System.Buffers.Binary;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>Answers requests out of a device's registers, whatever line they came on.</summary>
internal static class RegisterServer
{
    /// <summary>Length of the answer to a request, both without address and checksum.</summary>
    public static int Answer(IRegisterDevice device, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        RegisterRefusal refusal = Serve(device, request, answer, out int length);
        if (refusal == RegisterRefusal.None) return length;
        answer[0] = (byte)(request[0] | 0x80);
        answer[1] = (byte)refusal;
        return 2;
    }

    private static RegisterRefusal Serve(IRegisterDevice device, ReadOnlySpan<byte> request, Span<byte> answer, out int length)
    {
        length = 0;
        answer[0] = request[0];
        switch ((ModbusFunction)request[0])
        {
            case ModbusFunction.ReadHolding or ModbusFunction.ReadInput when request.Length == 5:
                return Read(device, request[0] == (byte)ModbusFunction.ReadInput, Word(request, 1), Word(request, 3), answer, out length);
            case ModbusFunction.WriteOne when request.Length == 5:
                request.CopyTo(answer);
                length = 5;
                return device.Write(Word(request, 1), [Word(request, 3)]);
            case ModbusFunction.WriteMany when request.Length > 5:
                request[..5].CopyTo(answer);
                length = 5;
                return Write(device, request[1..]);
            case ModbusFunction.ReadWrite when request.Length > 9:
                RegisterRefusal written = Write(device, request[5..]);
                return written != RegisterRefusal.None ? written : Read(device, input: false, Word(request, 1), Word(request, 3), answer, out length);
            case ModbusFunction.ReadHolding or ModbusFunction.ReadInput or ModbusFunction.WriteOne or ModbusFunction.WriteMany or ModbusFunction.ReadWrite:
                return RegisterRefusal.IllegalValue;
            default:
                return RegisterRefusal.IllegalFunction;
        }
    }

    private static RegisterRefusal Read(IRegisterDevice device, bool input, ushort address, int count, Span<byte> answer, out int length)
    {
        length = 2 + (2 * count);
        if (count is < 1 or > ModbusPdu.MostRead) return RegisterRefusal.IllegalValue;
        Span<ushort> registers = stackalloc ushort[count];
        RegisterRefusal refusal = device.Read(input, address, registers);
        answer[1] = (byte)(2 * count);
        for (int i = 0; i < count; i++) BinaryPrimitives.WriteUInt16BigEndian(answer[(2 + (2 * i))..], registers[i]);
        return refusal;
    }

    // Address, count, byte count, values.
    private static RegisterRefusal Write(IRegisterDevice device, ReadOnlySpan<byte> block)
    {
        int count = Word(block, 2);
        if (count is < 1 or > ModbusPdu.MostWritten || block[4] != 2 * count || block.Length != 5 + (2 * count)) return RegisterRefusal.IllegalValue;
        Span<ushort> values = stackalloc ushort[count];
        for (int i = 0; i < count; i++) values[i] = Word(block, 5 + (2 * i));
        return device.Write(Word(block, 0), values);
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
}
