using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// The search for the best parameters of one circuit over one set of frequencies: storage is made once and serves the starts, the noisy copies and the profiles.
/// </summary>
internal sealed class CircuitSearch : IProfiled
{
    // Starts are drawn by the dozen and the best of them are followed to their minimum.
    private const int DrawsPerStart = 6;
    private const double SameMinimum = 1e-5;
    private const int TimesFound = 3;

    // A minimum that was found late may not be the last: as many starts again follow.
    private const int LateFind = 2;
    private const double AboveNoise = 1.15;

    // A start that crawls is followed to its end only where it is about to become the best.
    private const double WorthFollowing = 1.3;

    // One that is so far above the best after a third of its steps has gone into a valley of its own.
    private const double Hopeless = 10;

    // Twice the pivot at which the solver gives up its Gram matrix: what this damps, a sum of squares to ten digits does not see.
    private const double LeastDamping = 2e-9;

    private static readonly LeastSquaresOptions s_quick = new() { MaxSteps = 60, GradientTolerance = 1e-8, StepTolerance = 1e-9, SumTolerance = 1e-10, InitialDamping = 1e-2, Polish = false, LeastDamping = LeastDamping };
    private static readonly LeastSquaresOptions s_thorough = new() { MaxSteps = 400, GradientTolerance = 1e-8, StepTolerance = 1e-9, SumTolerance = 1e-10, InitialDamping = 1e-2, Polish = false, LeastDamping = LeastDamping };
    private static readonly LeastSquaresOptions s_near = new() { MaxSteps = 100, GradientTolerance = 1e-6, StepTolerance = 1e-8, SumTolerance = 1e-8, InitialDamping = 1e-4, Polish = false, LeastDamping = LeastDamping };

    // An interval ends where the sum has grown by a few per cent: to a hundred thousandth of it a copy is at its minimum, and one that crawls along a valley has shown how wide it is.
    private static readonly LeastSquaresOptions s_copy = new() { MaxSteps = 15, GradientTolerance = 1e-5, StepTolerance = 1e-8, SumTolerance = 1e-5, InitialDamping = 1e-4, Polish = false, LeastDamping = LeastDamping };

    private static readonly LeastSquaresOptions s_held = new() { MaxSteps = 60, GradientTolerance = 1e-6, StepTolerance = 1e-8, SumTolerance = 1e-6, InitialDamping = 1e-4, Polish = false, LeastDamping = LeastDamping };

    private readonly LeastSquaresEngine<CircuitModel> _engine;
    private readonly FitWeighting _weighting;
    private readonly double[] _hertz;
    private readonly double[] _pointWeights;
    private readonly double[] _realWeights;
    private readonly double[] _imaginaryWeights;
    private readonly double[] _x;

    public CircuitSearch(Circuit circuit, Spectrum spectrum, FitWeighting weighting = FitWeighting.Modulus)
    {
        Circuit = circuit;
        _weighting = weighting;
        SpectrumPoint[] points = [.. spectrum.Points.Where(point => !point.LeftOut && point.Weight > 0)];
        _hertz = [.. points.Select(point => point.Hertz)];
        Ohms = [.. points.Select(point => point.Ohms)];
        int free = circuit.Parameters.Count(parameter => parameter.IsFree);
        if (2 * points.Length < free)
        {
            throw new ArgumentException($"{points.Length} points cannot determine the {free} free parameters of {circuit}; fix parameters, or take a smaller circuit", nameof(spectrum));
        }

        if (free == 0) throw new ArgumentException($"no parameter of {circuit} is free; remove an F", nameof(circuit));
        _pointWeights = [.. points.Select(point => Math.Sqrt(point.Weight))];
        _realWeights = new double[points.Length];
        _imaginaryWeights = new double[points.Length];
        Model = new CircuitModel(circuit, new FrequencyGrid(_hertz));
        _engine = new LeastSquaresEngine<CircuitModel>(Model);
        _x = new double[Model.ParameterCount];
        SetData(Ohms);
    }

    public Circuit Circuit { get; }

    public CircuitModel Model { get; }

    public double[] Lower => Model.Lower;

    public double[] Upper => Model.Upper;

    public Complex[] Ohms { get; }

    public int PointCount => _hertz.Length;

    public ReadOnlySpan<double> Hertz => _hertz;

    /// <summary>Coordinates of the free parameters after the last search.</summary>
    public ReadOnlySpan<double> Coordinates => _x;

    public ReadOnlySpan<double> Residuals => _engine.Residuals;

    /// <summary>Weighted derivatives after the last search, column by column.</summary>
    public ReadOnlySpan<double> Columns => _engine.Columns;

    /// <summary>Takes other impedances, weighted by themselves.</summary>
    public void SetData(ReadOnlySpan<Complex> ohms, ReadOnlySpan<double> robust = default)
    {
        for (int i = 0; i < ohms.Length; i++)
        {
            double factor = _pointWeights[i] * (robust.IsEmpty ? 1 : robust[i]);
            (_realWeights[i], _imaginaryWeights[i]) = _weighting switch
            {
                FitWeighting.Modulus => (factor / ohms[i].Magnitude, factor / ohms[i].Magnitude),
                FitWeighting.Parts => (factor / Math.Max(Math.Abs(ohms[i].Real), 1e-3 * ohms[i].Magnitude), factor / Math.Max(Math.Abs(ohms[i].Imaginary), 1e-3 * ohms[i].Magnitude)),
                _ => (factor, factor),
            };
        }

        Model.SetData(ohms, _realWeights, _imaginaryWeights);
    }

