using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The closed form of <see cref="HalfCellImpedance"/> and its derivatives. The derivatives run backwards, from the impedance through the porous electrode's
/// (L, κ, σ, a·y) and the particles to each parameter, so that all of them cost about as much as a second impedance.
/// </summary>
internal sealed class EquilibriumImpedance
{
    private readonly HalfCellParameters _cell;
    private readonly ParticleClass[] _classes;
    private readonly SeriesElements _series;
    private readonly double _slope;
    private readonly double _exchange;
    private readonly double _diffusion;

    public EquilibriumImpedance(HalfCellParameters cell)
    {
        HalfCellChecks.Check(cell);
        HalfCellChecks.CheckStart(cell);
        _cell = cell;
        _classes = cell.ClassArray();
        _series = new SeriesElements(cell, ContactTerms.Of(cell, 0));
        double x = cell.InitialStoichiometry;
        _slope = cell.OpenCircuit.SlopeAt(x);
        _exchange = ExchangeAt(x);
        _diffusion = DiffusionAt(x);
    }

    public ImpedanceSplit At(double hertz)
    {
        Complex reaction = 0;
        foreach (ParticleClass each in _classes) reaction += Area(each) * Particle(each, hertz).Admittance;
        Complex composite = PorousElectrode.Impedance(_cell.CathodeThicknessMetres, _cell.CathodeIonicSiemensPerMetre, _cell.CathodeElectronicSiemensPerMetre, 1, reaction);
        return new ImpedanceSplit(
            composite + SmallSignal.Collector(_cell, _cell.CollectorOhmSquareMetres, hertz),
            SmallSignal.Separator(_cell, _series, _cell.SeparatorSiemensPerMetre, hertz),
            SmallSignal.Anode(_cell, _series, _cell.AnodeContactFraction, _cell.SeparatorSiemensPerMetre, 0, hertz));
    }

    public ImmutableArray<Complex> Sensitivities(double hertz)
    {
        var gradient = new Gradient();
        Complex jOmega = new(0, 2 * Math.PI * hertz);
        Complex reaction = 0;
        foreach (ParticleClass each in _classes) reaction += Area(each) * Particle(each, hertz).Admittance;
        (Complex byLength, Complex byKappa, Complex bySigma, Complex byReaction) = PorousElectrodeSlopes(reaction);
        gradient.Add("L_cat", byLength);
        gradient.Add("kappa_cat_eff", byKappa);
        gradient.Add("sigma_cat_eff", bySigma);
        gradient.Add("eps_AM", byReaction * reaction / _cell.ActiveFraction);
        foreach (ParticleClass each in _classes) AddParticle(gradient, each, byReaction * Area(each), hertz);
        AddSeparatorAndConstriction(gradient, jOmega);
        AddAnode(gradient, hertz);
        AddCollector(gradient, jOmega);
        return gradient.Result();
    }

    private (Complex Length, Complex Kappa, Complex Sigma, Complex Reaction) PorousElectrodeSlopes(Complex reaction)
    {
        double length = _cell.CathodeThicknessMetres, kappa = _cell.CathodeIonicSiemensPerMetre, sigma = _cell.CathodeElectronicSiemensPerMetre;
        double resistivity = (1 / kappa) + (1 / sigma), uneven = (sigma / kappa) + (kappa / sigma), rail = length / (kappa + sigma);
        Complex nu = length * Complex.Sqrt(reaction * resistivity);
        Complex decay = Complex.Exp(-2 * nu), coth = (1 + decay) / (1 - decay), csch = 2 * Complex.Exp(-nu) / (1 - decay);
        Complex even = coth / nu, far = csch / nu;
        Complex z = rail * (1 + (2 * far) + (uneven * even));
        Complex byNu = rail * ((-2 * far * ((1 / nu) + coth)) - (uneven * (((csch * csch) + even) / nu)));
        Complex perResistivity = byNu * nu / (2 * resistivity);
        return (
            (z + (byNu * nu)) / length,
            (-z / (kappa + sigma)) + (rail * even * ((1 / sigma) - (sigma / (kappa * kappa)))) - (perResistivity / (kappa * kappa)),
            (-z / (kappa + sigma)) + (rail * even * ((1 / kappa) - (kappa / (sigma * sigma)))) - (perResistivity / (sigma * sigma)),
            byNu * nu / (2 * reaction));
    }

