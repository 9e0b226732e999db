using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>Where a press stands between runs.</summary>
/// <param name="Press">Identity of the press.</param>
/// <param name="Token">Number of the last lease; it only grows.</param>
/// <param name="Who">Who held it.</param>
/// <param name="RunId">Run it was held for.</param>
/// <param name="Until">When it ends without renewal.</param>
/// <param name="Blocked">Why nobody may command the press until a person has cleared it; null when anybody may.</param>
/// <param name="IsHeld">Whether somebody holds it now.</param>
public sealed record LeaseState(string Press, long Token, string Who, string? RunId, DateTimeOffset Until, string? Blocked, bool IsHeld);

/// <summary>
/// The right to command a press. One at a time in a laboratory; it ends by itself when its holder falls silent, and its number only grows, so that a
/// holder that was asleep finds out before it commands again. A press that was left without being let go, or after an abort, is free only
/// when a person has cleared it. STOP needs no lease.
/// </summary>
public sealed class PressLease : IDisposable
{
    /// <summary>How long a lease lives without being renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const string Held = "held";
    private const string Free = "free";
    private const string Blocked = "blocked";

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _renewed;
    private string? _lost;
    private bool _released;

    private PressLease(SqliteConnection connection, string path, TimeProvider time, string press, long token, string who)
    {
        _connection = connection;
        _path = path;
        _time = time;
        Press = press;
        Token = token;
        Who = who;
        _renewed = time.GetTimestamp();
    }

    /// <summary>Identity of the press.</summary>
    public string Press { get; }

    /// <summary>Number of this lease.</summary>
    public long Token { get; }

    /// <summary>Who holds it.</summary>
    public string Who { get; }

    /// <summary>Why the press may not be commanded any more; null while it may. Asked before every command.</summary>
    public string? Lost
    {
        get
        {
            lock (_gate)
            {
                return _lost ??= _time.GetElapsedTime(_renewed) > Lifetime ? $"the lease of {Press} was not renewed for {Lifetime.TotalSeconds:0} s" : null;
            }
        }
    }

    /// <summary>Takes the right to command a press.</summary>
    /// <exception cref="PressBusyException">Somebody else has it, or the press waits for a person to clear it.</exception>
    public static PressLease Take(LabDatabase lab, string press, string who, string? runId, TimeProvider time) => Take(lab, press, who, runId, null, time);

    /// <summary>Takes the right to command a press again for a run that was lost on it. The person who takes the run up has looked at the press, and says so.</summary>
    /// <exception cref="PressBusyException">Somebody else has it, or the press waits for a person because of another run.</exception>
    public static PressLease TakeUp(LabDatabase lab, string press, string who, string runId, string reason, TimeProvider time) => Take(lab, press, who, runId, reason, time);

