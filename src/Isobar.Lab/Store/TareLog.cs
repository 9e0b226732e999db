using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Quantities;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>One taring of a press.</summary>
/// <param name="At">When.</param>
/// <param name="Offset">Untared force that counts as zero since then.</param>
/// <param name="Drift">What it had moved since the taring before; since nought for the first.</param>
/// <param name="Who">Who tared.</param>
/// <param name="Reason">Why.</param>
public sealed record TareRecord(DateTimeOffset At, Force Offset, Force Drift, string Who, string Reason);

/// <summary>
/// Every taring of a press, the last one in force. It stands apart from the calibration and is never changed, so that the drift of a sensor can be seen.
/// </summary>
public static class TareLog
{
    /// <summary>The tarings of a press, the oldest first.</summary>
    /// <exception cref="LabException">The database cannot be read.</exception>
    public static ImmutableArray<TareRecord> Of(LabDatabase lab, string press) => Guard(lab, connection => Read(connection, null, press));

    /// <summary>The tare in force; null for a press that was never tared.</summary>
    /// <exception cref="LabException">The database cannot be read.</exception>
    public static TareRecord? InForce(LabDatabase lab, string press) => Of(lab, press) is [.., var last] ? last : null;

    /// <summary>Takes an untared force as zero, or says why not; what was refused is in the log of the press too.</summary>
    /// <param name="lab">The laboratory.</param>
    /// <param name="press">Identity of the press.</param>
    /// <param name="capacity">Largest force of the press.</param>
    /// <param name="untared">The untared force now.</param>
    /// <param name="who">Who tares.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LabException">The database cannot be written; nothing was tared.</exception>
    public static (TareRecord? Taken, string? Refusal) Zero(LabDatabase lab, string press, Force capacity, Force untared, string who, string reason, TimeProvider time) => Guard<(TareRecord?, string?)>(lab, connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddTicks(Microseconds(time.GetUtcNow()) * TimeSpan.TicksPerMicrosecond);
        var tare = new Tare(capacity, [.. Read(connection, transaction, press).Select(entry => new TareEntry((entry.At - DateTimeOffset.UnixEpoch).TotalSeconds, entry.Offset, entry.Drift))]);
        (tare, string? refusal) = tare.Zero((now - DateTimeOffset.UnixEpoch).TotalSeconds, untared);
        var taken = refusal is null ? new TareRecord(now, tare.Log[^1].Offset, tare.Log[^1].Drift, who, reason) : null;
        if (taken is not null)
        {
            Schema.Execute(
                connection,
                transaction,
                "INSERT INTO tare (press, utc_us, offset_n, drift_n, who, reason) VALUES ($press, $utc, $offset, $drift, $who, $reason)",
                ("$press", press),
                ("$utc", Microseconds(now)),
                ("$offset", taken.Offset.Newtons),
                ("$drift", taken.Drift.Newtons),
                ("$who", who),
                ("$reason", reason));
        }

        Schema.Execute(
            connection,
            transaction,
            "INSERT INTO press_log (press, utc_us, token, who, what, text) VALUES ($press, $utc, 0, $who, $what, $text)",
            ("$press", press),
            ("$utc", Microseconds(now)),
            ("$who", who),
            ("$what", taken is null ? "tare refused" : "tared"),
            ("$text", refusal ?? $"{taken!.Offset}, drifted by {taken.Drift}; {reason}"));
        transaction.Commit();
        return (taken, refusal);
    });

    private static ImmutableArray<TareRecord> Read(SqliteConnection connection, SqliteTransaction? transaction, string press)
    {
        using SqliteCommand command = Schema.Command(connection, transaction, "SELECT utc_us, offset_n, drift_n, who, reason FROM tare WHERE press = $press ORDER BY id", ("$press", press));
        using SqliteDataReader reader = command.ExecuteReader();
        var log = ImmutableArray.CreateBuilder<TareRecord>();
        while (reader.Read())
        {
            log.Add(new TareRecord(
                DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(0) * TimeSpan.TicksPerMicrosecond), new Force(reader.GetDouble(1)), new Force(reader.GetDouble(2)), reader.GetString(3), reader.GetString(4)));
        }

        return log.ToImmutable();
    }

    private static long Microseconds(DateTimeOffset when) => (when - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static T Guard<T>(LabDatabase lab, Func<SqliteConnection, T> action)
    {
        try
        {
            using SqliteConnection connection = Schema.Connect(lab.DatabasePath);
            return action(connection);
        }
        catch (SqliteException exception)
        {
            throw LabException.From(exception, lab.DatabasePath);
        }
    }
}
