using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics;

namespace Isobar.Planning;

/// <summary>
/// Cell-to-cell scatter of the resistance that a laboratory's pressing causes:
/// s² = Σⱼ(∂ln R/∂ln Pⱼ·uⱼ)² + Σₖ(s_c·R_k/R)² + p, with uⱼ the relative repeatability of pressure j, s_c the scatter of the pressure-dependent
/// part R_k of the anode's and the collector's contact among cells pressed alike, and p the risk of a short circuit; a shorted cell counts as wrong by
/// a factor e (a squared deviation of one in ln R), so that risk shows up as the scatter it is.
/// </summary>
internal sealed class ResistanceScatter
{
    private const double RelativeStep = 0.02;

    private readonly Func<CellPressures, CellHistory> _histories;
    private readonly double _fabrication;
    private readonly double _stack;
    private readonly double _resolutionPa;

    public ResistanceScatter(Cell cell)
    {
        _histories = pressures => CellHistory.Of(cell, pressures);
        _fabrication = cell.Press.Repeatability.Value;
        _stack = cell.Fixture.Repeatability.Value;
        // Half a step of the indication, rectangular.
        _resolutionPa = 0.5 * cell.Press.Resolution.Newtons / cell.Die.Area.SquareMetres / Math.Sqrt(3);
    }

    /// <summary>Relative repeatability of a pressing in the press.</summary>
    public double PressRepeatability(double pressurePa) => Combine(_fabrication, pressurePa);

    /// <summary>Relative repeatability of the stack pressure in the fixture.</summary>
    public double StackRepeatability(double pressurePa) => Combine(_stack, pressurePa);

    /// <summary>s, a share, for one possible cell.</summary>
    public double Of(CellParameters cell, CellPressures pressures, double shortRisk)
    {
        double sum = shortRisk;
        CellState state = CellState.After(cell, _histories(pressures));
        double scatter = ModelConstants.ContactScatter.Estimate.Value / state.TotalOhmSquareMetres;
        sum += Square(scatter * (state.AnodeOhmSquareMetres - cell.Anode.Contact.FullContactOhmSquareMetres));
        sum += Square(scatter * state.CollectorOhmSquareMetres);
        sum += Term(cell, pressures, static (p, f) => p with { SeparatorPressPa = p.SeparatorPressPa * f }, PressRepeatability(pressures.SeparatorPressPa));
        sum += Term(cell, pressures, static (p, f) => p with { CathodePressPa = p.CathodePressPa * f }, PressRepeatability(pressures.CathodePressPa));
        sum += Term(cell, pressures, static (p, f) => p with { AttachPa = p.AttachPa * f }, PressRepeatability(pressures.AttachPa));
        sum += Term(cell, pressures, static (p, f) => p with { StackPa = p.StackPa * f }, StackRepeatability(pressures.StackPa));
        return Math.Sqrt(sum);
    }

    private double Term(CellParameters cell, CellPressures pressures, Func<CellPressures, double, CellPressures> scale, double repeatability)
    {
        double up = CellState.After(cell, _histories(scale(pressures, 1 + RelativeStep))).TotalOhmSquareMetres;
        double down = CellState.After(cell, _histories(scale(pressures, 1 - RelativeStep))).TotalOhmSquareMetres;
        double slope = Math.Log(up / down) / Math.Log((1 + RelativeStep) / (1 - RelativeStep));
        return Square(slope * repeatability);
    }

    private double Combine(double repeatability, double pressurePa)
    {
        double step = _resolutionPa / pressurePa;
        return Math.Sqrt(Square(repeatability) + Square(step));
    }

    private static double Square(double x) => x * x;
}