    private static PressLease Take(LabDatabase lab, string press, string who, string? runId, string? takenUp, TimeProvider time)
    {
        SqliteConnection connection = Schema.Connect(lab.DatabasePath);
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            LeaseState? now = Read(connection, transaction, press, time);
            if (now is { IsHeld: true }) throw new PressBusyException($"{press} is commanded by {now.Who}{For(now.RunId)}", $"wait until it is let go, at most {Lifetime.TotalSeconds:0} s after its process is gone, or end that run: isobar stop {now.RunId ?? press}");
            bool own = takenUp is not null && string.Equals(now?.RunId, runId, StringComparison.Ordinal);
            if (now?.Blocked is { } why && !own) throw new PressBusyException($"{press} waits for a person: {why}", $"look at the press, then: isobar clear '{press}' --reason '...'");
            long token = (now?.Token ?? 0) + 1;
            Write(connection, transaction, press, token, who, runId, time.GetUtcNow() + Lifetime, Held, "");
            Log(connection, transaction, press, token, who, takenUp is null ? "taken" : "taken up", takenUp is null ? For(runId) : $"{For(runId)}: {takenUp}", time);
            transaction.Commit();
            return new PressLease(connection, lab.DatabasePath, time, press, token, who);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw LabException.From(exception, lab.DatabasePath);
        }
        catch (PressBusyException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Where a press stands; null when it was never commanded.</summary>
    public static LeaseState? StateOf(LabDatabase lab, string press, TimeProvider time)
    {
        using SqliteConnection connection = Schema.Connect(lab.DatabasePath);
        return Read(connection, null, press, time);
    }

    /// <summary>A person has looked at the press: it may be commanded again. A lease that somebody still holds is broken by it, and that is written down.</summary>
    /// <exception cref="LabException">The press was never commanded.</exception>
    public static LeaseState Clear(LabDatabase lab, string press, string who, string reason, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new ArgumentException("a person who clears a press says why", nameof(reason));
        using SqliteConnection connection = Schema.Connect(lab.DatabasePath);
        using SqliteTransaction transaction = connection.BeginTransaction();
        LeaseState now = Read(connection, transaction, press, time) ?? throw new LabException($"{press} was never commanded from {lab.DatabasePath}; there is nothing to clear");
        Write(connection, transaction, press, now.Token + 1, who, null, time.GetUtcNow(), Free, "");
        Log(connection, transaction, press, now.Token + 1, who, now.IsHeld ? "broken" : "cleared", reason, time);
        transaction.Commit();
        return now;
    }

    /// <summary>Makes it live on; false when it was lost.</summary>
    public bool Renew()
    {
        lock (_gate)
        {
            if (_released || Lost is not null) return false;
            try
            {
                long until = Microseconds(_time.GetUtcNow() + Lifetime);
                int rows = Schema.Execute(_connection, null, "UPDATE lease SET until_utc_us = $until WHERE press = $press AND token = $token", ("$until", until), ("$press", Press), ("$token", Token));
                if (rows == 0) _lost = $"the lease of {Press} was taken away by a person";
                else _renewed = _time.GetTimestamp();
            }
            catch (SqliteException)
            {
                // A busy or full disk takes nothing away yet; a lease that cannot be renewed in time is lost by its age.
                return false;
            }

            return _lost is null;
        }
    }

    /// <summary>Lets the press go.</summary>
    /// <param name="blocked">Why a person must look at it before the next command; null when anybody may command it.</param>
    public void Release(string? blocked)
    {
        lock (_gate)
        {
            if (_released) return;
            _released = true;
            try
            {
                using SqliteTransaction transaction = _connection.BeginTransaction();
                int rows = Schema.Execute(
                    _connection,
                    transaction,
                    "UPDATE lease SET state = $state, text = $text, until_utc_us = $until WHERE press = $press AND token = $token",
                    ("$state", blocked is null ? Free : Blocked),
                    ("$text", blocked ?? ""),
                    ("$until", Microseconds(_time.GetUtcNow())),
                    ("$press", Press),
                    ("$token", Token));
                if (rows > 0) Log(_connection, transaction, Press, Token, Who, "let go", blocked ?? "", _time);
                transaction.Commit();
            }
            catch (SqliteException exception)
            {
                throw LabException.From(exception, _path);
            }
        }
    }

    /// <summary>Without <see cref="Release"/> the press is taken to have been left, and a person must clear it.</summary>
    public void Dispose() => _connection.Dispose();

    private static LeaseState? Read(SqliteConnection connection, SqliteTransaction? transaction, string press, TimeProvider time)
    {
        using SqliteCommand command = Schema.Command(connection, transaction, "SELECT token, who, run_id, until_utc_us, state, text FROM lease WHERE press = $press", ("$press", press));
        using SqliteDataReader reader = command.ExecuteReader();
        if (!reader.Read()) return null;
        string? run = reader.IsDBNull(2) ? null : reader.GetString(2);
        DateTimeOffset until = DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(3) * TimeSpan.TicksPerMicrosecond);
        string state = reader.GetString(4);
        bool held = string.Equals(state, Held, StringComparison.Ordinal);
        bool living = held && until > time.GetUtcNow();
        string? blocked = string.Equals(state, Blocked, StringComparison.Ordinal) ? reader.GetString(5)
            : held && !living ? $"it was left without being let go by {reader.GetString(1)}{For(run)}"
            : null;
        return new LeaseState(press, reader.GetInt64(0), reader.GetString(1), run, until, blocked, living);
    }

    private static void Write(SqliteConnection connection, SqliteTransaction transaction, string press, long token, string who, string? run, DateTimeOffset until, string state, string text) => Schema.Execute(
        connection,
        transaction,
        """
        INSERT INTO lease (press, token, who, run_id, until_utc_us, state, text) VALUES ($press, $token, $who, $run, $until, $state, $text)
        ON CONFLICT (press) DO UPDATE SET token = excluded.token, who = excluded.who, run_id = excluded.run_id, until_utc_us = excluded.until_utc_us, state = excluded.state, text = excluded.text
        """,
        ("$press", press),
        ("$token", token),
        ("$who", who),
        ("$run", run),
        ("$until", Microseconds(until)),
        ("$state", state),
        ("$text", text));

    private static void Log(SqliteConnection connection, SqliteTransaction transaction, string press, long token, string who, string what, string text, TimeProvider time) => Schema.Execute(
        connection,
        transaction,
        "INSERT INTO press_log (press, utc_us, token, who, what, text) VALUES ($press, $utc, $token, $who, $what, $text)",
        ("$press", press),
        ("$utc", Microseconds(time.GetUtcNow())),
        ("$token", token),
        ("$who", who),
        ("$what", what),
        ("$text", text));

    private static string For(string? run) => run is null ? "" : $" for run {run}";

    private static long Microseconds(DateTimeOffset when) => (when - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>A press that may not be commanded now.</summary>
/// <param name="message">Why not.</param>
/// <param name="next">What to do.</param>
public sealed class PressBusyException(string message, string next) : IOException($"{message}; {next}")
{
    /// <summary>Why not.</summary>
    public string Found { get; } = message;

    /// <summary>What to do.</summary>
    public string Next { get; } = next;
}
