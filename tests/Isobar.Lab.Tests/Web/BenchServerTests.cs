using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Reports;
using Isobar.Protocols;
using Isobar.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Web;

public sealed class BenchServerTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-bench-");
    private BenchServer _server = null!;
    private string _withReport = "";
    private string _without = "";

    private string DatabasePath => Path.Combine(_folder.FullName, "lab.db");

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using (var database = LabDatabase.OpenOrCreate(DatabasePath, clock))
        {
            _withReport = Record(database, "<b>cell</b>");
            clock.Advance(TimeSpan.FromHours(1));
            _without = Record(database, "second");
            database.SaveArtefact(_withReport, BenchServer.ReportArtefact, "<p>Li₆PS₅Cl</p>"u8);
        }

        _server = await BenchServer.StartAsync(DatabasePath, IPAddress.Loopback, 0, TestContext.Current.CancellationToken);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static string Record(LabDatabase database, string name)
    {
        using RunWriter writer = database.Begin(new RunDescription(name, Fabricated.Protocol(), "simulated", "steps: []", "rate"));
        writer.Finish(RunOutcome.Completed);
        return writer.Id;
    }

    private Uri At(string path) => new(path.Replace("{with}", _withReport, StringComparison.Ordinal).Replace("{without}", _without, StringComparison.Ordinal), UriKind.Relative);

    [Fact]
    public async Task The_start_page_lists_runs_and_encodes_their_names()
    {
        HttpResponseMessage response = await _client.GetAsync(At("/"));
        string html = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.True(html.IndexOf(_without, StringComparison.Ordinal) < html.IndexOf($"href=\"/runs/{_withReport}\"", StringComparison.Ordinal), "the newest run comes first");
        Assert.Contains("&lt;b&gt;cell&lt;/b&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_answers_with_its_stored_report() =>
        Assert.Equal("<p>Li₆PS₅Cl</p>", await _client.GetStringAsync(At("/runs/{with}")));

    [Fact]
    public async Task The_api_gives_runs_as_json()
    {
        using JsonDocument all = JsonDocument.Parse(await _client.GetStringAsync(At("/api/runs")));
        Assert.Equal(2, all.RootElement.GetArrayLength());
        using JsonDocument one = JsonDocument.Parse(await _client.GetStringAsync(At("/api/runs/{with}")));
        Assert.Equal("completed", one.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("2026-01-02T03:04:05.0000000+00:00", one.RootElement.GetProperty("started").GetString());
        Assert.Equal("/runs/" + _withReport, one.RootElement.GetProperty("report").GetString());
    }

    [Theory]
    [InlineData("/runs/none", "no run 'none'")]
    [InlineData("/api/runs/none", "no run 'none'")]
    [InlineData("/runs/{without}", "no stored report")]
    [InlineData("/nowhere", "")]
    public async Task What_is_not_there_is_a_problem_with_a_reason(string path, string reason)
    {
        HttpResponseMessage response = await _client.GetAsync(At(path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(reason, Uri.UnescapeDataString(await response.Content.ReadAsStringAsync()).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs/{with}")]
    [InlineData("/api/runs")]
    [InlineData("/nowhere")]
    public async Task Every_answer_forbids_scripts_framing_and_foreign_readers(string path)
    {
        HttpResponseMessage response = await _client.GetAsync(At(path));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    public async Task A_foreign_host_name_is_turned_away(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address);
        request.Headers.Host = host.Replace("{port}", _server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        HttpResponseMessage response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(_withReport, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    [InlineData("::")]
    public async Task Only_a_loopback_address_is_served(string address)
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => BenchServer.StartAsync(DatabasePath, IPAddress.Parse(address), 0));
        Assert.Contains("loopback only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_a_problem_that_names_the_file()
    {
        string path = Path.Combine(_folder.FullName, "damaged.db");
        await File.WriteAllTextAsync(path, new string('x', 8192));
        await using BenchServer server = await BenchServer.StartAsync(path, IPAddress.Loopback, 0);
        HttpResponseMessage response = await _client.GetAsync(new Uri(server.Address, "/api/runs"));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("damaged.db", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_ends_when_asked_to()
    {
        await using BenchServer server = await BenchServer.StartAsync(DatabasePath, IPAddress.Loopback, 0, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        Task running = server.RunUntilAsync(stop.Token);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address));
    }
}
