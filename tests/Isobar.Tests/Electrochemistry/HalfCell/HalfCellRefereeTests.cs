using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>
/// The half cell against a referee that shares nothing with it: finite volumes across the electrode and in the particles, all states together,
/// backward differences of variable order in time.
/// </summary>
public sealed class HalfCellRefereeTests
{
    private const int Cells = 6;

    // Shells whose thickness falls towards the surface, where the gradient is.
    private const int Shells = 14;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_discharge_with_film_and_with_diffusion_that_changes_over_a_decade_agrees_with_the_referee(double steepness)
    {
        HalfCellParameters cell = Base with
        {
            CathodeContactFraction = 0.5,
            FilmOhmSquareMetres = 5e-3,
            AnodeContactFraction = 0.3,
            AnodeSpotRadiusMetres = 3e-6,
            ExternalOhmSquareMetres = 1e-4,
            DiffusionFactor = steepness is > 0 or < 0 ? new ExponentialCurve(steepness) : null,
            DiffusionSquareMetresPerSecond = 1e-14,
        };
        double current = cell.AmperesPerSquareMetre(1);
        HalfCellRun run = new HalfCellSolver(new HalfCellOptions { RadialNodes = 16, VoltageToleranceVolts = 2e-5 })
            .Run(cell, Once(new CyclerStep.ConstantCurrent("discharge", current, 3.3, 1500)));
        var referee = new FiniteVolumes(cell, current);
        foreach (double time in new[] { 100, 700, 1500.0 })
        {
            // What is left is the referee's own grid.
            Assert.Equal(referee.VoltsAt(time), run.VoltsAt(time), 4e-4);
        }
    }

    /// <summary>The half cell as one system of shells, with the potentials solved for inside the derivative.</summary>
    private sealed class FiniteVolumes
    {
        private readonly HalfCellParameters _cell;
        private readonly double _current;
        private readonly double[] _radii = new double[Shells + 1];
        private readonly double[] _difference = new double[Cells];
        private readonly double[] _insertion = new double[Cells];
        private readonly BackwardDifferences _states;

        public FiniteVolumes(HalfCellParameters cell, double current)
        {
            _cell = cell;
            _current = current;
            for (int s = 0; s <= Shells; s++)
            {
                double share = 1 - ((double)s / Shells);
                _radii[s] = cell.ParticleRadiusMetres * (1 - (share * share * (3 - share) / 2));
            }

            Array.Fill(_difference, cell.OpenCircuit.At(cell.InitialStoichiometry) - 0.1);
            Array.Fill(_insertion, current / (6e5 * cell.CathodeThicknessMetres));
            double[] start = new double[Cells * Shells];
            Array.Fill(start, cell.InitialStoichiometry);
            _states = new BackwardDifferences(Derivative, start, 1e-7, 1e-7);
        }

        public double VoltsAt(double time)
        {
            double[] state = _states.Reach(time), slopes = new double[state.Length];
            Derivative(state, slopes);
            double width = _cell.CathodeThicknessMetres / Cells, kappa = _cell.CathodeIonicSiemensPerMetre, sigma = _cell.CathodeElectronicSiemensPerMetre;
            // Ohm's law in both phases from the first cell's centre outwards; the current at the faces follows from what was inserted.
            double ionic = _current, electrons = 0;
            for (int k = 0; k < Cells; k++)
            {
                double inserted = 6e5 * width * _insertion[k];
                electrons += k == 0 ? 0 : (_current - ionic) * width / sigma;
                ionic -= inserted;
            }

            double first = _difference[0] - (_current * width / (2 * kappa)), last = _current * width / (2 * sigma);
            double theta = _cell.AnodeContactFraction;
            double anode = 2 * _cell.ThermalVolts * Math.Asinh(_current / (2 * theta * _cell.AnodeExchangeAmperesPerSquareMetre));
            double constriction = Math.Pow(1 - Math.Sqrt(theta), 1.5) * Math.PI * _cell.AnodeSpotRadiusMetres / (2 * _cell.SeparatorSiemensPerMetre * theta);
            return first - electrons - last - anode
                - (_current * ((_cell.SeparatorThicknessMetres / _cell.SeparatorSiemensPerMetre) + constriction + _cell.CollectorOhmSquareMetres + _cell.ExternalOhmSquareMetres));
        }

