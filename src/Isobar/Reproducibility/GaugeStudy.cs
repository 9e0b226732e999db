using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>By which method a gauge study was evaluated; three right answers come from one data set.</summary>
public enum GaugeMethod
{
    /// <summary>Analysis of variance, the interaction of part and appraiser kept.</summary>
    AnovaWithInteraction,

    /// <summary>Analysis of variance, an interaction that is not significant (p above 0.25) put into the repeatability.</summary>
    AnovaPooled,

    /// <summary>Average and range.</summary>
    AverageAndRange,

    /// <summary>Analysis of variance of parts nested in appraisers: each part is pressed, or broken, by one person only.</summary>
    Nested,
}

/// <summary>What a gauge study says by one method; all as standard deviations in the unit of the measure.</summary>
/// <param name="Method">The method.</param>
/// <param name="Repeatability">EV, one person measuring one part again.</param>
/// <param name="Appraiser">AV, between persons.</param>
/// <param name="Interaction">Parts that persons measure differently.</param>
/// <param name="Part">PV, between parts.</param>
public sealed record GaugeEstimate(GaugeMethod Method, double Repeatability, double Appraiser, double Interaction, double Part)
{
    /// <summary>GRR, everything that is not the part.</summary>
    public double Gauge => Math.Sqrt((Repeatability * Repeatability) + (Appraiser * Appraiser) + (Interaction * Interaction));

    /// <summary>TV, everything.</summary>
    public double Total => Math.Sqrt((Gauge * Gauge) + (Part * Part));

    /// <summary>GRR over TV in per cent: below 10 good, 10 to 30 usable with reason, above not.</summary>
    public double PercentOfTotal => 100 * Gauge / Total;

    /// <summary>Variance of the gauge over that of everything, in per cent.</summary>
    public double PercentContribution => PercentOfTotal * PercentOfTotal / 100;

    /// <summary>1.41·PV/GRR before it is cut to a whole number.</summary>
    public double RawCategories => 1.41 * Part / Gauge;

    /// <summary>ndc, how many kinds of parts the measurement tells apart; five are wanted.</summary>
    public int Categories => double.IsFinite(RawCategories) ? (int)Math.Floor(RawCategories) : int.MaxValue;
}

/// <summary>
/// Gauge repeatability and reproducibility (AIAG, Measurement Systems Analysis, 4th ed.): how much of what is seen is the measurement, not the cell.
/// </summary>
public sealed record GaugeStudy
{
    private const double PoolingLevel = 0.25;

    /// <summary>Parts, appraisers and trials of each by each.</summary>
    public required (int Parts, int Appraisers, int Trials) Size { get; init; }

    /// <summary>Sums of squares of part, appraiser, interaction and repeatability; of appraiser, part and repeatability when nested.</summary>
    public required ImmutableArray<NestedAnovaLine> Lines { get; init; }

    /// <summary>F of the interaction; NaN when nested.</summary>
    public double InteractionF { get; init; } = double.NaN;

    /// <summary>p of no interaction.</summary>
    public double InteractionProbability { get; init; } = double.NaN;

    /// <summary>The estimates by every method that applies, the recommended one first.</summary>
    public required ImmutableArray<GaugeEstimate> Estimates { get; init; }

    /// <summary>The recommended estimate.</summary>
    public GaugeEstimate Recommended => Estimates[0];

    /// <summary>Interval of the repeatability by χ², for the recommended method.</summary>
    public required Interval RepeatabilityInterval { get; init; }

