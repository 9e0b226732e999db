using System.Diagnostics;
using System.Reflection;
using Isobar.Bench;
using Isobar.Bench.Contact;
using Isobar.Bench.Micro;
using Isobar.Bench.Whole;

const string Usage = """
    usage: dotnet run -c Release --project bench/Isobar.Bench -- whole [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- cell [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- micro [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- contact [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- impedance [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- loop [filter] [--record]
           dotnet run -c Release --project bench/Isobar.Bench -- long [samples] [--record]
      filter     only what has this text in its name
      --record   write the result to bench/results/<processor>/
    """;

if (args is [HalfCellPage.ColdWord, "fast" or "default"])
{
    HalfCellPage.Cold(args[1] is "fast", Console.Out);
    return 0;
}

bool record = args.Contains("--record", StringComparer.Ordinal);
string[] words = [.. args.Where(word => word is not "--record")];
string? filter = words.Length == 2 ? words[1] : null;
if (words.Length is 0 or > 2 || words.Any(word => word.StartsWith('-')) || words[0] is not ("whole" or "micro" or "contact" or "cell" or "impedance" or "loop" or "long"))
{
    Console.Error.WriteLine(words.Length == 0 ? Usage : $"'{string.Join(' ', args)}' is not understood\n{Usage}");
    return 1;
}

if (record && filter is not null)
{
    Console.Error.WriteLine("a record holds everything; leave out the filter or --record");
    return 1;
}

if (typeof(Machine).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
{
    Console.Error.WriteLine("this build is not optimised, its times mean nothing; run with -c Release");
    return 1;
}

try
{
    Machine machine = Machine.Here(TimeProvider.System);
    string page = words[0] switch
    {
        "whole" => WholeRun.Page(filter, machine, Console.Error),
        "contact" => ContactRun.Page(filter, machine, Console.Error),
        "cell" => HalfCellPage.Page(filter, machine, Console.Error),
        "impedance" => ImpedanceRun.Page(filter, machine, Console.Error),
        "loop" => LoopPage.Page(filter, machine, Console.Error),
        "long" => LongRecordPage.Page(filter, machine, Console.Error),
        _ => MicroRun.Page(filter, machine),
    };
    Console.WriteLine(page);
    if (record) Console.Error.WriteLine($"recorded in {Checkout.Record(machine, words[0], page)}");
    return 0;
}
catch (BenchException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
