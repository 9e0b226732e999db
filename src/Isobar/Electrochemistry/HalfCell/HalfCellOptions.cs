namespace Isobar.Electrochemistry.HalfCell;

/// <summary>How diffusion in the particles is computed.</summary>
public enum ParticleMethod
{
    /// <summary>Eigenmodes where D is constant, spectral elements of one piece where it depends on the stoichiometry.</summary>
    Automatic,

    /// <summary>Eigenmodes of the sphere with exponential steps; constant D alone.</summary>
    Eigenmodes,

    /// <summary>Even polynomials in the radius, eliminated locally, second-order backward differences in time.</summary>
    Spectral,
}

/// <summary>How finely a half cell is computed. The default keeps the voltage within 0.1 mV at any rate and contact fraction.</summary>
public sealed record HalfCellOptions
{
    /// <summary>The default: accuracy first.</summary>
    public static HalfCellOptions Default { get; } = new();

    /// <summary>
    /// Twenty cells and a looser step control, for sweeps of many cells: within 0.05 mV and some milliseconds in the end time of the reference cell,
    /// within 0.1 mV from 0.1C to 5C at contact fractions from 0.05 to 1.
    /// </summary>
    public static HalfCellOptions Fast => field ??= new() { Cells = 20, VoltageToleranceVolts = 2e-4, EnergyBalance = false };

    /// <summary>
    /// Cells across the cathode, at least 8; null: as many as the reaction's depth needs for the accuracy of the default. More are taken where so few could
    /// not carry the reaction at all. The grid is graded towards the faces where the reaction crowds there.
    /// </summary>
    public int? Cells { get; init; }

    /// <summary>Largest difference between predicted and computed voltage in a step, V. The error of the result is about a tenth of it.</summary>
    public double VoltageToleranceVolts { get; init; } = 1e-4;

    /// <summary>
    /// Eigenmodes per particle that are followed in time, 1 to 2048; the rest follows the current at once. More are taken where a large current needs them in its
    /// first instants.
    /// </summary>
    public int Modes { get; init; } = 256;

    /// <summary>Radial nodes of the spectral particle, at least 3.</summary>
    public int RadialNodes { get; init; } = 12;

    /// <summary>How diffusion in the particles is computed.</summary>
    public ParticleMethod Particles { get; init; } = ParticleMethod.Automatic;

    /// <summary>True: the energy balance is kept, at the cost of one more evaluation of the open-circuit curve per step.</summary>
    public bool EnergyBalance { get; init; } = true;

    /// <summary>Most time steps of one cycler step.</summary>
    public int MostSteps { get; init; } = 100_000;

    internal void Check()
    {
        if (Cells is < 8) throw new ArgumentOutOfRangeException(nameof(Cells), Cells, "a cathode takes at least 8 cells");
        if (!(VoltageToleranceVolts > 0)) throw new ArgumentOutOfRangeException(nameof(VoltageToleranceVolts), VoltageToleranceVolts, "a voltage tolerance is positive, in V");
        if (Modes is < 1 or > SphereModes.Count) throw new ArgumentOutOfRangeException(nameof(Modes), Modes, $"eigenmodes go from 1 to {SphereModes.Count}");
        if (RadialNodes < 3) throw new ArgumentOutOfRangeException(nameof(RadialNodes), RadialNodes, "a spectral particle takes at least 3 radial nodes");
    }
}
