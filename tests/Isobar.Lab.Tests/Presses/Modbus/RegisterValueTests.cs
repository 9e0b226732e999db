using CsCheck;
using Isobar.Lab.Presses.Modbus;
using Xunit;

namespace Isobar.Lab.Tests.Presses.Modbus;

public class RegisterValueTests
{
    [Fact]
    public void What_is_written_is_read_back_in_every_type_and_order()
    {
        Gen<RegisterType> types = Gen.Enum<RegisterType>();
        Gen.Select(types, Gen.Bool, Gen.Int[0, 30_000], Gen.Double[1e-3, 10]).Sample((type, high, raw, scale) =>
        {
            WordOrder order = high ? WordOrder.HighFirst : WordOrder.LowFirst;
            var place = new RegisterValue(7, type, scale);
            ushort[] block = new ushort[4];
            place.Write(block, 6, order, raw * scale);
            // Reals carry 24 bits.
            Assert.Equal(raw * scale, place.Read(block, 6, order), 1e-6 * raw * scale);
        });
    }

    [Fact]
    public void The_wrong_word_order_never_reads_the_constant_of_the_simulated_press()
    {
        ushort[] block = new ushort[2];
        var place = new RegisterValue(0, RegisterType.Real);
        place.Write(block, 0, WordOrder.HighFirst, SimulatedPressDevice.ProofValue);
        Assert.NotEqual(SimulatedPressDevice.ProofValue, place.Read(block, 0, WordOrder.LowFirst), 1.0);
    }

    [Theory]
    [InlineData(RegisterType.Word, -1)]
    [InlineData(RegisterType.Word, 65_536)]
    [InlineData(RegisterType.SignedWord, 32_768)]
    [InlineData(RegisterType.SignedDoubleWord, 3e9)]
    [InlineData(RegisterType.Real, double.NaN)]
    [InlineData(RegisterType.Word, double.NaN)]
    public void A_value_that_does_not_fit_is_refused_instead_of_wrapped(RegisterType type, double value)
    {
        var place = new RegisterValue(0, type);
        Assert.Throws<ArgumentOutOfRangeException>(() => place.Write(new ushort[2], 0, WordOrder.HighFirst, value));
    }

    // Check value of CRC-16/MODBUS over the ASCII digits 1 to 9, from the catalogue of parametrised CRC algorithms.
    [Fact]
    public void The_checksum_is_the_one_of_the_specification() => Assert.Equal(0x4B37, Crc16.Of("123456789"u8));
}
