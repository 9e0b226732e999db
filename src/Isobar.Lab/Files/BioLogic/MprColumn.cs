using System.Collections.Frozen;

namespace Isobar.Lab.Files.BioLogic;

/// <summary>How a column of a binary BioLogic file is stored.</summary>
internal enum MprType
{
    /// <summary>A few bits of the byte of flags that all flag columns share.</summary>
    Flag,
    UInt8,
    UInt16,
    UInt32,
    Single,
    Double,
}

/// <summary>A column that is known: its number in the file, its name in EC-Lab with its unit, how it is stored.</summary>
/// <param name="Id">Number in the file.</param>
/// <param name="Name">As EC-Lab writes it in its text export.</param>
/// <param name="Type">How it is stored.</param>
internal sealed record MprColumn(int Id, string Name, MprType Type)
{
    private static readonly FrozenDictionary<int, MprColumn> s_known = new Dictionary<int, MprColumn>(All.Select(column => KeyValuePair.Create(column.Id, column))).ToFrozenDictionary();

    /// <summary>Bytes in a row; flags share one byte, which is counted apart.</summary>
    public int Size => Type switch { MprType.Flag => 0, MprType.UInt8 => 1, MprType.UInt16 => 2, MprType.UInt32 or MprType.Single => 4, _ => 8 };

    private static IEnumerable<MprColumn> All =>
    [
        new(1, "mode", MprType.Flag), new(2, "ox/red", MprType.Flag), new(3, "error", MprType.Flag), new(21, "control changes", MprType.Flag), new(31, "Ns changes", MprType.Flag),
        new(65, "counter inc.", MprType.Flag),
        new(4, "time/s", MprType.Double), new(5, "control/V/mA", MprType.Single), new(6, "Ewe/V", MprType.Single), new(7, "dQ/mA.h", MprType.Double), new(8, "I/mA", MprType.Single),
        new(9, "Ece/V", MprType.Single), new(11, "<I>/mA", MprType.Double), new(13, "(Q-Qo)/mA.h", MprType.Double), new(16, "Analog IN 1/V", MprType.Single),
        new(17, "Analog IN 2/V", MprType.Single), new(19, "control/V", MprType.Single), new(20, "control/mA", MprType.Single), new(23, "dQ/mA.h", MprType.Double),
        new(24, "cycle number", MprType.Double), new(26, "Rapp/Ohm", MprType.Single),
        new(32, "freq/Hz", MprType.Single), new(33, "|Ewe|/V", MprType.Single), new(34, "|I|/A", MprType.Single), new(35, "Phase(Z)/deg", MprType.Single), new(36, "|Z|/Ohm", MprType.Single),
        new(37, "Re(Z)/Ohm", MprType.Single), new(38, "-Im(Z)/Ohm", MprType.Single), new(39, "I Range", MprType.UInt16),
        new(69, "R/Ohm", MprType.Single), new(70, "P/W", MprType.Single), new(74, "Energy/W.h", MprType.Double), new(75, "Analog OUT/V", MprType.Single), new(76, "<I>/mA", MprType.Single),
        new(77, "<Ewe>/V", MprType.Single), new(78, "Cs-2/µF-2", MprType.Single), new(96, "|Ece|/V", MprType.Single), new(98, "Phase(Zce)/deg", MprType.Single),
        new(99, "|Zce|/Ohm", MprType.Single), new(100, "Re(Zce)/Ohm", MprType.Single), new(101, "-Im(Zce)/Ohm", MprType.Single),
        new(123, "Energy charge/W.h", MprType.Double), new(124, "Energy discharge/W.h", MprType.Double), new(125, "Capacitance charge/µF", MprType.Double),
        new(126, "Capacitance discharge/µF", MprType.Double), new(131, "Ns", MprType.UInt16), new(163, "|Estack|/V", MprType.Single), new(168, "Rcmp/Ohm", MprType.Single),
        new(169, "Cs/µF", MprType.Single), new(172, "Cp/µF", MprType.Single), new(173, "Cp-2/µF-2", MprType.Single), new(174, "<Ewe>/V", MprType.Single),
        new(178, "(Q-Qo)/C", MprType.Single), new(179, "dQ/C", MprType.Single), new(182, "step time/s", MprType.Double), new(211, "Q charge/discharge/mA.h", MprType.Double),
        new(212, "half cycle", MprType.UInt32), new(213, "z cycle", MprType.UInt32), new(217, "THD Ewe/%", MprType.Single), new(218, "THD I/%", MprType.Single),
        new(220, "NSD Ewe/%", MprType.Single), new(221, "NSD I/%", MprType.Single), new(223, "NSR Ewe/%", MprType.Single), new(224, "NSR I/%", MprType.Single),
        new(434, "(Q-Qo)/C", MprType.Single), new(435, "dQ/C", MprType.Single), new(438, "step time/s", MprType.Double), new(462, "Temperature/°C", MprType.Single),
        new(467, "Q charge/discharge/mA.h", MprType.Double), new(468, "half cycle", MprType.UInt32), new(469, "z cycle", MprType.UInt32), new(471, "<Ece>/V", MprType.Single),
    ];

    public static MprColumn? Find(int id) => s_known.GetValueOrDefault(id);
}
