using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Isobar.Protocols;
using Isobar.Web;
using Xunit;

namespace Isobar.Lab.Tests.Web;

public sealed class BenchServerTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private BenchServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BenchServer.StartAsync(new Catalogue(), IPAddress.Loopback, 0, TestContext.Current.CancellationToken);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_start_page_lists_runs_and_encodes_their_names()
    {
        HttpResponseMessage response = await _client.GetAsync(new Uri("/", UriKind.Relative));
        string html = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("href=\"/runs/2026-001\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;cell&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/runs/a%2Fb\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_answers_with_its_stored_report() =>
        Assert.Equal("<p>report of 2026-001</p>", await _client.GetStringAsync(new Uri("/runs/2026-001", UriKind.Relative)));

    [Fact]
    public async Task The_api_gives_runs_as_json()
    {
        using JsonDocument all = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/runs", UriKind.Relative)));
        Assert.Equal(2, all.RootElement.GetArrayLength());
        using JsonDocument one = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/runs/2026-001", UriKind.Relative)));
        Assert.Equal("completed", one.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("2026-01-02T03:04:05.0000000+00:00", one.RootElement.GetProperty("started").GetString());
        Assert.Equal("/runs/2026-001", one.RootElement.GetProperty("report").GetString());
    }

    [Theory]
    [InlineData("/runs/none", "no run 'none'")]
    [InlineData("/api/runs/none", "no run 'none'")]
    [InlineData("/runs/a%2Fb", "no stored report")]
    [InlineData("/nowhere", "")]
    public async Task What_is_not_there_is_a_problem_with_a_reason(string path, string reason)
    {
        HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(reason, Uri.UnescapeDataString(await response.Content.ReadAsStringAsync()).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs/2026-001")]
    [InlineData("/api/runs")]
    [InlineData("/nowhere")]
    public async Task Every_answer_forbids_scripts_framing_and_foreign_readers(string path)
    {
        HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative));
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
        Assert.DoesNotContain("2026-001", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    [InlineData("::")]
    public async Task Only_a_loopback_address_is_served(string address)
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => BenchServer.StartAsync(new Catalogue(), IPAddress.Parse(address), 0));
        Assert.Contains("loopback only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_ends_when_asked_to()
    {
        await using BenchServer server = await BenchServer.StartAsync(new Catalogue(), IPAddress.Loopback, 0, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        Task running = server.RunUntilAsync(stop.Token);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address));
    }

    private sealed class Catalogue : IRunCatalogue
    {
        private readonly RunSummary[] _runs =
        [
            new("2026-001", "<b>cell</b>", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), RunOutcome.Completed, "sha256:1"),
            new("a/b", "simulated", null, RunOutcome.Interrupted, null),
        ];

        public IReadOnlyList<RunSummary> List() => _runs;

        public RunSummary? Find(string id) => Array.Find(_runs, run => run.Id == id);

        public string? ReportHtml(string id) => id == "2026-001" ? "<p>report of 2026-001</p>" : null;
    }
}
