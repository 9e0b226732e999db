using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Start values for a circuit without a guess. The shape of every part in series (times, exponents, ratios) is drawn, from the peaks of the distribution of relaxation times and at
/// random; how large each part is then follows from one non-negative linear problem, since every part can be scaled as a whole.
/// </summary>
internal sealed class StartValues
{
    // A part that the linear problem sets to zero starts at this share of the modulus instead: a fit cannot leave zero on a logarithmic scale.
    private const double LeastShare = 0.003;

    private readonly Circuit _circuit;
    private readonly CircuitModel _model;
    private readonly ImmutableArray<RelaxationPeak> _peaks;
    private readonly double _logShortest;
    private readonly double _logLongest;
    private readonly double _logSmallest;
    private readonly double _logLargest;
    private readonly int _length;
    private readonly Part[] _parts;
    private readonly double[][] _columns;
    private readonly double[] _right;
    private readonly double[] _gram;
    private readonly double[] _projected;
    private readonly double[] _amplitudes;
    private readonly NonNegativeLeastSquares _search;

    public StartValues(Circuit circuit, CircuitModel model, ReadOnlySpan<double> hertz, ReadOnlySpan<Complex> ohms, ImmutableArray<RelaxationPeak> peaks)
    {
        _circuit = circuit;
        _model = model;
        _peaks = peaks;
        _logShortest = Math.Log(1 / (2 * Math.PI * hertz[0]));
        _logLongest = Math.Log(1 / (2 * Math.PI * hertz[^1]));
        (_logSmallest, _logLargest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (Complex z in ohms) (_logSmallest, _logLargest) = (Math.Min(_logSmallest, Math.Log(z.Magnitude)), Math.Max(_logLargest, Math.Log(z.Magnitude)));
        _length = model.Weight.Length;
        _parts = [.. model.Program.TopLevel.Select(part => new Part(part.First, part.Count, CanScale(part.First, part.Count), IsTimed(part.First, part.Count)))];
        _columns = [.. _parts.Select(_ => new double[_length])];
        _right = new double[_length];
        _gram = new double[_parts.Length * _parts.Length];
        _projected = new double[_parts.Length];
        _amplitudes = new double[_parts.Length];
        _search = new NonNegativeLeastSquares(_parts.Length);
    }

    /// <summary>
    /// Writes start values of all parameters and gives their weighted sum of squares. Draw zero takes the largest peaks as they are; others change them and draw times at random.
    /// </summary>
    public double Draw(int draw, ref RandomSource random, Span<double> values)
    {
        Span<double> times = stackalloc double[_parts.Length], exponents = stackalloc double[_parts.Length];
        DrawTimes(draw, ref random, times, exponents);
        for (int k = 0; k < _parts.Length; k++) DrawShape(k, times[k], exponents[k], draw, ref random, values);
        return Finish(values, keepGiven: draw % 2 == 0);
    }

    /// <summary>Writes start values near the given ones, with one part drawn anew: what leads out of a minimum that has most parts right.</summary>
    public double Redraw(ReadOnlySpan<double> from, ref RandomSource random, Span<double> values)
    {
        from.CopyTo(values);
        int k = (int)(random.NextUniform() * _parts.Length);
        double time = _logShortest - 1 + ((_logLongest - _logShortest + 2) * random.NextUniform());
        DrawShape(k, time, 0.4 + (0.6 * random.NextUniform()), 1, ref random, values);
        return Finish(values, keepGiven: false);
    }

    private double Finish(Span<double> values, bool keepGiven)
    {
        for (int i = 0; i < values.Length; i++)
        {
            CircuitParameter parameter = _circuit.Parameters[i];
            if (parameter.Fixed || (parameter.Given && keepGiven)) values[i] = parameter.Value;
            values[i] = Math.Clamp(values[i], parameter.Lowest, parameter.Highest);
        }

        Tie(values);
        double sum = Scale(values);
        Tie(values);
        return sum;
    }

    private void DrawTimes(int draw, ref RandomSource random, Span<double> times, Span<double> exponents)
    {
        int timed = _parts.Count(part => part.Timed);
        Span<int> chosen = stackalloc int[timed];
        ChoosePeaks(draw, ref random, chosen);
        int next = 0;
        for (int k = 0; k < _parts.Length; k++)
        {
            int peak = _parts[k].Timed ? chosen[next++] : -1;
            double jitter = draw == 0 ? 0 : 0.7 * random.NextNormal();
            if (peak >= 0)
            {
                // The variance of ln τ of a depressed arc is π²/3·(1/n² − 1).
                double width = _peaks[peak].LogWidth;
                times[k] = Math.Log(_peaks[peak].Seconds) + jitter;
                exponents[k] = draw == 0 ? Math.Clamp(1 / Math.Sqrt(1 + (3 * width * width / (Math.PI * Math.PI))), 0.5, 0.98) : 0.5 + (0.5 * random.NextUniform());
            }
            else
            {
                times[k] = _logShortest - 1 + ((_logLongest - _logShortest + 2) * random.NextUniform());
                exponents[k] = draw == 0 ? 0.8 : 0.4 + (0.6 * random.NextUniform());
            }
        }
    }

    // The largest peaks over their own modulus, in order of time; after the first draw each may give way to a time drawn at random.
    private void ChoosePeaks(int draw, ref RandomSource random, Span<int> chosen)
    {
        chosen.Fill(-1);
        int[] largest = [.. Enumerable.Range(0, _peaks.Length).OrderByDescending(i => Math.Sqrt(_peaks[i].Ohms) * (_peaks[i].InBand ? 1 : 0.5)).Take(chosen.Length).Order()];
        int shift = largest.Length < chosen.Length ? (int)(random.NextUniform() * (chosen.Length - largest.Length + 1)) : 0;
        for (int i = 0; i < largest.Length; i++) chosen[i + shift] = draw > 0 && random.NextUniform() < 0.4 ? -1 : largest[i];
        if (draw == 0 || random.NextUniform() < 0.5) return;
        // Parts of different kinds stand in the order in which they were written, which need not be that of their times.
        for (int i = chosen.Length - 1; i > 0; i--)
        {
            int other = (int)(random.NextUniform() * (i + 1));
            (chosen[i], chosen[other]) = (chosen[other], chosen[i]);
        }
    }

    private void DrawShape(int k, double logTime, double exponent, int draw, ref RandomSource random, Span<double> values)
    {
        double logOhms = _parts[k].Scales ? 0.5 * (_logSmallest + _logLargest) : _logSmallest + ((_logLargest - _logSmallest) * random.NextUniform());
        double n = exponent;
        for (int i = _parts[k].First; i < _parts[k].First + _parts[k].Count; i++)
        {
            ElementParameter declaration = _circuit.Parameters[i].Declaration;
            if (!declaration.Logarithmic) values[i] = n = Math.Clamp(exponent + (draw == 0 || _parts[k].Count <= 3 ? 0 : 0.15 * random.NextNormal()), declaration.Lowest, declaration.Highest);
        }

        int resistances = 0;
        for (int i = _parts[k].First; i < _parts[k].First + _parts[k].Count; i++)
        {
            ElementParameter declaration = _circuit.Parameters[i].Declaration;
            if (!declaration.Logarithmic) continue;
            // The first resistance carries the size of the part, further ones and the times beside them are spread about it.
            double spread = _parts[k].Count <= 3 ? 0 : 1.5 * random.NextNormal();
            double log = declaration.ImpedancePower switch
            {
                0 => logTime + spread,
                -1 => (declaration.Symbol == "Q" ? n * logTime : logTime) - logOhms + spread,
                _ => logOhms + (declaration.Symbol is "L" ? logTime : declaration.Symbol is "σ" ? -0.5 * logTime : resistances++ == 0 ? 0 : spread),
            };
            values[i] = Math.Exp(log);
        }
    }

    private void Tie(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (_circuit.Parameters[i].Tie is { } tie) values[i] = tie.Factor * values[_circuit.PlaceOf(tie.Other)];
        }
    }

