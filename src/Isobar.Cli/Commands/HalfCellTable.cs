using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Isobar.Cli.Commands;

/// <summary>Discharges and impedance as tables of separated values: every digit, a unit in every heading.</summary>
internal static class HalfCellTable
{
    /// <summary>Writes the discharges into a file and the impedance beside it; gives the files that were written.</summary>
    public static ImmutableArray<string> Write(string path, ImmutableArray<DischargeFacts> runs, ImpedanceFacts? impedance)
    {
        var written = ImmutableArray.CreateBuilder<string>();
        if (!runs.IsEmpty)
        {
            WholeFile.Write(path, Discharges(runs));
            written.Add(path);
        }

        if (impedance is not null)
        {
            string beside = runs.IsEmpty ? path : Path.ChangeExtension(path, null) + "-impedance" + Path.GetExtension(path);
            WholeFile.Write(beside, Impedance(impedance));
            written.Add(beside);
        }

        return written.ToImmutable();
    }

    private static string Discharges(ImmutableArray<DischargeFacts> runs)
    {
        var text = new StringBuilder("rate_C,time_s,voltage_V,capacity_mAh_per_cm2,stoichiometry,open_circuit_V,concentration_V,cathode_kinetics_V,film_V,cathode_ions_V,cathode_electrons_V,separator_V,anode_kinetics_V,anode_constriction_V,collector_V\n");
        foreach (DischargeFacts run in runs)
        {
            ComponentFacts parts = run.Components;
            ImmutableArray<double>[] columns =
            [
                run.Time, run.Voltage, run.Capacity, run.Stoichiometry, parts.OpenCircuit, parts.Concentration, parts.CathodeKinetics, parts.Film, parts.CathodeIons,
                parts.CathodeElectrons, parts.Separator, parts.AnodeKinetics, parts.AnodeConstriction, parts.Collector,
            ];
            for (int i = 0; i < run.Time.Length; i++)
            {
                text.Append(run.Rate.ToString("R", CultureInfo.InvariantCulture));
                foreach (ImmutableArray<double> column in columns) text.Append(',').Append(column[i].ToString("R", CultureInfo.InvariantCulture));
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Impedance(ImpedanceFacts impedance)
    {
        var text = new StringBuilder("frequency_Hz,real_ohm_cm2,imaginary_ohm_cm2,cathode_real_ohm_cm2,cathode_imaginary_ohm_cm2,separator_real_ohm_cm2,separator_imaginary_ohm_cm2,anode_real_ohm_cm2,anode_imaginary_ohm_cm2\n");
        for (int i = 0; i < impedance.Frequency.Length; i++)
        {
            double[] row =
            [
                impedance.Frequency[i], impedance.Real[i], impedance.Imaginary[i], impedance.Cathode.Real[i], impedance.Cathode.Imaginary[i],
                impedance.Separator.Real[i], impedance.Separator.Imaginary[i], impedance.Anode.Real[i], impedance.Anode.Imaginary[i],
            ];
            text.AppendJoin(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