    private (Complex Admittance, Complex Faradaic, Complex Diffusion, Complex Transfer, Complex TransferSlope, double Scale) Particle(in ParticleClass each, double hertz)
    {
        (Complex transfer, Complex slope) = SphereImpedance.Transfer(Argument(each, hertz));
        double scale = -_slope * each.RadiusMetres / (HalfCellParameters.Faraday * _diffusion * _cell.MaximumMolesPerCubicMetre);
        double spreading = _cell.SpreadingInParticles ? HalfCellParameters.SpreadingShape(each.ContactFraction) : 0;
        Complex diffusion = scale * (transfer + (spreading * Reference()));
        Complex faradaic = 1 / (_cell.FilmOhmSquareMetres + Transfer(each) + diffusion);
        return (faradaic + SmallSignal.DoubleLayer(_cell.DoubleLayerFaradsPerSquareMetre, _cell.CathodeDoubleLayerExponent, hertz), faradaic, diffusion, transfer, slope, scale);
    }

    // The spreading length is counted with the diffusion coefficient at its scale, like in time.
    private double Reference() => _diffusion / _cell.DiffusionSquareMetresPerSecond;

    private double Transfer(in ParticleClass each) =>
        _cell.ThermalVolts / (each.ContactFraction * _cell.CathodeExchangeAmperesPerSquareMetre * _exchange);

    private Complex Argument(in ParticleClass each, double hertz) => each.RadiusMetres * Complex.Sqrt(new Complex(0, 2 * Math.PI * hertz / _diffusion));

    private double Area(in ParticleClass each) => 3 * _cell.ActiveFraction * each.VolumeShare * (1 - each.IsolatedFraction) / each.RadiusMetres;

    // weight: derivative of the total by the admittance of this class.
    private void AddParticle(Gradient gradient, in ParticleClass each, Complex weight, double hertz)
    {
        (Complex admittance, Complex faradaic, Complex diffusion, Complex transfer, Complex slope, double scale) = Particle(each, hertz);
        Complex byImpedance = -weight * faradaic * faradaic, argument = Argument(each, hertz);
        double charge = Transfer(each), x = _cell.InitialStoichiometry;
        bool single = _cell.Classes.IsDefaultOrEmpty;
        gradient.Add("rho_f", byImpedance);
        gradient.Add("j0c", -byImpedance * charge / _cell.CathodeExchangeAmperesPerSquareMetre);
        gradient.Add("T", byImpedance * charge / _cell.Kelvins);
        gradient.Add("c_max", -byImpedance * diffusion / _cell.MaximumMolesPerCubicMetre);
        // Z_d ∝ f(s)/D with s ∝ D^−½; the spreading part ∝ 1/D_s.
        Complex byDiffusion = -scale * (transfer + (0.5 * argument * slope));
        Complex spread = diffusion - (scale * transfer);
        gradient.Add("D_s", byImpedance * (byDiffusion - spread) / _cell.DiffusionSquareMetresPerSecond);
        Complex layer = admittance - faradaic;
        if (_cell.DoubleLayerFaradsPerSquareMetre > 0)
        {
            gradient.Add("Cdl", weight * layer / _cell.DoubleLayerFaradsPerSquareMetre);
            gradient.Add("alpha_c", weight * layer * Complex.Log(new Complex(0, 2 * Math.PI * hertz)));
        }
        else gradient.Add("Cdl", weight * SmallSignal.DoubleLayer(1, _cell.CathodeDoubleLayerExponent, hertz));

        (double curvature, double exchangeSlope, double diffusionSlope) = Curves(x);
        gradient.Add("x0", byImpedance * ((diffusion * curvature / _slope) - (charge * exchangeSlope / _exchange) + (byDiffusion * diffusionSlope / _diffusion)));
        if (!single) return;
        // a ∝ 1/R_p and Z_d ∝ R_p·f(R_p·…).
        gradient.Add("R_p", ((-weight * admittance) + (byImpedance * (diffusion + (scale * argument * slope)))) / each.RadiusMetres);
        gradient.Add("f_iso", -weight * admittance / (1 - each.IsolatedFraction));
        double root = Math.Sqrt(each.ContactFraction);
        Complex bySpreading = _cell.SpreadingInParticles ? scale * Reference() * -0.75 * Math.Sqrt(1 - root) / root : 0;
        gradient.Add("theta_c", byImpedance * ((-charge / each.ContactFraction) + bySpreading));
    }