        private void Derivative(double[] state, double[] slope)
        {
            Potentials(state);
            double molar = HalfCellParameters.Faraday * _cell.MaximumMolesPerCubicMetre;
            for (int k = 0; k < Cells; k++)
            {
                int at = k * Shells;
                double inner = 0;
                for (int s = 0; s < Shells; s++)
                {
                    double outer = _insertion[k] / molar;
                    if (s < Shells - 1)
                    {
                        double distance = 0.5 * (_radii[s + 2] - _radii[s]);
                        double face = 0.5 * (state[at + s] + state[at + s + 1]);
                        outer = Diffusion(face) * (state[at + s + 1] - state[at + s]) / distance;
                    }

                    double area = _radii[s + 1] * _radii[s + 1];
                    double volume = ((_radii[s + 1] * area) - (_radii[s] * _radii[s] * _radii[s])) / 3;
                    slope[at + s] = ((area * outer) - inner) / volume;
                    inner = area * outer;
                }
            }
        }

        private double Diffusion(double x) => _cell.DiffusionSquareMetresPerSecond * (_cell.DiffusionFactor?.At(x) ?? 1);

        // Newton on all potential differences with a dense matrix; the kinetics are solved for the insertion current by a scalar Newton of their own.
        private void Potentials(double[] state)
        {
            double width = _cell.CathodeThicknessMetres / Cells;
            double resistivity = (1 / _cell.CathodeIonicSiemensPerMetre) + (1 / _cell.CathodeElectronicSiemensPerMetre);
            double molar = HalfCellParameters.Faraday * _cell.MaximumMolesPerCubicMetre, edge = 0.5 * (_radii[Shells] - _radii[Shells - 1]);
            var matrix = new double[Cells, Cells + 1];
            for (int iteration = 0; iteration < 100; iteration++)
            {
                Array.Clear(matrix);
                for (int k = 0; k < Cells; k++)
                {
                    double outermost = state[(k * Shells) + Shells - 1], gain = edge / (molar * Diffusion(outermost)), perVolt = Kinetics(k, outermost, gain);
                    double before = k > 0 ? (_difference[k] - _difference[k - 1]) / (resistivity * width) : _current * (1 - (1 / (_cell.CathodeElectronicSiemensPerMetre * resistivity)));
                    double after = k < Cells - 1 ? (_difference[k + 1] - _difference[k]) / (resistivity * width) : -_current / (_cell.CathodeElectronicSiemensPerMetre * resistivity);
                    matrix[k, Cells] = -(after - before + (6e5 * width * _insertion[k]));
                    matrix[k, k] = 6e5 * width * perVolt;
                    if (k > 0)
                    {
                        matrix[k, k] -= 1 / (resistivity * width);
                        matrix[k, k - 1] = 1 / (resistivity * width);
                    }

                    if (k < Cells - 1)
                    {
                        matrix[k, k] -= 1 / (resistivity * width);
                        matrix[k, k + 1] = 1 / (resistivity * width);
                    }
                }

                double worst = 0;
                foreach ((int k, double change) in Gauss(matrix))
                {
                    _difference[k] += Math.Clamp(change, -0.05, 0.05);
                    worst = Math.Max(worst, Math.Abs(change));
                }

                if (worst < 1e-11) return;
            }

            throw new InvalidOperationException("the referee finds no potentials");
        }

        // n of Δ = U − n·ρ_f − η(n), x_s from the outermost shell; returns dn/dΔ.
        private double Kinetics(int k, double outermost, double gain)
        {
            double n = _insertion[k];
            for (int i = 0; i < 60; i++)
            {
                double Rest(double current)
                {
                    double x = outermost + (gain * current), exchange = 4 * _cell.CathodeContactFraction * _cell.CathodeExchangeAmperesPerSquareMetre * Math.Sqrt(x * (1 - x));
                    return _cell.OpenCircuit.At(x) - (current * _cell.FilmOhmSquareMetres) - (2 * _cell.ThermalVolts * Math.Asinh(current / exchange)) - _difference[k];
                }

                double rest = Rest(n), slope = (Rest(n + 1e-6) - Rest(n - 1e-6)) / 2e-6;
                n -= rest / slope;
                if (Math.Abs(rest) < 1e-13)
                {
                    _insertion[k] = n;
                    return 1 / slope;
                }
            }

            _insertion[k] = n;
            return 0;
        }

        private static IEnumerable<(int Row, double Value)> Gauss(double[,] matrix)
        {
            for (int k = 0; k < Cells; k++)
            {
                for (int i = k + 1; i < Cells; i++)
                {
                    double factor = matrix[i, k] / matrix[k, k];
                    for (int j = k; j <= Cells; j++) matrix[i, j] -= factor * matrix[k, j];
                }
            }

            var x = new double[Cells];
            for (int k = Cells - 1; k >= 0; k--)
            {
                x[k] = matrix[k, Cells];
                for (int j = k + 1; j < Cells; j++) x[k] -= matrix[k, j] * x[j];
                x[k] /= matrix[k, k];
            }

            return x.Select((value, row) => (row, value));
        }
    }
}
