using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>
/// The layers in the die under the force of the punch. Every layer remembers the largest pressure it has seen. The wall carries part of the
/// force: at depth z below the punch the pressure follows within p·exp(−4μkz/D) on loading and p·exp(+4μkz/D) on unloading
/// (Janssen; press tests of pellets show both branches), and rests between the two.
/// </summary>
public sealed class SampleColumn
{
    // The slope of a pellet law with n < 1 is infinite at zero pressure; a powder under its own punch carries about this much.
    private const double SeatingFloorPa = 2e4;

    private readonly List<LayerState> _layers = [];
    private readonly double _area;
    private readonly double _wallPerMetre;

    /// <summary>An empty die.</summary>
    /// <param name="area">Area of the die.</param>
    /// <param name="wallFriction">Coefficient of friction μ.</param>
    /// <param name="lateralRatio">Radial over axial stress k.</param>
    public SampleColumn(Area area, double wallFriction, double lateralRatio)
    {
        _area = area.SquareMetres;
        _wallPerMetre = 4 * wallFriction * lateralRatio / Math.Sqrt(4 * _area / Math.PI);
    }

    /// <summary>Area of the die, m².</summary>
    public double AreaSquareMetres => _area;

    /// <summary>Present thickness of all layers, m.</summary>
    public double ThicknessMetres { get; private set; }

    /// <summary>
    /// How much longer the column is for reasons other than its force, m: a cell that breathes while it is cycled, platens and punches that grow
    /// with their temperature.
    /// </summary>
    public double SwellingMetres { get; set; }

    /// <summary>Number of layers.</summary>
    public int Count => _layers.Count;

    /// <summary>Puts a layer on top, under the punch. The die is open: no force acts.</summary>
    public void Add(ColumnLayer layer)
    {
        _layers.Add(new LayerState(layer));
        SetForce(0);
    }

    /// <summary>Lets the delayed compaction go on for a time at the present force.</summary>
    internal void Creep(double seconds)
    {
        double sum = 0;
        foreach (LayerState layer in _layers) sum += layer.Creep(seconds);
        ThicknessMetres = sum + SwellingMetres;
    }

    /// <summary>−dh/dF at a force, on the branch that a rising or a falling force takes, m/N.</summary>
    internal double ComplianceMetresPerNewton(double forceNewtons, bool rising)
    {
        double pressurePa = forceNewtons / _area;
        double sum = 0;
        double depth = 0;
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            LayerState layer = _layers[i];
            double share = Math.Exp((rising ? -1 : 1) * _wallPerMetre * (depth + (0.5 * layer.ThicknessMetres)));
            depth += layer.ThicknessMetres;
            bool follows = rising ? layer.InnerPa <= pressurePa * share * (1 + 1e-9) : layer.InnerPa >= pressurePa * share * (1 - 1e-9);
            if (follows) sum += share * layer.Slope(rising);
        }

