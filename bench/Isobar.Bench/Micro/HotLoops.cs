using System.Numerics;
using BenchmarkDotNet.Attributes;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Mechanics;
using Isobar.Numerics;
using MathNet.Numerics.Distributions;

namespace Isobar.Bench.Micro;

/// <summary>The calls that whole runs spend their time in.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class HotLoops
{
    private const int Draws = 1024;

    private readonly double[] _pressuresPa = [.. Enumerable.Range(0, 64).Select(i => 1e6 * Math.Pow(400, (i + 0.5) / 64))];
    private readonly Complex[] _admittances = [.. Enumerable.Range(0, 64).Select(i => new Complex(10, 2 * Math.PI * Math.Pow(10, (i / 8.0) - 2) * 0.1))];
    private CompactionLaw _soft;
    private CompactionLaw _lockUp;
    private CellParameters _parameters = null!;
    private CellHistory _history = null!;
    private PressPlant _plant = null!;
    private int _plantSubstep;
    private RandomSource _random;

    [GlobalSetup]
    public void SetUp()
    {
        Cell cell = CellFile.Read(Checkout.ExampleCell, BuiltInMaterials.Library);
        _parameters = CellResolver.Best(cell);
        _history = CellHistory.Of(cell, new CellPressures(190e6, 300e6, 60e6, 5e6));
        _lockUp = _parameters.Layers[0].Compaction;
        _soft = _lockUp with { LockUpSlope = 0 };
        var column = new SampleColumn(cell.Die.Area, cell.Die.WallFriction.Value.Value, cell.Die.LateralRatio.Value.Value);
        for (int i = 0; i < cell.Layers.Length; i++) column.Add(ColumnLayer.Of(cell.Layers[i], cell.Die.Area, _parameters.Layers[i].Compaction));
        _plant = new PressPlant(PressPlantParameters.Hydraulic5t with { GapMetres = 0 }, column);
        while (_plant.ForceNewtons < 15_000) _plant.Step(50e-6);
        _random = new RandomSource(1);
    }

    [Benchmark(Description = "PorousElectrode.Resistance", OperationsPerInvoke = 64)]
    public double Resistance()
    {
        double sum = 0;
        foreach (Complex admittance in _admittances) sum += PorousElectrode.Resistance(60e-6, 0.05, 1, 1e6, admittance.Imaginary);
        return sum;
    }

    [Benchmark(Description = "PorousElectrode.Impedance", OperationsPerInvoke = 64)]
    public Complex Impedance()
    {
        Complex sum = 0;
        foreach (Complex admittance in _admittances) sum += PorousElectrode.Impedance(60e-6, 0.05, 1, 1e6, admittance);
        return sum;
    }

    [Benchmark(Description = "CompactionLaw.LoadedPorosity, soft powder", OperationsPerInvoke = 64)]
    public double SoftPorosity() => Porosities(_soft);

    [Benchmark(Description = "CompactionLaw.LoadedPorosity, with lock-up", OperationsPerInvoke = 64)]
    public double LockUpPorosity() => Porosities(_lockUp);

    [Benchmark(Description = "CellState.After")]
    public CellState State() => CellState.After(_parameters, _history);

    // Up and down about 190 MPa, so that both branches of compaction and of seal friction are met.
    [Benchmark(Description = "PressPlant.Step", OperationsPerInvoke = 64)]
    public double PlantSteps()
    {
        for (int i = 0; i < 64; i++)
        {
            _plantSubstep++;
            double aimNewtons = 15_000 + (100 * Math.Sin(_plantSubstep * 0.01));
            _plant.Step(1e-7 * (aimNewtons - _plant.ForceNewtons));
        }

        return _plant.ForceNewtons;
    }

    [Benchmark(Description = "RandomSource.NextNormal", OperationsPerInvoke = Draws)]
    public double Normals()
    {
        double sum = 0;
        for (int i = 0; i < Draws; i++) sum += _random.NextNormal();
        return sum;
    }

    // What a general library takes for the same draw.
    [Benchmark(Description = "the same by MathNet's Normal.InvCDF", OperationsPerInvoke = Draws)]
    public double GeneralNormals()
    {
        double sum = 0;
        for (int i = 0; i < Draws; i++) sum += Normal.InvCDF(0, 1, _random.NextUniform());
        return sum;
    }

    private double Porosities(CompactionLaw law)
    {
        double sum = 0;
        foreach (double pressurePa in _pressuresPa) sum += law.LoadedPorosity(pressurePa);
        return sum;
    }
}