    /// <summary>Every appraiser measures every part the same number of times.</summary>
    /// <exception cref="ArgumentException">The study is not balanced, or too small.</exception>
    public static GaugeStudy Crossed(MeasurementSeries series, Grouping parts, Grouping appraisers)
    {
        int p = parts.Levels.Length, o = appraisers.Levels.Length, total = series.Count, r = total / Math.Max(1, p * o);
        if (p < 2 || o < 2) throw new ArgumentException($"{p} parts and {o} appraisers; two each are needed", nameof(parts));
        var cells = new List<double>[p, o];
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < o; j++) cells[i, j] = [];
        }

        for (int m = 0; m < total; m++) cells[parts.OfCell[m], appraisers.OfCell[m]].Add(series.Deviations[m]);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < o; j++)
            {
                if (cells[i, j].Count != r || r < 2)
                {
                    throw new ArgumentException($"{appraisers.Name} {appraisers.Levels[j]} has {cells[i, j].Count} trials of {parts.Name} {parts.Levels[i]}; every {appraisers.Name} needs the same number of trials, two at least, of every {parts.Name}. Where a part is used up by one person, use the nested study", nameof(series));
                }
            }
        }

        double mean = Moments.Mean(series.Deviations);
        double[] partMeans = new double[p], appraiserMeans = new double[o];
        double[,] means = new double[p, o];
        double rangeSum = 0, ssError = 0, ssPart = 0, ssAppraiser = 0, ssInteraction = 0;
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < o; j++)
            {
                double[] own = [.. cells[i, j]];
                means[i, j] = Moments.Mean(own);
                ssError += Moments.SumOfSquares(own, means[i, j]);
                rangeSum += own.Max() - own.Min();
                partMeans[i] += means[i, j] / o;
                appraiserMeans[j] += means[i, j] / p;
            }
        }

        for (int i = 0; i < p; i++)
        {
            ssPart += o * r * (partMeans[i] - mean) * (partMeans[i] - mean);
            for (int j = 0; j < o; j++)
            {
                double d = means[i, j] - partMeans[i] - appraiserMeans[j] + mean;
                ssInteraction += r * d * d;
            }
        }

        for (int j = 0; j < o; j++) ssAppraiser += p * r * (appraiserMeans[j] - mean) * (appraiserMeans[j] - mean);
        int dfP = p - 1, dfO = o - 1, dfI = dfP * dfO, dfE = p * o * (r - 1);
        double msP = ssPart / dfP, msO = ssAppraiser / dfO, msI = ssInteraction / dfI, msE = ssError / dfE;
        double f = msI / msE, probability = Distribution.FisherUpper(f, dfI, dfE);
        double msPooled = (ssInteraction + ssError) / (dfI + dfE);
        GaugeEstimate Anova(GaugeMethod method, double error, double interaction, double denominator) => new(
            method, Math.Sqrt(error), Math.Sqrt(Math.Max(0, (msO - denominator) / (p * r))), Math.Sqrt(interaction), Math.Sqrt(Math.Max(0, (msP - denominator) / (o * r))));
        GaugeEstimate kept = Anova(GaugeMethod.AnovaWithInteraction, msE, Math.Max(0, (msI - msE) / r), msI), pooled = Anova(GaugeMethod.AnovaPooled, msPooled, 0, msPooled);
        double ev = rangeSum / (p * o) * K(r, int.MaxValue), av = (appraiserMeans.Max() - appraiserMeans.Min()) * K(o, 1);
        var range = new GaugeEstimate(
            GaugeMethod.AverageAndRange, ev, Math.Sqrt(Math.Max(0, (av * av) - (ev * ev / (p * r)))), 0, (partMeans.Max() - partMeans.Min()) * K(p, 1));
        bool pool = probability > PoolingLevel;
        Interval factors = Spread.FactorsFor((pool ? dfI + dfE : dfE) + 1);
        GaugeEstimate first = pool ? pooled : kept;
        return new GaugeStudy
        {
            Size = (p, o, r),
            Lines =
            [
                new NestedAnovaLine(parts.Name, ssPart, dfP, (msP - msI) / (o * r)), new NestedAnovaLine(appraisers.Name, ssAppraiser, dfO, (msO - msI) / (p * r)),
                new NestedAnovaLine("interaction", ssInteraction, dfI, (msI - msE) / r), new NestedAnovaLine("repeatability", ssError, dfE, msE),
            ],
            InteractionF = f,
            InteractionProbability = probability,
            Estimates = [first, pool ? kept : pooled, range],
            RepeatabilityInterval = new Interval(factors.Low * first.Repeatability, factors.High * first.Repeatability),
        };
    }

    /// <summary>Each part belongs to one appraiser: the study for what pressing uses up.</summary>
    /// <exception cref="ArgumentException">A part has two appraisers, or nothing is repeated.</exception>
    public static GaugeStudy Nested(MeasurementSeries series, Grouping parts, Grouping appraisers)
    {
        ImmutableArray<NestedAnovaLine> lines = NestedAnova.Of(series, [appraisers, parts]);
        var estimate = new GaugeEstimate(
            GaugeMethod.Nested, Math.Sqrt(lines[2].MeanSquare), Math.Sqrt(Math.Max(0, lines[0].RawVariance)), 0, Math.Sqrt(Math.Max(0, lines[1].RawVariance)));
        Interval factors = Spread.FactorsFor(lines[2].Freedom + 1);
        return new GaugeStudy
        {
            Size = (parts.Levels.Length, appraisers.Levels.Length, series.Count / parts.Levels.Length),
            Lines = lines,
            Estimates = [estimate],
            RepeatabilityInterval = new Interval(factors.Low * estimate.Repeatability, factors.High * estimate.Repeatability),
        };
    }

    // K₁, K₂, K₃ of the manual: 1/d₂ for the mean of many ranges, 1/d₂* for a single one, to the four digits that the manual prints.
    private static double K(int size, int ranges)
    {
        (double d2, double d3) = ControlChartConstants.RangeMoments(size);
        return Math.Round(1 / Math.Sqrt((d2 * d2) + (d3 * d3 / ranges)), 4);
    }
}
