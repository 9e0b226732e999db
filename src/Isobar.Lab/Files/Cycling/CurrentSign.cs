namespace Isobar.Lab.Files.Cycling;

/// <summary>
/// Finds currents that are positive while the cell is charged. Files write signs in three ways: signed currents, currents without sign beside a state
/// (charge, discharge), and signed currents of the other convention. What was done is said; what the voltage says against it is said too.
/// </summary>
internal static class CurrentSign
{
    public static (double[] ChargingAmperes, string Told) Of(CyclerDraft draft, CyclerChoice columns, List<int> rows, double[] amperes, double[] volts, CyclerFileOptions options, List<string> notes)
    {
        double[]? states = columns.Find(CyclerRole.State) is { } place ? columns.Values(place) : null;
        bool unsigned = !amperes.Any(current => current < 0);
        string told = draft.CurrentSign;
        if (options.DischargeIsPositive)
        {
            if (unsigned) notes.Add("no current is negative: with positive currents discharging, the cell is never charged");
            for (int i = 0; i < amperes.Length; i++) amperes[i] = -amperes[i];
            told = "positive current taken as discharging, and turned";
        }
        else if (unsigned && states is not null)
        {
            for (int i = 0; i < amperes.Length; i++)
            {
                if (states[rows[i]] < 0) amperes[i] = -amperes[i];
            }

            told = "currents without sign: charging or discharging by the state of each row";
        }
        else if (states is not null)
        {
            (int agree, int against) = Agreement(states, rows, amperes);
            if (against > agree)
            {
                for (int i = 0; i < amperes.Length; i++) amperes[i] = -amperes[i];
                told = "positive current is discharging by the state of the rows, and turned";
                (agree, against) = (against, agree);
            }

            if (against > 0) notes.Add($"in {Tables.Plural.Of(against, "row")} the sign of the current is against the state (charge or discharge); the sign counts");
        }
        else if (unsigned && columns.Find(CyclerRole.DischargeCounter) is { } counter && Grows(columns.Values(counter), rows))
        {
            TurnByCounter(amperes, columns.Values(counter), rows);
            told = "currents without sign: discharging where the counter of discharge grows";
        }

        if (VoltageSaysOtherwise(amperes, volts)) notes.Add("the voltage falls while the current is positive and rises while it is negative: either the sign of the current is turned (--discharge-positive), or the working electrode is the negative one");
        return (amperes, told);
    }

    private static (int Agree, int Against) Agreement(double[] states, List<int> rows, double[] amperes)
    {
        int agree = 0, against = 0;
        for (int i = 0; i < amperes.Length; i++)
        {
            double both = states[rows[i]] * amperes[i];
            if (both > 0) agree++;
            else if (both < 0) against++;
        }

        return (agree, against);
    }

    private static bool Grows(double[] counter, List<int> rows) => rows.Max(row => double.IsFinite(counter[row]) ? counter[row] : 0) > 0;

    private static void TurnByCounter(double[] amperes, double[] counter, List<int> rows)
    {
        bool discharging = false;
        for (int i = 0; i < amperes.Length; i++)
        {
            double step = i == 0 ? 0 : counter[rows[i]] - counter[rows[i - 1]];
            if (step > 0) discharging = true;
            else if (step < 0 || amperes[i] > 0) discharging = false;
            if (discharging) amperes[i] = -amperes[i];
        }
    }

    private static bool VoltageSaysOtherwise(double[] amperes, double[] volts)
    {
        int with = 0, against = 0;
        for (int i = 1; i < amperes.Length; i++)
        {
            // Only between rows of one direction: a jump of current moves the voltage by its resistance.
            if (amperes[i] * amperes[i - 1] <= 0) continue;
            double change = (volts[i] - volts[i - 1]) * amperes[i];
            if (change > 0) with++;
            else if (change < 0) against++;
        }

        return against > 20 && against > 4 * with;
    }
}
