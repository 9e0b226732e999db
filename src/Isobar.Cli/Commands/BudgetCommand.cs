using System.CommandLine;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Cli.Commands;

/// <summary>Ready uncertainty budgets; each is a command below this one.</summary>
internal sealed class BudgetCommand : IsobarCommand
{
    public BudgetCommand()
        : base("budget", "How surely is it known? Uncertainty budgets of sample pressure, bolted cells and conductivity, to first order and by Monte Carlo.")
    {
        foreach (IsobarCommand below in (IsobarCommand[])[new PressureBudgetCommand(), new TorqueBudgetCommand(), new ConductivityBudgetCommand()]) Subcommands.Add(below);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("budget pressure --force '29.452kN ± 0.5%' --indication 100N --die '10mm ± 0.01mm' --wall 0..4%", "force over area, less what the wall takes"),
        ("budget torque --torque '2 ± 0.1 N m' --screws 3 --thread 6mm --die 10mm", "three bolts on a cell"),
        ("budget conductivity --resistance '30 ± 0.5 ohm' --thickness '0.6mm ± 0.01mm' --die '10mm ± 0.02mm'", "a pellet under load"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation) =>
        throw new Failure("isobar budget needs what it is of", "one of " + string.Join(", ", Subcommands.Select(command => command.Name)), $"write for example: isobar {Examples[0].CommandLine}");
}

/// <summary>What the budgets share: how the inputs are known, how they correlate, how it is propagated.</summary>
internal abstract class BudgetOf : IsobarCommand
{
    private readonly Option<string[]> _freedom = new("--freedom") { Description = "Degrees of freedom of an input's uncertainty, n - 1 of the readings behind it; it is then a mean of few readings (Student's t)", HelpName = "force=4" };
    private readonly Option<string[]> _correlate = new("--correlate") { Description = "Correlation coefficient of two inputs", HelpName = "resistance,thickness=0.3" };
    private readonly Option<Fraction?> _coverage = QuantityOption<Fraction>("--coverage", "Probability that the intervals hold (default: 95%)", "95%");
    private readonly Option<int> _trials = new("--trials") { Description = "Draws of the Monte Carlo propagation (default: 1000000)", HelpName = "number", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<ulong> _seed = CellArguments.Seed();

    protected BudgetOf(string name, string description, params ReadOnlySpan<Option> own)
        : base(name, description)
    {
        foreach (Option option in own) Options.Add(option);
        foreach (Option option in (Option[])[_freedom, _correlate, _coverage, _trials, _seed]) Options.Add(option);
        _seed.Description = "Seed of the draws; the same seed gives the same bits";
    }

    /// <summary>The measurement model of the command line.</summary>
    protected abstract MeasurementModel Model(ParseResult parse);

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        MeasurementModel model = Known(Model(parse), parse);
        double coverage = parse.GetValue(_coverage)?.Value ?? 0.95;
        if (coverage is not (> 0 and < 1)) throw new Failure($"a coverage of {Quantity.Number(100 * coverage)} % is not possible", "a share between 0 and 100 %", "correct --coverage", "option --coverage");
        int trials = parse.GetValue(_trials);
        if (trials is < 1000 or > 100_000_000) throw new Failure($"{trials} draws", "a number from 1000 to 100000000", "correct --trials", "option --trials");
        UncertaintyBudget budget = UncertaintyBudget.Of(model);
        MonteCarloResult draws;
        try
        {
            draws = MonteCarloPropagation.Run(model, trials, parse.GetValue(_seed), coverage);
        }
        catch (ArgumentException fault) when (model.Inputs.Any(input => input.Shape != InputShape.Normal))
        {
            throw new Failure(fault.Message, "correlated inputs that are normal: written with ±, without --freedom", "leave the correlation of this input out", "option --correlate");
        }

        BudgetAnswer answer = BudgetAnswer.Of(budget, draws, (parse.GetValue(_correlate) ?? []).Length > 0 ? null : SecondOrder.StandardUncertainty(model), coverage);
        output.Answer(answer.Facts(), answer.Write);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>An option that takes a quantity with ±.</summary>
    protected static Option<Estimate<T>?> MeasuredOption<T>(string name, string description, string example) where T : struct, IQuantity<T> => new(name)
    {
        Description = description,
        HelpName = example,
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!Measured.TryParse(text, out Measured<T> value, out string error))
            {
                result.AddError(error);
                return null;
            }

            if (value.Value.Si > 0) return value.OrUnstated(default);
            result.AddError($"'{text}' is not possible; expected more than zero");
            return null;
        },
    };

