using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Impedance;
using Isobar.Mechanics;
using Isobar.Numerics;

namespace Isobar.Planning;

/// <summary>
/// One cell that could be true: every uncertain constant has one value, drawn from the seed. It behaves by the same models as the plan, so a simulated
/// run shows what the plan's own bands mean; it does not show that the models are right.
/// </summary>
public sealed class SimulatedCell
{
    // Standard deviation of each part of an impedance relative to its modulus: a good potentiostat on a quiet bench.
    private const double RelativeNoise = 0.003;

    // The layers get their density at pressures like this.
    private const double PressingPa = 300e6;

    private readonly Cell _cell;
    private readonly CellParameters _truth;
    private readonly ulong _seed;

    /// <summary>Draws the cell.</summary>
    public SimulatedCell(Cell cell, ulong seed)
    {
        _cell = cell;
        _seed = seed;
        _truth = CellResolver.Resolve(cell, (owner, constant) => ConstantDraws.ChooseOne(seed, owner, constant));
    }

    /// <summary>Solid thickness of a powder layer, m.</summary>
    public double SolidThicknessMetres(int layer) => _truth.Layers[layer].SolidThicknessMetres;

    /// <summary>
    /// How a powder layer compacts in terms of the pressure that the press indicates: the pressure scales are divided by true over indicated, taken where powders are pressed.
    /// </summary>
    public CompactionLaw CompactionAgainstIndicated(int layer)
    {
        CompactionLaw law = _truth.Layers[layer].Compaction;
        double factor = _truth.Gauge.TruePa(PressingPa) / PressingPa;
        return law with
        {
            ScalePressurePa = law.ScalePressurePa / factor,
            DenseConfinedModulusPa = law.DenseConfinedModulusPa / factor,
        };
    }

    /// <summary>The state of contact after a history of indicated pressures.</summary>
    public CellState After(CellHistory history) => CellState.After(_truth, history);

    /// <summary>What an impedance analyser reads after a history: the model's sweep with noise of the seed.</summary>
    public ArealSpectrum Measure(CellHistory history)
    {
        ArealSpectrum exact = Predictions.Sweep(_truth, After(history));
        var random = new RandomSource(_seed, 0x5EED);
        ImmutableArray<Complex> noisy =
        [
            .. exact.OhmSquareMetres.Select(z => z + (RelativeNoise * z.Magnitude * new Complex(random.NextNormal(), random.NextNormal()))),
        ];
        return exact with { OhmSquareMetres = noisy };
    }

    /// <summary>Name of the layers, in the order of the cell.</summary>
    public IEnumerable<string> LayerNames => _cell.Layers.Select(layer => layer.Name);
}
