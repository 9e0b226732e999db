using System.Collections.Immutable;
using System.Globalization;
using Isobar.Protocols;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>Something that a person asked of a run from another process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Verb">What; null for the answer to a prompt.</param>
/// <param name="Reason">Why.</param>
/// <param name="Who">Who asked.</param>
/// <param name="Answer">What came of it; null while nobody has answered.</param>
public sealed record RunRequest(long Id, PressVerb? Verb, string Reason, string Who, string? Answer);

/// <summary>
/// The way from one process to a run that another one makes, through the laboratory database: who asked what and why stays on record with the answer.
/// One object per thread.
/// </summary>
public sealed class RunRequests : IDisposable
{
    private const string Answering = "Answer";

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Opens the way.</summary>
    /// <exception cref="LabException">The database cannot be opened.</exception>
    public RunRequests(LabDatabase lab, TimeProvider time)
    {
        _path = lab.DatabasePath;
        _time = time;
        _connection = Guard(() => Schema.Connect(_path));
    }

    /// <summary>Asks; gives the number of the request. Without a verb it is the answer to a prompt, and the reason says what was done.</summary>
    public long Ask(string runId, PressVerb? verb, string reason, string who) => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(
            _connection,
            null,
            "INSERT INTO request (run_id, verb, reason, who, asked_utc_us) VALUES ($run, $verb, $reason, $who, $utc) RETURNING id",
            ("$run", runId),
            ("$verb", verb?.ToString() ?? Answering),
            ("$reason", reason),
            ("$who", who),
            ("$utc", Now()));
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    });

    /// <summary>What came of a request; null while nobody has answered.</summary>
    public string? AnswerOf(long id) => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT answer FROM request WHERE id = $id", ("$id", id));
        return command.ExecuteScalar() as string;
    });

    /// <summary>What was asked of a run and is not answered yet, in order.</summary>
    public ImmutableArray<RunRequest> Waiting(string runId) => All("SELECT id, verb, reason, who, answer FROM request WHERE run_id = $run AND answer IS NULL ORDER BY id", runId);

    /// <summary>Everything that was asked of a run, in order.</summary>
    public ImmutableArray<RunRequest> Of(string runId) => All("SELECT id, verb, reason, who, answer FROM request WHERE run_id = $run ORDER BY id", runId);

    /// <summary>Answers.</summary>
    public void Answer(long id, string answer) => Guard(() => Schema.Execute(
        _connection, null, "UPDATE request SET answer = $answer, answered_utc_us = $utc WHERE id = $id AND answer IS NULL", ("$answer", answer), ("$utc", Now()), ("$id", id)));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private ImmutableArray<RunRequest> All(string sql, string runId) => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(_connection, null, sql, ("$run", runId));
        using SqliteDataReader reader = command.ExecuteReader();
        var requests = ImmutableArray.CreateBuilder<RunRequest>();
        while (reader.Read())
            requests.Add(new RunRequest(reader.GetInt64(0), VerbOf(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
        return requests.ToImmutable();
    });

    private static PressVerb? VerbOf(string written) => string.Equals(written, Answering, StringComparison.Ordinal) ? null : Enum.Parse<PressVerb>(written);

    private long Now() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw LabException.From(exception, _path);
        }
    }
}