    /// <summary>The best minimum from many starts; <see cref="Coordinates"/> holds it afterwards.</summary>
    public SearchEnd FromManyStarts(FitOptions options, ImmutableArray<RelaxationPeak> peaks, ReadOnlySpan<double> neighbour = default, double noise = double.PositiveInfinity)
    {
        // A residual above the noise may be another minimum: then the search goes on to the last start.
        double expected = _weighting == FitWeighting.Modulus ? AboveNoise * AboveNoise * noise * noise * 2 * _hertz.Length : double.PositiveInfinity;
        var starts = new StartValues(Circuit, Model, _hertz, Ohms, peaks);
        var random = new RandomSource(options.Seed, 0x57A7);
        int parameters = Circuit.Parameters.Length;
        double[] best = new double[_x.Length], bestValues = new double[Circuit.Parameters.Length];
        double[][] draws = new double[DrawsPerStart][];
        double[] sums = new double[DrawsPerStart];
        for (int i = 0; i < draws.Length; i++) draws[i] = new double[parameters];
        SearchEnd bestEnd = default;
        double least = double.PositiveInfinity;
        int found = 0, draw = 0, enough = options.Starts;
        for (int start = 0; start < options.MostStarts && (start < enough || found < TimesFound || least > expected); start++)
        {
            if (start == 0 && Circuit.Parameters.Any(parameter => parameter.Given)) Model.Coordinates(Circuit.Parameters.Select(parameter => parameter.Value).ToArray(), _x);
            else if (start == 0 && !neighbour.IsEmpty) neighbour.CopyTo(_x);
            else if (start % 3 == 2 && double.IsFinite(least))
            {
                starts.Redraw(bestValues, ref random, draws[0]);
                Model.Coordinates(draws[0], _x);
            }
            else
            {
                // The best of several draws leads to the nearest minimum most often; a single draw also finds the others.
                int count = draw == 0 || start % 2 == 1 ? 1 : DrawsPerStart;
                for (int i = 0; i < count; i++) sums[i] = starts.Draw(draw++, ref random, draws[i]);
                Model.Coordinates(draws[Array.IndexOf(sums, sums.AsSpan(0, count).ToArray().Min(), 0, count)], _x);
            }

            SearchEnd end = Near(s_quick, Hopeless * least);
            if (end.Outcome == LeastSquaresOutcome.StepsExhausted && end.SumOfSquares < (options.Screening ? 1 : WorthFollowing) * least) end = Near(s_thorough);
            if (!(end.SumOfSquares < double.PositiveInfinity)) continue;
            if (end.SumOfSquares < least * (1 - SameMinimum)) (found, enough) = (0, Math.Max(options.Starts, LateFind * (start + 1)));
            if (end.SumOfSquares <= least * (1 + SameMinimum)) found++;
            if (end.SumOfSquares >= least) continue;
            least = end.SumOfSquares;
            bestEnd = end;
            _x.CopyTo(best, 0);
            Model.SetValues(best);
            Model.Values.CopyTo(bestValues, 0);
        }

        if (double.IsPositiveInfinity(least)) throw new ArithmeticException($"{Circuit} gives no finite impedance at any start; check its limits");
        best.CopyTo(_x, 0);
        // The residuals and derivatives belong to the best.
        return Near(s_near) is { } last && last.SumOfSquares < bestEnd.SumOfSquares ? bestEnd with { SumOfSquares = last.SumOfSquares } : bestEnd;
    }

    /// <summary>A minimum near the coordinates given.</summary>
    public SearchEnd From(ReadOnlySpan<double> coordinates)
    {
        coordinates.CopyTo(_x);
        return Near(s_near);
    }

    /// <summary>The minimum of a noisy copy near the coordinates given, as far as intervals need it.</summary>
    public void FromCopy(ReadOnlySpan<double> coordinates)
    {
        coordinates.CopyTo(_x);
        Near(s_copy);
    }

    /// <summary>A minimum from coordinates that may be far from it.</summary>
    public SearchEnd FromStart(ReadOnlySpan<double> coordinates)
    {
        coordinates.CopyTo(_x);
        return Near(s_quick);
    }

    /// <summary>The least sum of squares with one coordinate held, from the coordinates given.</summary>
    public double Held(int coordinate, double at, ReadOnlySpan<double> coordinates)
    {
        (double low, double high) = (Model.Lower[coordinate], Model.Upper[coordinate]);
        coordinates.CopyTo(_x);
        Model.Lower[coordinate] = Model.Upper[coordinate] = _x[coordinate] = at;
        double sum = Near(s_held).SumOfSquares;
        (Model.Lower[coordinate], Model.Upper[coordinate]) = (low, high);
        return sum;
    }

    /// <summary>(JᵀJ)⁻¹ over the free coordinates after the last search; false when the data do not determine them.</summary>
    public bool Covariance(Span<double> inverse) => _engine.InverseGram(inverse, out _);

    private SearchEnd Near(LeastSquaresOptions options, double hopeless = double.PositiveInfinity)
    {
        try
        {
            return _engine.Search(_x, Model.Lower, Model.Upper, options, hopeless);
        }
        catch (ArgumentException)
        {
            // A drawn start may lie where the circuit overflows: it leads nowhere, and others follow.
            return new SearchEnd(double.PositiveInfinity, 0, LeastSquaresOutcome.StepsExhausted);
        }
    }
}
