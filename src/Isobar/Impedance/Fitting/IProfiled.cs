namespace Isobar.Impedance.Fitting;

/// <summary>A search that can hold one coordinate while all others are fitted: what profiles are made of.</summary>
internal interface IProfiled
{
    /// <summary>Lowest values of the coordinates.</summary>
    double[] Lower { get; }

    /// <summary>Highest values of the coordinates.</summary>
    double[] Upper { get; }

    /// <summary>Coordinates at the end of the last search.</summary>
    ReadOnlySpan<double> Coordinates { get; }

    /// <summary>The least sum of squares with one coordinate held, from the coordinates given.</summary>
    double Held(int coordinate, double at, ReadOnlySpan<double> coordinates);
}
