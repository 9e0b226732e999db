namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Collects the points of a run, column by column, in memory that is kept from run to run.</summary>
internal sealed class RunRecorder
{
    private readonly double[][] _columns = new double[Columns.Reported][];
    private readonly List<CyclerStepResult> _steps = [];

    public RunRecorder()
    {
        for (int c = 0; c < _columns.Length; c++) _columns[c] = new double[512];
    }

    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        _steps.Clear();
    }

    public void Add(double[] columns)
    {
        if (Count == _columns[0].Length)
        {
            for (int c = 0; c < _columns.Length; c++) Array.Resize(ref _columns[c], 2 * Count);
        }

        for (int c = 0; c < _columns.Length; c++) _columns[c][Count] = columns[c];
        Count++;
    }

    public void Add(CyclerStepResult step) => _steps.Add(step);

    public double Last(int column) => _columns[column][Count - 1];

    public HalfCellRun Result(EnergyBalance? energy, in RunEffort effort, bool withPressure)
    {
        var columns = new double[Columns.Reported][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[Count];
            Array.Copy(_columns[c], columns[c], Count);
        }

        if (!withPressure) columns[Columns.StackPressure] = [];
        return new HalfCellRun(columns, _steps.ToArray(), energy, effort);
    }
}
