namespace Isobar.Lab.Presses.Modbus;

/// <summary>How a value lies in its registers.</summary>
public enum RegisterType
{
    /// <summary>One register, 0 to 65535.</summary>
    Word,

    /// <summary>One register, signed.</summary>
    SignedWord,

    /// <summary>Two registers, unsigned.</summary>
    DoubleWord,

    /// <summary>Two registers, signed.</summary>
    SignedDoubleWord,

    /// <summary>Two registers, IEEE 754.</summary>
    Real,
}

/// <summary>Which of two registers comes first. Devices differ, and a wrong order gives plausible nonsense: a known constant proves it.</summary>
public enum WordOrder
{
    /// <summary>The high word stands at the lower address.</summary>
    HighFirst,

    /// <summary>The low word stands at the lower address.</summary>
    LowFirst,
}

/// <summary>A quantity in the register map of a press: SI value = (raw · scale) + offset.</summary>
/// <param name="Address">First register, counted from 0.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Scale">SI units per raw unit.</param>
/// <param name="Offset">SI value at raw 0.</param>
public readonly record struct RegisterValue(ushort Address, RegisterType Type, double Scale = 1, double Offset = 0)
{
    /// <summary>How many registers it takes.</summary>
    public int Length => Type is RegisterType.Word or RegisterType.SignedWord ? 1 : 2;

    /// <summary>The SI value in a block of registers that begins at <paramref name="first"/>.</summary>
    public double Read(ReadOnlySpan<ushort> block, ushort first, WordOrder order)
    {
        ReadOnlySpan<ushort> own = block.Slice(Address - first, Length);
        double raw = Type switch
        {
            RegisterType.Word => own[0],
            RegisterType.SignedWord => (short)own[0],
            RegisterType.DoubleWord => Join(own, order),
            RegisterType.SignedDoubleWord => (int)Join(own, order),
            _ => BitConverter.UInt32BitsToSingle(Join(own, order)),
        };
        return (raw * Scale) + Offset;
    }

    /// <summary>Puts an SI value into a block of registers that begins at <paramref name="first"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit the type.</exception>
    public void Write(Span<ushort> block, ushort first, WordOrder order, double si)
    {
        double raw = (si - Offset) / Scale;
        Span<ushort> own = block.Slice(Address - first, Length);
        if (Type == RegisterType.Real)
        {
            float single = (float)raw;
            if (!float.IsFinite(single)) throw Refused(si);
            Split(own, order, BitConverter.SingleToUInt32Bits(single));
            return;
        }

        (double least, double most) = Type switch
        {
            RegisterType.Word => (ushort.MinValue, ushort.MaxValue),
            RegisterType.SignedWord => (short.MinValue, short.MaxValue),
            RegisterType.DoubleWord => (uint.MinValue, uint.MaxValue),
            _ => ((double)int.MinValue, (double)int.MaxValue),
        };
        double whole = Math.Round(raw);
        if (!(whole >= least && whole <= most)) throw Refused(si);
        uint bits = unchecked((uint)(long)whole);
        if (Length == 1) own[0] = unchecked((ushort)bits);
        else Split(own, order, bits);
    }

    private ArgumentOutOfRangeException Refused(double si) => new(nameof(si), si, $"register {Address} of type {Type} cannot hold this value");

    private static uint Join(ReadOnlySpan<ushort> words, WordOrder order) =>
        order == WordOrder.HighFirst ? ((uint)words[0] << 16) | words[1] : ((uint)words[1] << 16) | words[0];

    private static void Split(Span<ushort> words, WordOrder order, uint bits)
    {
        words[order == WordOrder.HighFirst ? 0 : 1] = (ushort)(bits >> 16);
        words[order == WordOrder.HighFirst ? 1 : 0] = (ushort)bits;
    }
}