        return sum / _area;
    }

    /// <summary>Thickness under a force, without leaving a trace in the memory of the layers, m.</summary>
    internal double ThicknessAt(double forceNewtons)
    {
        double pressurePa = forceNewtons / _area;
        double depth = 0, sum = 0;
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            LayerState layer = _layers[i];
            double least = Math.Exp(-_wallPerMetre * (depth + (0.5 * layer.ThicknessMetres)));
            depth += layer.ThicknessMetres;
            sum += layer.ThicknessAt(Math.Clamp(layer.InnerPa, pressurePa * least, pressurePa / least));
        }

        return sum + SwellingMetres;
    }

    /// <summary>Applies a force.</summary>
    internal void SetForce(double forceNewtons)
    {
        double pressurePa = forceNewtons / _area;
        double depth = 0, sum = 0;
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            LayerState layer = _layers[i];
            double x = _wallPerMetre * (depth + (0.5 * layer.ThicknessMetres));
            depth += layer.ThicknessMetres;
            double least = Math.Exp(-x);
            layer.SetPressure(Math.Clamp(layer.InnerPa, pressurePa * least, pressurePa / least));
            sum += layer.ThicknessMetres;
        }

        ThicknessMetres = sum + SwellingMetres;
    }

    private sealed class LayerState
    {
        private readonly ColumnLayer _layer;
        private double _largestPa;
        private double _fastPa;
        private double _slowPa;
        private double _promptPorosity;
        private double _fastPorosity;
        private double _slowPorosity;

        public LayerState(ColumnLayer layer)
        {
            _layer = layer;
            if (!layer.IsFoil) _promptPorosity = _fastPorosity = _slowPorosity = layer.Law.LoadedPorosity(0);
            Refresh();
        }

        public double InnerPa { get; private set; }

        public double ThicknessMetres { get; private set; }

        public void SetPressure(double pressurePa)
        {
            InnerPa = pressurePa;
            if (pressurePa > _largestPa)
            {
                _largestPa = pressurePa;
                if (!_layer.IsFoil) _promptPorosity = _layer.Law.LoadedPorosity(pressurePa);
            }

            Refresh();
        }

        public double Creep(double seconds)
        {
            CreepModes modes = _layer.Creep;
            bool moved = false;
            if (modes.FastShare > 0 && InnerPa > _fastPa)
            {
                _fastPa += (InnerPa - _fastPa) * (1 - Math.Exp(-seconds / modes.FastSeconds));
                _fastPorosity = _layer.Law.LoadedPorosity(_fastPa);
                moved = true;
            }

            if (modes.SlowShare > 0 && InnerPa > _slowPa)
            {
                _slowPa += (InnerPa - _slowPa) * (1 - Math.Exp(-seconds / modes.SlowSeconds));
                _slowPorosity = _layer.Law.LoadedPorosity(_slowPa);
                moved = true;
            }

            if (moved) Refresh();
            return ThicknessMetres;
        }

        // −dh/dP of this layer, m/Pa.
        public double Slope(bool rising)
        {
            if (_layer.IsFoil)
            {
                double elastic = _layer.SolidThicknessMetres / _layer.FoilModulusPa;
                if (!rising || InnerPa < _largestPa || _layer.FoilSeating <= 0) return elastic;
                return elastic + (_layer.SolidThicknessMetres * _layer.FoilSeating / _layer.FoilSeatingPa * Math.Exp(-InnerPa / _layer.FoilSeatingPa));
            }

            double porosity = Porosity(_promptPorosity);
            if (!rising || InnerPa < _largestPa) return _layer.SolidThicknessMetres / ((1 - porosity) * _layer.Law.ConfinedModulusPa(porosity));
            double pressurePa = Math.Max(InnerPa, SeatingFloorPa);
            double porositySlope = (1 - _layer.Creep.FastShare - _layer.Creep.SlowShare) * _promptPorosity * _layer.Law.Exponent / pressurePa
                * Math.Pow(pressurePa / _layer.Law.ScalePressurePa, _layer.Law.Exponent);
            return _layer.SolidThicknessMetres * porositySlope / ((1 - porosity) * (1 - porosity));
        }

        public double ThicknessAt(double pressurePa)
        {
            if (pressurePa <= _largestPa) return Thickness(pressurePa, _largestPa, _promptPorosity);
            return Thickness(pressurePa, pressurePa, _layer.IsFoil ? 0 : _layer.Law.LoadedPorosity(pressurePa));
        }

        private double Porosity(double prompt)
        {
            CreepModes modes = _layer.Creep;
            return ((1 - modes.FastShare - modes.SlowShare) * prompt) + (modes.FastShare * _fastPorosity) + (modes.SlowShare * _slowPorosity);
        }

        private void Refresh() => ThicknessMetres = Thickness(InnerPa, _largestPa, _promptPorosity);

        private double Thickness(double pressurePa, double largestPa, double promptPorosity)
        {
            if (_layer.IsFoil)
            {
                double seated = _layer.FoilSeating > 0 ? _layer.FoilSeating * (1 - Math.Exp(-largestPa / _layer.FoilSeatingPa)) : 0;
                return _layer.SolidThicknessMetres * (1 - seated) * (1 - (pressurePa / _layer.FoilModulusPa));
            }

            double porosity = Porosity(promptPorosity);
            double springback = largestPa > pressurePa ? (largestPa - pressurePa) / _layer.Law.ConfinedModulusPa(porosity) : 0;
            return _layer.SolidThicknessMetres * (1 + springback) / (1 - porosity);
        }
    }
}
