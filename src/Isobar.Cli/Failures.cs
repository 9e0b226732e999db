using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Impedance.Circuits;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Reports;
using Isobar.Lab.Store;
using Isobar.Materials;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Conversion;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>
/// The failures that a user can cause or repair, by exception type. Anything else is a defect of the program and is left to
/// end it with its stack.
/// </summary>
internal static class Failures
{
    public static Failure? Of(Exception exception) => exception switch
    {
        Failure failure => failure,
        ConversionException conversion => new Failure(conversion.Found, conversion.Expected, conversion.Next, facts: Commands.ConvertCommand.ForceFacts(conversion.Force)),
        IsobarFileException file => new Failure(file.Found, file.Expected, file.Next, file.LineText.Length > 0 ? $"{file.Path}:{file.Line}:{file.Column}" : file.Path, line: file.LineText.Length > 0 ? file.LineText : null),
        CircuitException circuit => new Failure($"{circuit.Found} at column {circuit.Position + 1} of the circuit", circuit.Expected, "correct the circuit; the elements are in docs/reference/circuits.md", "option --circuit", line: circuit.Circuit),
        QuantityException quantity => new Failure(quantity.Message, "a number with its unit", "write for example 74MPa, 10mm or 3t"),
        MissingConstantException constant => new Failure(constant.Message, "a cell whose materials have what the models need", "give the constant under materials: in the cell file, with its uncertainty"),
        UnsupportedCellException unsupported => new Failure(unsupported.Message, "a cell that the models cover", "change the cell file; what is modelled is in docs/"),
        HalfCellException cell => new Failure(cell.Message, "a half cell that can be computed", "change what is named, or the rate"),
        FigureFontException font => new Failure(font.Message, "a font to draw text with", "install one and try again", exitCode: ExitCode.OutsideFailed),
        ContactNotConvergedException contact => new Failure(contact.Message, "a contact that can be solved", "loosen --tolerance, or go through smaller steps of pressure", exitCode: ExitCode.LimitFailed),
        PressBusyException busy => new Failure(busy.Found, "a press that is free", busy.Next, exitCode: ExitCode.OutsideFailed),
        PressException press => new Failure(press.Message, "a press that answers", "check cable, address and press file; nothing was moved", exitCode: ExitCode.OutsideFailed),
        RunRecordingException record => new Failure(record.Message, "a laboratory database that can be written", "make room or name another with --lab; look at the press", exitCode: ExitCode.OutsideFailed),
        LabException lab => new Failure(lab.Message, "a laboratory database that can be opened", "check the folder, or name another with --lab", exitCode: ExitCode.OutsideFailed),
        FileNotFoundException missing => new Failure($"there is no file '{missing.FileName}'", "a file that exists", "check the path", missing.FileName),
        DirectoryNotFoundException folder => new Failure(folder.Message, "a folder that exists", "check the path"),
        UnauthorizedAccessException access => new Failure(access.Message, "a file that may be read and written", "check the permissions", exitCode: ExitCode.OutsideFailed),
        IOException io => new Failure(io.Message, "a disk or connection that works", "check it and try again", exitCode: ExitCode.OutsideFailed),
        OperationCanceledException => new Failure("cancelled before anything was pressed or written", "", "type the same command again to begin anew", exitCode: ExitCode.OutsideFailed),
        _ => null,
    };
}
