using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Electrochemistry;
using Isobar.Impedance;
using Isobar.Lab.Presses;
using Isobar.Numerics;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>A press, a cell, a micrometer and an impedance analyser that are all simulated: one possible cell, drawn from a seed.</summary>
public sealed class SimulatedBench : IMeasurer
{
    // A workshop micrometer over the punches.
    private static readonly Length s_thicknessUncertainty = new(5e-6);

    // What the steps would take on a real bench; the simulated clock runs on meanwhile.
    private static readonly Duration s_thicknessTakes = new(10);
    private static readonly Duration s_sweepTakes = new(600);

    private readonly Cell _cell;
    private readonly SimulatedCell? _truth;
    private readonly ulong _seed;

    /// <summary>Sets up a bench. Without electrodes it presses a pellet, of best values and not drawn, and has no impedance to measure.</summary>
    public SimulatedBench(Cell cell, ulong seed)
    {
        _cell = cell;
        _seed = seed;
        _truth = cell.Layers.Any(layer => layer.Role == LayerRole.Anode) ? new SimulatedCell(cell, seed) : null;
    }

    /// <summary>A press with this cell's layers.</summary>
    /// <exception cref="UnsupportedCellException">No simulated press is as large as the one that the cell file describes.</exception>
    /// <param name="chosen">Which press; the smallest hydraulic one that is as large as the press of the cell file when left out.</param>
    /// <param name="indication">How its force sensor errs; not at all when left out.</param>
    public SimulatedPress Press(PressPlantParameters? chosen = null, ForceChain? indication = null)
    {
        PressPlantParameters plant = chosen ?? new[] { PressPlantParameters.Hydraulic5t, PressPlantParameters.Hydraulic24t }
            .FirstOrDefault(candidate => candidate.CapacityNewtons >= 0.98 * _cell.Press.Capacity.Newtons)
            ?? throw new UnsupportedCellException($"the press of the cell has {_cell.Press.Capacity}; the largest simulated press has {new Force(PressPlantParameters.Hydraulic24t.CapacityNewtons)}");
        ImmutableArray<ColumnLayer> layers =
        [
            .. _cell.Layers.Select((layer, i) => layer.IsFoil
                ? ColumnLayer.Of(layer, _cell.Die.Area, default)
                : _truth is null
                ? ColumnLayer.Of(layer, _cell.Die.Area, CellResolver.Compaction(layer, static (_, constant) => constant.Estimate.Value))
                : ColumnLayer.Powder(layer.Name, new Length(_truth.SolidThicknessMetres(i)), _truth.CompactionAgainstIndicated(i))),
        ];
        return new SimulatedPress(plant, _cell.Die, layers, _seed) { Indication = indication ?? ForceChain.Plain };
    }

    /// <inheritdoc/>
    public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation)
    {
        Estimate<Length>? thickness = null;
        ArealSpectrum? sweep = null;
        if (request.Quantities.HasFlag(MeasuredQuantities.Thickness) && request.Thickness is { } reading)
        {
            var random = new RandomSource(_seed, 1000 + (ulong)request.StepIndex);
            thickness = new Estimate<Length>(new Length(reading.Metres + (s_thicknessUncertainty.Metres * random.NextNormal())), s_thicknessUncertainty);
        }

        if (request.Quantities.HasFlag(MeasuredQuantities.Impedance))
        {
            if (_truth is null) throw new UnsupportedCellException($"'{_cell.Name}' has no electrodes; only a whole cell has a simulated impedance");
            sweep = _truth.Measure(RunHistory.At(_cell, request.SoFar, request.TimeSeconds));
        }

        string text = MeasurementText.Write(new CellMeasurement(request.StepName, thickness, sweep));
        return Task.FromResult(new Reply(text, sweep is null ? s_thicknessTakes : s_sweepTakes) { ResistanceOhmSquareMetres = sweep?.LowFrequencyResistance() ?? double.NaN });
    }
}
