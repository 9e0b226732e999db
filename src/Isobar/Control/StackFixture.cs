using Isobar.Numerics;

namespace Isobar.Control;

/// <summary>
/// What holds a finished cell for days. SI units. A passive fixture is a stiffness; an active one also corrects its force by the load cell.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Stiffness">Change of the force per growth of the cell, N/m: springs 1-2 N/µm, a rigid bolted frame 50-100 N/µm, air far less.</param>
/// <param name="FrictionShare">Friction of the guide or seal, a share of the force.</param>
/// <param name="PreslidingMetres">Travel within which the friction turns around.</param>
/// <param name="CorrectionSeconds">Time between two corrections; zero for a passive fixture.</param>
/// <param name="DeadBandShare">Deviation that is not corrected, a share of the force.</param>
/// <param name="LeastStepNewtons">Smallest change of force that the actuator can make.</param>
/// <param name="NoiseNewtons">Standard deviation of a reading of the load cell.</param>
/// <param name="LossPerSecond">Share of the force that leaks away per second without correction.</param>
public sealed record StackFixtureParameters(
    string Name,
    double Stiffness,
    double FrictionShare,
    double PreslidingMetres,
    double CorrectionSeconds,
    double DeadBandShare,
    double LeastStepNewtons,
    double NoiseNewtons,
    double LossPerSecond)
{
    /// <summary>A frame with springs, 1.5 N/µm.</summary>
    public static StackFixtureParameters Spring { get; } = new("spring fixture", 1.5e6, 0.01, 2e-6, 0, 0, 0, 0.5, 0);

    /// <summary>A bolted frame, 75 N/µm.</summary>
    public static StackFixtureParameters Rigid { get; } = new("rigid fixture", 75e6, 0, 1e-6, 0, 0, 0, 0.5, 0);

    /// <summary>A pneumatic cylinder of 63 mm bore with an electronic regulator and a load cell: the seal rubs with 4 %, the regulator steps by 1 N.</summary>
    public static StackFixtureParameters Pneumatic { get; } = new("pneumatic stack cell", 5e4, 0.04, 5e-6, 30, 0.005, 1, 0.5, 1e-6);

    /// <summary>A servo screw over a disc spring, corrected every ten seconds in steps of 0.2 µm.</summary>
    public static StackFixtureParameters ServoScrew { get; } = new("servo stack cell", 5e6, 0.02, 2e-6, 10, 0.003, 1, 0.5, 0);
}

/// <summary>
/// The force on a cell that breathes and creeps, quasi-static, in steps of seconds, so that a week takes a moment. The friction is a Prandtl
/// element: it follows the travel elastically up to its level and slips there.
/// </summary>
public sealed class StackFixture
{
    private readonly StackFixtureParameters _fixture;
    private readonly double _targetNewtons;
    private RandomSource _noise;
    private double _drive;
    private double _friction;
    private double _growth;
    private double _sinceCorrection;

    /// <summary>A fixture that was closed at a force.</summary>
    public StackFixture(StackFixtureParameters fixture, double forceNewtons, ulong seed)
    {
        _fixture = fixture;
        _targetNewtons = _drive = forceNewtons;
        _noise = new RandomSource(seed);
    }

    /// <summary>Force on the cell, N.</summary>
    public double ForceNewtons => Math.Max(0, _drive + _friction);

    /// <summary>How often the force was corrected.</summary>
    public int Corrections { get; private set; }

    /// <summary>Lets time pass in which the cell has grown to a thickness above its own at closing.</summary>
    public void Advance(double seconds, double growthMetres)
    {
        double travelled = growthMetres - _growth;
        _growth = growthMetres;
        _drive += (_fixture.Stiffness * travelled) - (_fixture.LossPerSecond * seconds * _drive);
        double level = _fixture.FrictionShare * Math.Max(_drive, 0);
        _friction = Math.Clamp(_friction + (level / _fixture.PreslidingMetres * travelled), -level, level);
        _sinceCorrection += seconds;
        if (_fixture.CorrectionSeconds <= 0 || _sinceCorrection < _fixture.CorrectionSeconds) return;
        _sinceCorrection = 0;
        double error = _targetNewtons - (ForceNewtons + (_fixture.NoiseNewtons * _noise.NextNormal()));
        if (Math.Abs(error) <= _fixture.DeadBandShare * _targetNewtons) return;
        _drive += Math.Round(error / _fixture.LeastStepNewtons) * _fixture.LeastStepNewtons;
        Corrections++;
    }
}
