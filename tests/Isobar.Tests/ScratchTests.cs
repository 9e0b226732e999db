using Isobar.Lab.Files;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Isobar.Tests.Published;
using Xunit;

namespace Isobar.Tests;

public sealed class ScratchTests
{
    private static Estimate<Fraction> Density(double mg, double mm, double dense) => new PelletReading(
        new Estimate<Mass>(new Mass(mg * 1e-6), CellDefaults.MassUncertainty), new Estimate<Length>(new Length(0.01), CellDefaults.DiameterUncertainty),
        new Estimate<Length>(new Length(mm * 1e-3), CellDefaults.ThicknessUncertainty), new MassDensity(dense)).RelativeDensity;

    private static PelletPoint[] Staircase(string table, double milligrams, double dense, string sigma) =>
    [
        .. PublishedTable.Read(table).Select(row => new PelletPoint(SamplePressure.FromMegapascals(row.Number("pressure_MPa")))
        {
            Loaded = Density(milligrams, row.Number("d_load_mm"), dense),
            Released = Density(milligrams, row.Number("d_released_mm"), dense),
            Conductivity = new Conductivity(row.Number(sigma) / 10),
        }),
    ];

    [Fact]
    public void Numbers()
    {
        var o = new System.Text.StringBuilder();
        foreach ((string id, string table, double mg, double dense, string sigma) in new[] { ("li6ps5cl-annealed", "densification_argyrodite_miss2026", 80.2, 1870.0, "sigma_load_mS_cm"), ("nmc622-poly", "densification_nmc622_miss2026", 80.0, 4480, "sigma_e_load_mS_cm") })
        foreach (double w in new[] { 1.0, 1.2, 1.5 })
        {
            PelletPrior prior = PelletPrior.Of(BuiltInMaterials.Library.Find(id), w, Math.Max(w, w > 1 ? 1.5 : 1));
            PelletCalibration none = PelletCalibration.Of(prior);
            o.AppendLine($"== {id} widening {w}");
            foreach (double p in new double[] { 1, 2, 5, 10, 20, 40, 50, 75, 100, 150, 200, 300, 370, 400 })
            {
                var P = SamplePressure.FromMegapascals(p);
                BandedValue l = none.RelativeDensity(P, P), r = none.RelativeDensity(default, P);
                o.AppendLine($"{p,5} loaded {l.Value:F4} [{l.Low90:F4} {l.High90:F4}] half90 {(l.High90 - l.Low90) / 2:F4} sd {(l.High90 - l.Low90) / 3.29:F4} released {r.Value:F4} [{r.Low90:F4} {r.High90:F4}] half {(r.High90 - r.Low90) / 2:F4} sd {(r.High90 - r.Low90) / 3.29:F4}");
            }
            PelletPoint[] all = Staircase(table, mg, dense, sigma);
            PelletCalibration full = PelletCalibration.Of(prior, new PelletSeries([.. all], false));
            o.AppendLine($"full: n {full.Conduction?.ContactExponent:F3} Pc {full.Conduction?.ContactPressurePa / 1e6:F1} s0 {full.Conduction?.DenseSiemensPerMetre:F3}");
            foreach (var point in all)
            {
                var c = PelletCalibration.Of(prior, new PelletSeries([.. all.Where(x => x != point)], false));
                var s = c.ConductivityAt(point.Pressure, point.Pressure)!.Value;
                var sf = full.ConductivityAt(point.Pressure, point.Pressure)!.Value;
                var lo = c.RelativeDensity(point.Pressure, point.Pressure); var re = c.RelativeDensity(default, point.Pressure);
                o.AppendLine($"left out {point.Pressure.Megapascals}: sigma {point.Conductivity!.Value.SiemensPerMetre:G4} pred {s.Value:G4} ({s.Value / point.Conductivity.Value.SiemensPerMetre - 1:P1}) band [{s.Low90:G4} {s.High90:G4}] full {sf.Value / point.Conductivity.Value.SiemensPerMetre - 1:P1}; dD load {lo.Value - point.Loaded!.Value.Value.Value:F4} rel {re.Value - point.Released!.Value.Value.Value:F4}; loaded {point.Loaded!.Value.Value.Value:F4} rel {point.Released!.Value.Value.Value:F4} n {c.Conduction!.ContactExponent:F3} Pc {c.Conduction.ContactPressurePa / 1e6:F1}");
            }
            foreach (double p in new double[] { 1, 2, 5, 10, 20, 40, 50, 75, 100, 150, 200, 300, 370, 400 })
            {
                var P = SamplePressure.FromMegapascals(p);
                o.Append($"{p}:{full.RelativeDensity(default, P).Value:F4} ");
            }
            o.AppendLine();
        }
        File.WriteAllText("/tmp/r3numbers.txt", o.ToString());
    }
}
