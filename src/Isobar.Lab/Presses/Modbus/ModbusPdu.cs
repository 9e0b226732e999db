using System.Buffers.Binary;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>What a request asks for.</summary>
internal enum ModbusFunction : byte
{
    ReadHolding = 3,
    ReadInput = 4,
    WriteOne = 6,
    WriteMany = 16,
    ReadWrite = 23,
}

/// <summary>
/// Requests and answers of the Modbus application protocol (specification V1.1b3): the bytes between the address and the checksum.
/// An answer is taken only when function, byte count and echoed address agree with what was asked.
/// </summary>
internal static class ModbusPdu
{
    /// <summary>Longest protocol data unit, bytes.</summary>
    public const int Longest = 253;

    /// <summary>Most registers that one read can ask for.</summary>
    public const int MostRead = 125;

    /// <summary>Most registers that one write can carry.</summary>
    public const int MostWritten = 123;

    private const int MostReadWritten = 121;
    private const byte ExceptionBit = 0x80;

    public static int Read(Span<byte> request, ModbusFunction function, ushort address, int count)
    {
        Check(count, MostRead, "read");
        request[0] = (byte)function;
        BinaryPrimitives.WriteUInt16BigEndian(request[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(request[3..], (ushort)count);
        return 5;
    }

    public static int WriteOne(Span<byte> request, ushort address, ushort value)
    {
        request[0] = (byte)ModbusFunction.WriteOne;
        BinaryPrimitives.WriteUInt16BigEndian(request[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(request[3..], value);
        return 5;
    }

    public static int WriteMany(Span<byte> request, ushort address, ReadOnlySpan<ushort> values)
    {
        Check(values.Length, MostWritten, "write");
        request[0] = (byte)ModbusFunction.WriteMany;
        return 1 + PutBlock(request[1..], address, values);
    }

    public static int ReadWrite(Span<byte> request, ushort readAddress, int count, ushort writeAddress, ReadOnlySpan<ushort> values)
    {
        Check(count, MostRead, "read");
        Check(values.Length, MostReadWritten, "write");
        request[0] = (byte)ModbusFunction.ReadWrite;
        BinaryPrimitives.WriteUInt16BigEndian(request[1..], readAddress);
        BinaryPrimitives.WriteUInt16BigEndian(request[3..], (ushort)count);
        return 5 + PutBlock(request[5..], writeAddress, values);
    }

    /// <summary>Length of the undamaged answer, bytes; a refusal has two.</summary>
    public static int AnswerLength(ReadOnlySpan<byte> request) => (ModbusFunction)request[0] switch
    {
        ModbusFunction.WriteOne or ModbusFunction.WriteMany => 5,
        _ => 2 + (2 * BinaryPrimitives.ReadUInt16BigEndian(request[3..])),
    };

    /// <summary>Whether these first two bytes begin a refusal.</summary>
    public static bool IsRefusal(byte function) => (function & ExceptionBit) != 0;

    /// <summary>Holds an answer against its request; null when it fits, otherwise what is wrong.</summary>
    public static string? Fault(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    {
        if (answer.Length < 2) return $"an answer of {answer.Length} bytes";
        if (answer[0] == (request[0] | ExceptionBit)) return answer.Length == 2 ? null : $"a refusal of {answer.Length} bytes instead of 2";
        if (answer[0] != request[0]) return $"function {answer[0]} answers function {request[0]}";
        int length = AnswerLength(request);
        if (answer.Length != length) return $"an answer of {answer.Length} bytes instead of {length}";
        return (ModbusFunction)request[0] switch
        {
            ModbusFunction.WriteOne => answer.SequenceEqual(request) ? null : "the echo of the written register differs from what was sent",
            ModbusFunction.WriteMany => answer[..5].SequenceEqual(request[..5]) ? null : "the echo names other registers than were written",
            _ => answer[1] == length - 2 ? null : $"a byte count of {answer[1]} instead of {length - 2}",
        };
    }

    /// <summary>What the device says when it refuses; null for an answer that is none.</summary>
    public static string? Refusal(ReadOnlySpan<byte> answer)
    {
        if (!IsRefusal(answer[0])) return null;
        string reason = answer[1] switch
        {
            1 => "illegal function",
            2 => "illegal data address",
            3 => "illegal data value",
            4 => "device failure",
            5 => "acknowledged, still at work",
            6 => "device busy",
            8 => "memory parity error",
            10 => "gateway path unavailable",
            11 => "gateway target does not respond",
            _ => "unknown reason",
        };
        return $"{reason} (code {answer[1]})";
    }

    /// <summary>The registers of an answer to a read.</summary>
    public static void Registers(ReadOnlySpan<byte> answer, Span<ushort> registers)
    {
        for (int i = 0; i < registers.Length; i++) registers[i] = BinaryPrimitives.ReadUInt16BigEndian(answer[(2 + (2 * i))..]);
    }

    private static int PutBlock(Span<byte> place, ushort address, ReadOnlySpan<ushort> values)
    {
        BinaryPrimitives.WriteUInt16BigEndian(place, address);
        BinaryPrimitives.WriteUInt16BigEndian(place[2..], (ushort)values.Length);
        place[4] = (byte)(2 * values.Length);
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(place[(5 + (2 * i))..], values[i]);
        return 5 + (2 * values.Length);
    }

    private static void Check(int count, int most, string verb)
    {
        if (count < 1 || count > most) throw new ArgumentOutOfRangeException(nameof(count), count, $"one request can {verb} 1 to {most} registers");
    }
}