    // The sizes of the parts that may be scaled, by non-negative least squares over the weighted impedance; the others are taken off first.
    private double Scale(Span<double> values)
    {
        ReadOnlySpan<double> weight = _model.Weight, measured = _model.Measured;
        for (int i = 0; i < _length; i++) _right[i] = measured[i] * weight[i];
        int count = _parts.Length;
        for (int k = 0; k < count; k++)
        {
            Span<double> column = _columns[k];
            _model.Program.EvaluatePart(k, values, column);
            for (int i = 0; i < _length; i++) column[i] *= weight[i];
            if (!_parts[k].Scales) Simd.AddScaled(-1, column, _right);
        }

        for (int k = 0; k < count; k++)
        {
            double norm = _parts[k].Scales ? Math.Sqrt(Simd.Dot(_columns[k], _columns[k])) : 0;
            _parts[k].Norm = norm;
            _projected[k] = norm > 0 ? Simd.Dot(_columns[k], _right) / norm : 0;
            for (int j = 0; j <= k; j++)
            {
                double product = norm > 0 && _parts[j].Norm > 0 ? Simd.Dot(_columns[k], _columns[j]) / (norm * _parts[j].Norm) : 0;
                _gram[(k * count) + j] = _gram[(j * count) + k] = k == j ? 1 + 1e-12 : product;
            }
        }

        if (!_search.Solve(_gram, _projected, _amplitudes, fromLast: false)) return double.PositiveInfinity;
        double least = LeastShare * Math.Sqrt(_length);
        for (int k = 0; k < count; k++)
        {
            if (!_parts[k].Scales) continue;
            double factor = Math.Max(_amplitudes[k], least) / _parts[k].Norm;
            Simd.AddScaled(-factor, _columns[k], _right);
            for (int i = _parts[k].First; i < _parts[k].First + _parts[k].Count; i++)
            {
                CircuitParameter parameter = _circuit.Parameters[i];
                values[i] = Math.Clamp(values[i] * Math.Pow(factor, parameter.Declaration.ImpedancePower), parameter.Lowest, parameter.Highest);
            }
        }

        double sum = Simd.Dot(_right, _right);
        return double.IsFinite(sum) ? sum : double.PositiveInfinity;
    }

    private bool CanScale(int first, int count) => Enumerable.Range(first, count).All(i =>
        _circuit.Parameters[i].Declaration.ImpedancePower == 0 || (_circuit.Parameters[i].IsFree && !_circuit.Parameters.Any(other => other.Tie?.Other == _circuit.Parameters[i].Name)));

    // A part has a time of its own when it has one, or stores against a resistance.
    private bool IsTimed(int first, int count) =>
        Enumerable.Range(first, count).Any(i => _circuit.Parameters[i].Declaration is { Logarithmic: true, ImpedancePower: 0 })
        || (Enumerable.Range(first, count).Any(i => _circuit.Parameters[i].Declaration.ImpedancePower < 0) && Enumerable.Range(first, count).Any(i => _circuit.Parameters[i].Declaration.ImpedancePower > 0));

    private sealed record Part(int First, int Count, bool Scales, bool Timed)
    {
        public double Norm { get; set; }
    }
}
