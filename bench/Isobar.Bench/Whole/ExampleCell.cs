using System.Security.Cryptography;
using System.Text;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Reports;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Quantities;

namespace Isobar.Bench.Whole;

/// <summary>The example cell and everything that is made of it once, before anything is timed.</summary>
internal sealed class ExampleCell
{
    /// <summary>Seed of the simulated cell and press.</summary>
    public const ulong Seed = 1;

    // The median of this many draws stands for that of all that could be drawn.
    private const int ManyDraws = 25_600;

    private readonly Lazy<double> _medianOfMany;

    public ExampleCell()
    {
        Text = File.ReadAllText(Checkout.ExampleCell);
        Cell = CellFile.Parse(Text, "cell.yaml", BuiltInMaterials.Library);
        Plan = Planner.Plan(Cell, Goal.Rate);
        double Pressure(string key) => Plan.Chosen.Pressures[key].Pascals;
        Pressures = new CellPressures(Pressure("separator_press"), Pressure("cathode_press"), Pressure("attach"), Pressure("stack"));
        Parameters = CellResolver.Best(Cell);
        History = CellHistory.Of(Cell, Pressures);
        _medianOfMany = new Lazy<double>(() => Median(CellEnsemble.Of(Cell, Seed, ManyDraws).StatesAfter(Pressures)));
        Bench = new SimulatedBench(Cell, Seed);
        Result = Press();
        Report = ReportAssembly.Of(Plan, Checkout.Version) with
        {
            PressName = Result.PressName,
            Simulated = true,
            Run = Result.Run,
            Proof = CellProver.Prove(Plan, Result.Steps, MeasurementText.Of(Result.Run)),
            Spectrum = ReportAssembly.Spectrum(Plan, Result.Run),
            Seed = Seed,
            Digest = Result.Digest,
        };
    }

    public string Text { get; }

    public Cell Cell { get; }

    public Plan Plan { get; }

    public CellPressures Pressures { get; }

    public CellParameters Parameters { get; }

    public CellHistory History { get; }

    public SimulatedBench Bench { get; }

    public ProtocolRunResult Result { get; }

    public ReportInput Report { get; }

    /// <summary>The whole protocol on the simulated press, into a laboratory database on disk that is new every time.</summary>
    public ProtocolRunResult Press()
    {
        string folder = Directory.CreateTempSubdirectory("isobar-bench-").FullName;
        try
        {
            using var database = LabDatabase.OpenOrCreate(Path.Combine(folder, "lab.db"));
            var request = new ProtocolRunRequest(Plan.Protocol, Cell, Text, Seed, RunClock.AsFastAsPossible);
            return ProtocolRun.RunAsync(request, database, progress: null, CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Median resistance over draws, and how far it is from that of very many draws.</summary>
    public Answer OfStates(CellState[] states)
    {
        double median = Median(states);
        return new Answer(
            Resistance(median),
            $"{PageText.Number(100 * ((median / _medianOfMany.Value) - 1), "+0.00;-0.00")} % from the median of {ManyDraws} draws");
    }

    public static string Resistance(double ohmSquareMetres) => PageText.Number(ohmSquareMetres * 1e4, "0.0000") + " Ω cm²";

    /// <summary>The first digits of a digest: enough to see that two records speak of the same answer.</summary>
    public static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static double Median(CellState[] states) => CellEnsemble.Summarise(states.Select(state => state.TotalOhmSquareMetres), EstimateScale.Logarithmic).Value;
}
