using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Files;

public sealed class ForceCalibrationFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-force-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_kept_calibration_comes_back_as_it_was_and_is_never_overwritten()
    {
        ForceCalibrationRecord made = Record(1);
        string path = ForceCalibrationFile.Keep(_folder.FullName, made);
        ForceCalibrationRecord read = ForceCalibrationFile.Read(path);
        Assert.Equal(ForceCalibrationFile.ToText(made), ForceCalibrationFile.ToText(read));
        Assert.Equal(0.5, read.Result.Class);
        Assert.Contains("never changed", Assert.Throws<IOException>(() => ForceCalibrationFile.Keep(_folder.FullName, made)).Message, StringComparison.Ordinal);
        Assert.Equal(made.Certificate, Assert.Single(ForceCalibrationFile.Of(_folder.FullName, "lab")).Certificate);
        Assert.Empty(ForceCalibrationFile.Of(_folder.FullName, "another"));
    }

    // ISO 7500-1: the range of class 0.5 begins at 400 resolutions. 0.5 % of the lowest force of 10 kN is a resolution of 25 N at most.
    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(25, 10_000)]
    public void The_verified_range_begins_at_the_lowest_force_or_at_four_hundred_resolutions(double resolution, double lowest)
    {
        ForceCalibrationRecord record = Record(resolution);
        Assert.Equal(0.5, record.Result.Class);
        Assert.Equal(lowest, record.LowestVerified!.Value.Newtons, 1e-6);
        PressInstrument applied = record.Apply(new PressInstrument("lab", new Force(49_000), new Fraction(0.05), GaugeClassBasis.FullScale, new Force(500), new Force(1), new Fraction(0.01)));
        Assert.Equal(0.005, applied.GaugeClass.Value, 1e-12);
        Assert.Equal(GaugeClassBasis.Reading, applied.ClassBasis);
        Assert.Equal(lowest, applied.LowestCalibrated.Newtons, 1e-6);
    }

    [Fact]
    public void A_coarse_resolution_moves_the_range_up_and_the_class_down()
    {
        // 40 N are 0.4 % of 10 kN: class 1 (0.5 %), whose range begins at 200 resolutions, 8 kN.
        ForceCalibrationRecord record = Record(40);
        Assert.Equal(1, record.Result.Class);
        Assert.Equal(10_000, record.LowestVerified!.Value.Newtons, 1e-6);
    }

    private static ForceCalibrationRecord Record(double resolution) => new(
        "lab",
        new DateOnly(2026, 1, 15),
        new DateOnly(2027, 1, 15),
        "K-1 \"first\"",
        "A",
        new Force(49_000),
        new Force(1),
        new Force(resolution),
        ForceCalibrationFile.ReadPoints(Path.Combine(Repository.Root, "examples", "presses", "force-points.csv")));
}
