using System.Text;
using Isobar.Cli;

// µ, Ω and ± are in every answer; consoles that start in another code page would print question marks.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await IsobarProgram.RunAsync(args, Surroundings.OfThisProcess());
