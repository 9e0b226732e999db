using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>The laboratory database could not do what was asked; the message says where and what to do next.</summary>
public sealed class LabException(string message, Exception? inner = null) : IOException(message, inner)
{
    internal static LabException From(SqliteException exception, string path)
    {
        // Result codes of SQLite, https://www.sqlite.org/rescode.html
        string advice = exception.SqliteErrorCode switch
        {
            5 or 6 => "another program is writing to it; wait for it to finish, or close it",
            8 => "the file or its folder is read-only; make it writable, or name another database",
            10 => "reading or writing the disk failed; check the disk and the file system",
            11 => "the file is damaged; copy it away as it is, then recover it with 'sqlite3 FILE .recover' or go back to a backup",
            13 => "the disk is full; make room, what was acknowledged before is kept",
            14 => "the file cannot be opened; check that the folder exists and may be written to",
            26 => "the file is not a database; name another file, or move this one away",
            _ => "see the message of SQLite",
        };
        return new LabException($"laboratory database {path}: {advice} ({exception.Message})", exception);
    }
}
