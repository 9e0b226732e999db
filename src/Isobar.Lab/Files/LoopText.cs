using Isobar.Cells;
using Isobar.Control;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads how the ram of a press answers whose force loop the program closes.</summary>
internal static class LoopText
{
    private const string What = "the loop";

    public static DriveParameters Read(FileNode node, PressInstrument press)
    {
        FileMap map = node.AsMap(What, "stiffness", "lag", "largest_speed", "approach_speed", "least_speed", "slow_speed", "noise");
        double largest = map.Require("largest_speed", What, "2 mm/s").Positive<Speed>("the largest speed").MetresPerSecond;
        return new DriveParameters(
            press.Capacity.Newtons,
            map.Require("stiffness", What, "24 N/um").Positive<Stiffness>("the stiffness of the press without a sample").NewtonsPerMetre,
            map.Require("lag", What, "60 ms").Positive<Duration>("the lag of the actuator").Seconds,
            largest,
            Below(map.Require("approach_speed", What, "50 um/s"), largest, "the approach speed"),
            map.Find("least_speed") is { } least ? Below(least, largest, "the least speed") : 0,
            map.Require("noise", What, "1 N").Positive<Force>("the noise of a reading").Newtons,
            press.Resolution.Newtons)
        {
            SlowSpeed = map.Find("slow_speed") is { } slow ? Below(slow, largest, "the slow speed") : 0,
        };
    }

    private static double Below(FileNode node, double largest, string what)
    {
        double speed = node.Positive<Speed>(what).MetresPerSecond;
        return speed <= largest ? speed : throw node.Error($"{what} is {((FileScalar)node).Text}", $"at most the largest speed, {new Speed(largest)}", $"correct {what}");
    }
}