    // What the command line says about the inputs beyond value and ±.
    private MeasurementModel Known(MeasurementModel model, ParseResult parse)
    {
        UncertainInput[] inputs = [.. model.Inputs];
        foreach (string text in parse.GetValue(_freedom) ?? [])
        {
            (string name, double freedom) = Pair(text, "--freedom", "force=4");
            int at = Find(inputs, name, "--freedom");
            // With two degrees of freedom or fewer Student's distribution has no standard deviation.
            if (!(freedom > 2)) throw new Failure($"{freedom.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} degrees of freedom of {inputs[at].Name}", "more than two: at least four readings", "take more readings, or leave --freedom out", "option --freedom");
            if (inputs[at].Shape == InputShape.Rectangular) throw new Failure($"{inputs[at].Name} lies between limits and has no degrees of freedom", "an input written with ±", "leave it out of --freedom", "option --freedom");
            inputs[at] = inputs[at] with { Shape = InputShape.StudentT, DegreesOfFreedom = freedom };
        }

        string[] pairs = parse.GetValue(_correlate) ?? [];
        if (pairs.Length == 0) return new MeasurementModel(model.Name, model.UnitText, [.. inputs], model.Function);
        var matrix = new double[inputs.Length, inputs.Length];
        for (int i = 0; i < inputs.Length; i++) matrix[i, i] = 1;
        foreach (string text in pairs)
        {
            (string names, double r) = Pair(text, "--correlate", "resistance,thickness=0.3");
            string[] both = names.Split(',', StringSplitOptions.TrimEntries);
            if (both.Length != 2) throw new Failure($"'{text}' does not name two inputs", "two names and a coefficient, for example resistance,thickness=0.3", "correct --correlate", "option --correlate");
            int i = Find(inputs, both[0], "--correlate"), j = Find(inputs, both[1], "--correlate");
            matrix[i, j] = matrix[j, i] = r;
        }

        try
        {
            return new MeasurementModel(model.Name, model.UnitText, [.. inputs], model.Function, matrix);
        }
        catch (ArgumentException fault)
        {
            throw new Failure(fault.Message.Split(" (Parameter")[0], "coefficients between -1 and 1 that are possible together", "correct --correlate", "option --correlate");
        }
    }

    private static (string Name, double Value) Pair(string text, string option, string example)
    {
        int equals = text.LastIndexOf('=');
        return equals > 0 && double.TryParse(text.AsSpan(equals + 1), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value)
            ? (text[..equals].Trim(), value)
            : throw new Failure($"'{text}' is not a name with a number", $"for example {example}", $"correct {option}", $"option {option}");
    }

    private static int Find(UncertainInput[] inputs, string name, string option)
    {
        int found = Array.FindIndex(inputs, input => string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(input.Symbol, name, StringComparison.Ordinal));
        // "thickness" for "thickness under load": the beginning of one name is enough.
        int[] begun = [.. Enumerable.Range(0, inputs.Length).Where(i => name.Length > 1 && inputs[i].Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        if (found < 0 && begun.Length == 1) found = begun[0];
        string[] names = [.. inputs.Select(input => input.Name)];
        return found >= 0 ? found : throw new Failure($"there is no input '{name}'", Spelling.DidYouMean(name, names) + "one of " + string.Join(", ", names), $"correct {option}", $"option {option}");
    }
}