    private void AddSeparatorAndConstriction(Gradient gradient, Complex jOmega)
    {
        double kappa = _cell.SeparatorSiemensPerMetre, permittivity = _cell.SeparatorPermittivity * SmallSignal.VacuumPermittivity;
        // Both are G/(κ + jωε) with a geometry G.
        Complex inverse = 1 / (kappa + (jOmega * permittivity));
        double constriction = _series.ConstrictionOhms * kappa, geometry = _cell.SeparatorThicknessMetres + constriction;
        gradient.Add("L_sep", inverse);
        gradient.Add("kappa_SE", -geometry * inverse * inverse);
        gradient.Add("eps_r_sep", -geometry * inverse * inverse * jOmega * SmallSignal.VacuumPermittivity);
        double theta = _cell.AnodeContactFraction, root = Math.Sqrt(theta), shape = HalfCellParameters.SpreadingShape(theta);
        gradient.Add("r_spot", shape * Math.PI / (2 * theta) * inverse);
        double byTheta = (-0.75 * Math.Sqrt(1 - root) / root / theta) - (shape / (theta * theta));
        gradient.Add("theta_a", Math.PI * _cell.AnodeSpotRadiusMetres / 2 * byTheta * inverse);
    }

    private void AddAnode(Gradient gradient, double hertz)
    {
        double conductance = _cell.AnodeContactFraction * _cell.AnodeExchangeAmperesPerSquareMetre / _cell.ThermalVolts;
        double farads = _cell.AnodeDoubleLayerFaradsPerSquareMetre ?? _cell.DoubleLayerFaradsPerSquareMetre;
        Complex perFarad = SmallSignal.DoubleLayer(1, _cell.AnodeDoubleLayerExponent, hertz), z = 1 / ((farads * perFarad) + conductance);
        Complex byAdmittance = -z * z;
        gradient.Add("j0a", byAdmittance * conductance / _cell.AnodeExchangeAmperesPerSquareMetre);
        gradient.Add("theta_a", byAdmittance * conductance / _cell.AnodeContactFraction);
        gradient.Add("T", -byAdmittance * conductance / _cell.Kelvins);
        gradient.Add("Cdl_a", byAdmittance * perFarad);
        if (_cell.AnodeDoubleLayerFaradsPerSquareMetre is null) gradient.Add("Cdl", byAdmittance * perFarad);
        gradient.Add("alpha_a", byAdmittance * farads * perFarad * Complex.Log(new Complex(0, 2 * Math.PI * hertz)));
    }

    private void AddCollector(Gradient gradient, Complex jOmega)
    {
        Complex whole = 1 + (jOmega * _cell.CollectorOhmSquareMetres * _cell.CollectorFaradsPerSquareMetre);
        gradient.Add("R_c", 1 / (whole * whole));
        gradient.Add("C_cc", -jOmega * _cell.CollectorOhmSquareMetres * _cell.CollectorOhmSquareMetres / (whole * whole));
        gradient.Add("R_ext", 1);
    }

    private (double Curvature, double ExchangeSlope, double DiffusionSlope) Curves(double x)
    {
        // The step at which a central difference of a smooth curve loses least.
        double step = 1e-5;
        double curvature = (_cell.OpenCircuit.SlopeAt(x + step) - _cell.OpenCircuit.SlopeAt(x - step)) / (2 * step);
        double exchange = _cell.ExchangeFactor?.SlopeAt(x) ?? ((1 - (2 * x)) / Math.Sqrt(x * (1 - x)));
        double diffusion = _cell.DiffusionFactor is { } factor ? _cell.DiffusionSquareMetresPerSecond * factor.SlopeAt(x) : 0;
        return (curvature, exchange, diffusion);
    }

    private double ExchangeAt(double x) => _cell.ExchangeFactor?.At(x) ?? (2 * Math.Sqrt(x * (1 - x)));

    private double DiffusionAt(double x) => _cell.DiffusionSquareMetresPerSecond * (_cell.DiffusionFactor?.At(x) ?? 1);

    /// <summary>Derivatives by symbol while they are summed up.</summary>
    private sealed class Gradient
    {
        private static readonly Dictionary<string, int> s_index =
            HalfCellSymbols.All.Select((symbol, index) => (symbol.Symbol, index)).ToDictionary(each => each.Symbol, each => each.index, StringComparer.Ordinal);

        private readonly Complex[] _values = new Complex[HalfCellSymbols.All.Length];

        public void Add(string symbol, Complex value) => _values[s_index[symbol]] += value;

        public ImmutableArray<Complex> Result() => ImmutableArray.Create(_values);
    }
}
