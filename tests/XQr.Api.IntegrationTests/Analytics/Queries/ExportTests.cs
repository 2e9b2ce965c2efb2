using System.Globalization;
using System.IO.Compression;
using System.Net;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

public sealed class ExportTests(ServiceFixture service)
{
    private const string Path = "/api/v1/analytics/export";

    [Fact]
    public async Task File_HasANameAndItsType()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var answer = await client.GetAsync($"{Path}?from_date=2026-03-01&to_date=2026-03-31");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"scans-2026-03-01-2026-03-31.csv\"", answer.Header("Content-Disposition"));
        Assert.Equal("timestamp,link_id,short_code,country,device,browser,os,referrer\r\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    public async Task AcceptEncoding_IsHonoured(string accepted, string? used)
    {
        var (workspace, _) = await NewScansAsync(50);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        var answer = await workspace.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStreamAsync();
        var file = used switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        var lines = await new StreamReader(file).ReadToEndAsync();

        Assert.Equal(used, answer.Header("Content-Encoding"));
        Assert.Equal(51, lines.Count(character => character == '\n'));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    /// <summary>The size of a compressed response would reveal secrets in it beside text that the caller chose. An error is small.</summary>
    [Theory]
    [InlineData("/api/v1/analytics/timeseries?interval=day")]
    [InlineData($"{Path}?from_date=yesterday")]
    public async Task OtherAnswers_AreNotPacked(string path)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        Assert.Null((await client.SendAsync(request)).Header("Content-Encoding"));
    }

    [Fact]
    public async Task PlanWithoutTheFeature_Is403()
    {
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:CsvExport"] = "false" });
        var client = (await instance.NewWorkspaceAsync(Plan.Pro)).Client;

        await (await client.GetAsync(Path)).ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/analytics/summary")).StatusCode);
    }

    [Fact]
    public async Task StorageFailsBeforeTheFirstLine_IsToldInTheEnvelope()
    {
        await using var instance = await service.StartAnotherAsync();
        var (workspace, _) = await NewScansAsync(10);
        var client = instance.NewClient(workspace.Key);
        await client.GetAsync(Path);

        instance.Faults.DieAfter(1, loseNextResponse: false);

        await (await client.GetAsync(Path)).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
    }

    /// <summary>A part must not look like the whole.</summary>
    [Fact]
    public async Task StorageFailsLater_TheConnectionIsBrokenOff()
    {
        // The clock stands still, so that the key is not checked again.
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var (workspace, count) = await NewScansAsync(80_000);
        var client = instance.NewClient(workspace.Key);
        await instance.UseAsync(workspace.Key);
        Assert.Equal(count + 1, (await client.GetStringAsync(Path)).Count(character => character == '\n'));
        var calls = await instance.Calls.DuringAsync(() => client.GetAsync(Path));
        instance.Faults.DieAfter(calls.Count(call => !call.IsOfAdmission) - 1, loseNextResponse: false);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(Path));
        Assert.IsAssignableFrom<IOException>(failure.InnerException);
    }

    /// <summary>A file that the platform would cut must not be begun.</summary>
    [Fact]
    public async Task MoreScansThanAFileOfSeveralDaysHas_AreRefusedWithTheDaysToAskFor()
    {
        var workspace = await service.NewWorkspaceAsync();
        foreach (var hour in (string[])["2026030110", "2026030223", "2026030300", "2026030401"])
        {
            await AddRowAsync(workspace, hour, 500_000);
        }

        Assert.Equal(
            "must be 2026-03-02 or earlier for this from_date: a file of several days has at most 1,000,000 scans; export the other days afterwards",
            await FaultAsync("2026-03-01", "2026-03-31"));
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"{Path}?from_date=2026-03-01&to_date=2026-03-02")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"{Path}?from_date=2026-03-03&to_date=2026-03-31")).StatusCode);

        // A day can't be divided, so it is always tried.
        await AddRowAsync(workspace, "2026030111", 600_000);
        Assert.StartsWith("must be the same day as from_date: ", await FaultAsync("2026-03-01", "2026-03-02"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"{Path}?from_date=2026-03-01&to_date=2026-03-01")).StatusCode);

        async Task<string> FaultAsync(string from, string to) => (await (await workspace.Client.GetAsync($"{Path}?from_date={from}&to_date={to}"))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).GetProperty("details")[0].Text("message");
    }

    [Fact]
    public async Task PendingScans_CountForTheLimitOfAFile()
    {
        var workspace = await service.NewWorkspaceAsync();
        await AddRowAsync(workspace, "2026030110", 500_000);
        await AddRowAsync(workspace, "2026030323", 499_995);
        await StoreAsync(day: 2, count: 2);
        await StoreAsync(day: 5, count: 3);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync()).StatusCode);

        await StoreAsync(day: 5, count: 1);
        await AssertRefusedAsync("must be 2026-03-04 or earlier ");
        await StoreAsync(day: 2, count: 4);
        await AssertRefusedAsync("must be 2026-03-02 or earlier ");
        await service.Application.AggregateAsync(workspace.Id);
        await AssertRefusedAsync("must be 2026-03-02 or earlier ");

        Task<HttpResponseMessage> GetAsync() => workspace.Client.GetAsync($"{Path}?from_date=2026-03-01&to_date=2026-03-31");

        Task StoreAsync(int day, int count) => service.Application.StoreScansAsync(workspace.Id, Enumerable.Range(0, count).Select(index =>
            new Scan(Guid.NewGuid(), new(2026, 3, day, 12, index, 0, TimeSpan.Zero), "DE", "mobile", "Safari", "iOS", "direct")));

        async Task AssertRefusedAsync(string message) => Assert.StartsWith(
            message,
            (await (await GetAsync()).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).GetProperty("details")[0].Text("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TimeForAFile_EndsBeforeThePlatformEndsTheRequest() =>
        Assert.InRange(ExportEndpoints.ExportTimeout, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(220));

    /// <summary>Archived scans as a row that says how many they are; there are none in it.</summary>
    private async Task AddRowAsync(TestWorkspace workspace, string hour, int scans) =>
        await service.Application.Service<Tables>().Workspaces.AddEntityAsync(
            ScanStore.ToRow(workspace.Id, $"z{hour}000000", ScanBatchFormat.Write([]), scans));

    private async Task<(TestWorkspace Workspace, int Count)> NewScansAsync(int count)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await KnownLink.CreateAsync(workspace.Client);
        var beginning = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-4), TimeSpan.Zero);
        await service.Application.StoreScansAsync(workspace.Id, Enumerable.Range(0, count).Select(index => new Scan(
            link.Id, beginning.AddSeconds(index * 2), "DE", "mobile", "Safari", "iOS", string.Create(
                CultureInfo.InvariantCulture, $"{index % 100}.example"))));
        await service.Application.AggregateAsync(workspace.Id);
        return (workspace, count);
    }
}
