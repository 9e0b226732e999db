namespace Isobar.Electrochemistry.HalfCell;

/// <summary>The columns of one point of a run, in the order in which they are stored.</summary>
internal static class Columns
{
    public const int Time = 0;
    public const int Volts = 1;
    public const int Current = 2;
    public const int Charge = 3;
    public const int Mean = 4;
    public const int SurfaceAtSeparator = 5;
    public const int SurfaceAtCollector = 6;
    public const int StackPressure = 7;

    /// <summary>First of the voltage parts.</summary>
    public const int Parts = 8;

    public const int PartCount = 10;

    /// <summary>Columns that a run reports.</summary>
    public const int Reported = Parts + PartCount;

    public const int Delivered = Reported;
    public const int Ohmic = Reported + 1;
    public const int Kinetic = Reported + 2;
    public const int Diffusive = Reported + 3;

    /// <summary>All columns, powers included.</summary>
    public const int Count = Reported + 4;
}
