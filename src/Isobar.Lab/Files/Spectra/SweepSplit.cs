namespace Isobar.Lab.Files.Spectra;

/// <summary>Finds where a table of points goes over from one sweep to the next.</summary>
internal static class SweepSplit
{
    // A step back over this share of the range so far is a new beginning, not a point out of order.
    private const double Restart = 0.5;

    // As many steps the other way are a sweep that runs back.
    private const int TurnSteps = 3;

    // Shorter pieces than this on average are not sweeps: the points stand in no order.
    private const int Shortest = 5;

    /// <summary>The first row of each sweep. <paramref name="inNoOrder"/> tells that the points are in no order and make one sweep.</summary>
    public static List<int> Starts(IReadOnlyList<double> hertz, IReadOnlyList<double>? sweepNumber, bool turnsWithinSweep, out bool inNoOrder)
    {
        List<int> numbered = [0];
        if (sweepNumber is not null)
        {
            for (int i = 1; i < hertz.Count; i++)
            {
                if (!sweepNumber[i].Equals(sweepNumber[i - 1])) numbered.Add(i);
            }

            // A counter that changes at every other point counts points, not sweeps.
            if (numbered.Count * Shortest > hertz.Count + Shortest) numbered = [0];
        }

        List<int> starts = [];
        inNoOrder = false;
        for (int piece = 0; piece < numbered.Count; piece++)
        {
            int first = numbered[piece], end = piece + 1 < numbered.Count ? numbered[piece + 1] : hertz.Count;
            List<int> within = ByDirection(hertz, first, end, turnsWithinSweep);
            if (within.Count > 1 && within.Count * Shortest > end - first)
            {
                inNoOrder = true;
                within = [first];
            }

            starts.AddRange(within);
        }

        return starts;
    }

    private static List<int> ByDirection(IReadOnlyList<double> hertz, int first, int end, bool turnsWithinSweep)
    {
        List<int> starts = [first];
        int direction = 0, began = first;
        double lowest = Math.Log(hertz[first]), highest = lowest;
        for (int i = first + 1; i < end; i++)
        {
            int step = Step(hertz, i);
            double here = Math.Log(hertz[i]);
            if (direction == 0) direction = step;
            else if (step == -direction && i - began >= 2)
            {
                bool restart = Math.Abs(here - Math.Log(hertz[i - 1])) > Restart * (highest - lowest);
                bool turn = !restart && StepsAlike(hertz, i, end, step) >= TurnSteps;
                // An instrument that went to one end from the middle goes on where it has not been yet.
                bool goesOn = turnsWithinSweep && (turn || here < lowest || here > highest);
                if (goesOn && restart) direction = 0;
                else if (goesOn && turn) direction = step;
                else if (restart || turn)
                {
                    // The end of a sweep that turns may be measured twice: the second time belongs to the way back.
                    began = turn && Step(hertz, i - 1) == 0 ? i - 1 : i;
                    starts.Add(began);
                    (direction, lowest, highest) = (0, here, here);
                    continue;
                }
            }

            lowest = Math.Min(lowest, here);
            highest = Math.Max(highest, here);
        }

        return starts;
    }

    private static int StepsAlike(IReadOnlyList<double> hertz, int from, int end, int step)
    {
        int steps = 0;
        for (int i = from; i < end && steps < TurnSteps && Step(hertz, i) == step; i++) steps++;
        return steps;
    }

    // Instruments repeat a frequency to within their synthesiser.
    private static int Step(IReadOnlyList<double> hertz, int i)
    {
        double ratio = hertz[i] / hertz[i - 1];
        return ratio > 1 + 1e-6 ? 1 : ratio < 1 - 1e-6 ? -1 : 0;
    }
}
