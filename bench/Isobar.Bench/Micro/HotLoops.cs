using System.Numerics;
using BenchmarkDotNet.Attributes;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Numerics;
using Isobar.Quantities;
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
    private PelletPrior _prior = null!;
    private PelletSeries _fourPellets = null!;
    private PelletSeries _thirtyPellets = null!;
    private PelletCalibration _calibration = null!;
    private PelletCalibration _uncalibrated = null!;

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
        _prior = PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed"));
        _fourPellets = Pellets(4);
        _thirtyPellets = Pellets(30);
        _calibration = PelletCalibration.Of(_prior, _fourPellets);
        _uncalibrated = PelletCalibration.Of(PelletPrior.Of(BuiltInMaterials.Library.Find("nmc811-poly")), new PelletSeries([], SeparatePellets: false));
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

    [Benchmark(Description = "PelletCalibration.Of, 4 pellets")]
    public PelletCalibration FourPellets() => PelletCalibration.Of(_prior, _fourPellets);

    [Benchmark(Description = "PelletCalibration.Of, 30 pellets")]
    public PelletCalibration ThirtyPellets() => PelletCalibration.Of(_prior, _thirtyPellets);

    [Benchmark(Description = "PelletCalibration.RelativeDensity, curve of 100 pressures")]
    public double PelletCurve()
    {
        double sum = 0;
        for (int i = 1; i <= 100; i++)
        {
            var pressure = SamplePressure.FromMegapascals(4 * i);
            sum += _calibration.RelativeDensity(pressure, pressure).High90;
        }

        return sum;
    }

    // The longest of the curves: released, of a powder known by its class alone, whose particles crack.
    [Benchmark(Description = "PelletCalibration.RelativeDensity, curve of 100 pressures after release, not calibrated")]
    public double ReleasedCurve()
    {
        double sum = 0;
        for (int i = 1; i <= 100; i++) sum += _uncalibrated.RelativeDensity(default, SamplePressure.FromMegapascals(4 * i)).High90;
        return sum;
    }

    // Loaded, released and conductivity at evenly spaced pressures up to 400 MPa, with a deterministic scatter of 0.004 in D.
    private static PelletSeries Pellets(int count) => new(
        [
            .. Enumerable.Range(1, count).Select(i =>
            {
                double megapascals = 400.0 * i / count, density = 1 - (0.42 * Math.Exp(-Math.Sqrt(megapascals / 100))) + (0.004 * Math.Sin(7 * i));
                return new PelletPoint(SamplePressure.FromMegapascals(megapascals))
                {
                    Loaded = new Estimate<Fraction>(new Estimate(density, 0.006)),
                    Released = new Estimate<Fraction>(new Estimate(density - 0.012, 0.006)),
                    Conductivity = new Conductivity(0.4 * -double.ExpM1(-megapascals / 60)),
                };
            }),
        ],
        SeparatePellets: false);

    private double Porosities(CompactionLaw law)
    {
        double sum = 0;
        foreach (double pressurePa in _pressuresPa) sum += law.LoadedPorosity(pressurePa);
        return sum;
    }
}
