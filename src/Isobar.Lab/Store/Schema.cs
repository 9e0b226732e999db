using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>Tables of the laboratory database, as numbered migrations; the number in the file is SQLite's user_version.</summary>
internal static class Schema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE run (
          id TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          goal TEXT,
          press TEXT NOT NULL,
          started_utc_us INTEGER NOT NULL,
          protocol_text TEXT NOT NULL,
          cell_text TEXT,
          plan_json TEXT,
          outcome TEXT,
          digest TEXT
        ) STRICT;
        CREATE TABLE record (
          run_id TEXT NOT NULL REFERENCES run (id),
          seq INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          payload BLOB NOT NULL,
          hash BLOB NOT NULL,
          PRIMARY KEY (run_id, seq)
        ) STRICT;
        CREATE TABLE artefact (
          run_id TEXT NOT NULL REFERENCES run (id),
          name TEXT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (run_id, name)
        ) STRICT;
        CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
          BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;
        CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
          BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;
        CREATE TRIGGER run_is_closed_once BEFORE UPDATE ON run WHEN OLD.outcome IS NOT NULL
          BEGIN SELECT RAISE (ABORT, 'a finished run is not changed'); END;
        CREATE TRIGGER run_is_never_removed BEFORE DELETE ON run
          BEGIN SELECT RAISE (ABORT, 'runs are append-only'); END;
        """,
        """
        ALTER TABLE record ADD COLUMN crc INTEGER;
        CREATE TABLE chunk (
          run_id TEXT NOT NULL,
          seq INTEGER NOT NULL,
          samples INTEGER NOT NULL,
          first_s REAL NOT NULL,
          last_s REAL NOT NULL,
          step INTEGER NOT NULL,
          low_pa REAL,
          high_pa REAL,
          PRIMARY KEY (run_id, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE request (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          run_id TEXT NOT NULL REFERENCES run (id),
          verb TEXT NOT NULL,
          reason TEXT NOT NULL,
          who TEXT NOT NULL,
          asked_utc_us INTEGER NOT NULL,
          answered_utc_us INTEGER,
          answer TEXT
        ) STRICT;
        CREATE TABLE lease (
          press TEXT PRIMARY KEY,
          token INTEGER NOT NULL,
          who TEXT NOT NULL,
          run_id TEXT,
          until_utc_us INTEGER NOT NULL,
          state TEXT NOT NULL,
          text TEXT NOT NULL
        ) STRICT;
        CREATE TABLE press_log (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          press TEXT NOT NULL,
          utc_us INTEGER NOT NULL,
          token INTEGER NOT NULL,
          who TEXT NOT NULL,
          what TEXT NOT NULL,
          text TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER request_is_never_removed BEFORE DELETE ON request
          BEGIN SELECT RAISE (ABORT, 'requests are append-only'); END;
        CREATE TRIGGER press_log_is_never_changed BEFORE UPDATE ON press_log
          BEGIN SELECT RAISE (ABORT, 'the log of a press is append-only'); END;
        CREATE TRIGGER press_log_is_never_removed BEFORE DELETE ON press_log
          BEGIN SELECT RAISE (ABORT, 'the log of a press is append-only'); END;
        """,
        """
        CREATE TABLE tare (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          press TEXT NOT NULL,
          utc_us INTEGER NOT NULL,
          offset_n REAL NOT NULL,
          drift_n REAL NOT NULL,
          who TEXT NOT NULL,
          reason TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER tare_is_never_changed BEFORE UPDATE ON tare
          BEGIN SELECT RAISE (ABORT, 'tarings are append-only'); END;
        CREATE TRIGGER tare_is_never_removed BEFORE DELETE ON tare
          BEGIN SELECT RAISE (ABORT, 'tarings are append-only'); END;
        """,
    ];

    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Migrate(SqliteConnection connection, string path)
    {
        if (Version(connection, null) == Migrations.Length) return;
        using SqliteTransaction transaction = connection.BeginTransaction();
        long version = Version(connection, transaction);
        if (version > Migrations.Length)
            throw new LabException($"laboratory database {path} has the format {version}, this version of Isobar knows formats up to {Migrations.Length}; use a newer Isobar");
        for (long next = version; next < Migrations.Length; next++) Execute(connection, transaction, Migrations[next]);
        Execute(connection, transaction, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Migrations.Length}"));
        transaction.Commit();
    }

    public static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text passed in here is a constant of this folder; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    public static int Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, transaction, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static long Version(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using SqliteCommand command = Command(connection, transaction, "PRAGMA user_version");
        return (long)command.ExecuteScalar()!;
    }
}
