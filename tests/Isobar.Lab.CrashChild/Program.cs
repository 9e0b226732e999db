// A process to be killed: writes a run into the database named first, one sample after the other without end, and says on its
// output the id of the run and then, after each acknowledged chunk, how many samples are durable.
using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.CrashChild;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

if (args is ["press" or "press once", { } path, { } profile, { } port])
{
    await PressChild.RunAsync(path, profile, int.Parse(port, CultureInfo.InvariantCulture), once: args[0] is "press once");
    return;
}

using LabDatabase database = LabDatabase.OpenOrCreate(args[0]);
var protocol = new Protocol("to be killed", new Length(10e-3), SamplePressure.FromMegapascals(450), new PressureRate(5e6), ImmutableArray<Step>.Empty);
using RunWriter writer = database.Begin(new RunDescription("to be killed", protocol, "none", "steps: []"));
Console.WriteLine(writer.Id);
for (long i = 0; ; i++)
{
    writer.Append(new TraceSample(i * 0.05, 0, i, i, i, i));
    if (i % 100 == 99)
    {
        writer.Flush();
        Console.WriteLine(writer.Acknowledged.ToString(CultureInfo.InvariantCulture));
    }
}
