using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Mechanics;

namespace Isobar.Electrochemistry;

/// <summary>The four pressures a cell of this kind is made with, as nominal sample pressures in Pa.</summary>
/// <param name="SeparatorPressPa">Pre-pressing the electrolyte layers.</param>
/// <param name="CathodePressPa">Pressing the cathode onto them.</param>
/// <param name="AttachPa">Attaching the anode foil.</param>
/// <param name="StackPa">Holding the finished cell.</param>
public readonly record struct CellPressures(double SeparatorPressPa, double CathodePressPa, double AttachPa, double StackPa)
{
    /// <summary>The same pressures times a factor, for an error common to all of them.</summary>
    public CellPressures Times(double factor) => new(SeparatorPressPa * factor, CathodePressPa * factor, AttachPa * factor, StackPa * factor);
}

/// <summary>The load history of every layer and of the two contacts of a cell.</summary>
/// <param name="Layers">History per layer, in the order of the cell.</param>
/// <param name="Anode">History of the contact between separator and anode.</param>
/// <param name="Collector">History of the contact between cathode and collector.</param>
public sealed record CellHistory(ImmutableArray<LoadHistory> Layers, LoadHistory Anode, LoadHistory Collector)
{
    /// <summary>The history of a finished cell at stack pressure after the four pressings in order.</summary>
    public static CellHistory Of(Cell cell, CellPressures pressures)
    {
        LoadHistory cathode = new LoadHistory(0, 0).At(pressures.CathodePressPa).At(pressures.AttachPa).At(pressures.StackPa);
        LoadHistory separator = new LoadHistory(0, 0).At(pressures.SeparatorPressPa).At(pressures.CathodePressPa).At(pressures.AttachPa).At(pressures.StackPa);
        LoadHistory anode = new LoadHistory(0, 0).At(pressures.AttachPa).At(pressures.StackPa);
        return new CellHistory(
            [.. cell.Layers.Select(layer => layer.Role switch
            {
                LayerRole.CathodeComposite => cathode,
                LayerRole.Separator => separator,
                _ => anode,
            })],
            anode,
            cathode);
    }
}
