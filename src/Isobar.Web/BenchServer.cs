using System.Net;
using System.Text;
using Isobar.Lab.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Isobar.Web;

/// <summary>
/// The bench in a browser: the runs of the laboratory and their reports, read only, on this machine's loopback address and no other.
/// </summary>
public sealed class BenchServer : IAsyncDisposable
{
    /// <summary>Name under which the report of a run is kept with it.</summary>
    public const string ReportArtefact = "report.html";

    private readonly WebApplication _app;

    private BenchServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Where it listens, with the port that was really taken.</summary>
    public Uri Address { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="databasePath">The laboratory database; opened anew for each request, since it serves one thread at a time.</param>
    /// <param name="address">A loopback address.</param>
    /// <param name="port">A port, or 0 for any free one.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="ArgumentException">The address is not a loopback address.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<BenchServer> StartAsync(string databasePath, IPAddress address, int port, CancellationToken cancellation = default)
    {
        if (!IPAddress.IsLoopback(address))
        {
            throw new ArgumentException($"the bench was asked to listen on {address}, but it has no log-in and serves loopback only; use 127.0.0.1 or ::1, and a tunnel such as ssh -L to reach it from elsewhere", nameof(address));
        }

        // The empty builder reads no settings from environment or files, so nothing can move the server to another address.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        // What is wrong with the database is for the reader to know; other failures stay inside.
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            if (context.Exception is LabException failure) context.ProblemDetails.Detail = failure.Message;
        });
        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.Use(next => context => LoopbackGuard.Invoke(context, next));
        app.UseStatusCodePages();
        app.UseRouting();
        Map(app, databasePath);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new BenchServer(app, new Uri(app.Urls.Single()));
    }

    /// <summary>Serves until asked to stop.</summary>
    public async Task RunUntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult)) await stopped.Task;
        await _app.StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(IEndpointRouteBuilder app, string databasePath)
    {
        app.MapGet("/", () => Page(RunListPage.Html(List(databasePath))));
        app.MapGet("/runs/{id}", Results<ContentHttpResult, ProblemHttpResult> (string id) => Report(databasePath, id));
        app.MapGet("/api/runs", () => TypedResults.Ok(List(databasePath).Select(RunJson.Of).ToArray()));
        app.MapGet("/api/runs/{id}", Results<Ok<RunJson>, ProblemHttpResult> (string id) =>
            Find(List(databasePath), id) is { } run ? TypedResults.Ok(RunJson.Of(run)) : NoRun(id));
    }

    // Newest first: that is the run a person comes for.
    private static List<RunSummary> List(string databasePath)
    {
        using var database = LabDatabase.OpenOrCreate(databasePath);
        return [.. database.Runs().Reverse()];
    }

    private static RunSummary? Find(List<RunSummary> runs, string id) =>
        runs.Find(run => string.Equals(run.Id, id, StringComparison.OrdinalIgnoreCase));

    private static Results<ContentHttpResult, ProblemHttpResult> Report(string databasePath, string id)
    {
        if (Find(List(databasePath), id) is not { } run) return NoRun(id);
        using var database = LabDatabase.OpenOrCreate(databasePath);
        return database.ReadArtefact(run.Id, ReportArtefact) is { } report ? Page(Encoding.UTF8.GetString(report)) : NoReport(run.Id);
    }

    private static ContentHttpResult Page(string html) => TypedResults.Content(html, "text/html", Encoding.UTF8);

    private static ProblemHttpResult NoRun(string id) => TypedResults.Problem(
        $"the laboratory database has no run '{id}'; /api/runs lists the runs it has", title: "No such run", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NoReport(string id) => TypedResults.Problem(
        $"run '{id}' has no stored report; it may still be running, or it was recorded without one", title: "No report", statusCode: StatusCodes.Status404NotFound);
}
