using System.Net;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Dashboard.Tests.Links;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Dashboard.Tests;

/// <summary>Storage that hangs: pages and forms end with an error from which the person can go on.</summary>
public sealed partial class OutageTests(ServiceFixture service)
{
    [Fact]
    public async Task StorageThatHangs_PagesTryAgainAndFormsAreKept()
    {
        await using var gate = new StorageGate(service.ConnectionString);
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString, service.Issuer.Settings);
        var site = await LinkSite.OpenAsync(service, instance: instance);
        var link = (await site.Api.NewLinkAsync()).Text("id");
        await site.PageAsync();

        instance.StorageTimeout.IsExtended = false;
        gate.Close(hangs: true);
        string[] pages = ["", "/links", "/links?q=a", $"/links/{link}", $"/links/{link}/edit", "/settings/members", "/settings/developers"];
        var reading = pages.Select(page => site.Browser.GetAsync(Paths.Of(site.WorkspaceId) + page)).ToArray();
        var sending = site.Browser.PostAsync(
            $"{site.Path}/new", ("creation", "0123456789abcdef"), ("url", "https://example.com/\"kept\""), ("labels", "a, b"));
        foreach (var response in await Task.WhenAll(reading))
        {
            var page = await IsUnavailableAsync(response);
            Assert.Contains("data-seconds=\"5\"", page, StringComparison.Ordinal);
        }

        var kept = await IsUnavailableAsync(await sending);
        Assert.DoesNotContain("data-seconds", kept, StringComparison.Ordinal);

        instance.StorageTimeout.IsExtended = true;
        gate.Open();
        var form = KeptForm().Match(kept);
        var fields = Fields().Matches(form.Value)
            .Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        using var again = new HttpRequestMessage(HttpMethod.Post, form.Groups["action"].Value) { Content = new FormUrlEncodedContent(fields) };
        using var created = await site.Browser.SendAsync(again);
        Assert.Equal(HttpStatusCode.SeeOther, created.StatusCode);
        Assert.Equal(2, (await (await site.Api.GetAsync("/api/v1/links")).DataAsync()).GetArrayLength());
    }

    /// <summary>The limits are those of the API's calls: 4.5 seconds, and more for what may read much data.</summary>
    [Fact]
    public async Task WorkOverItsTime_IsCancelled()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var stall = new StorageStall(time);
        await using var instance = await service.StartAnotherAsync(services: services =>
            services.AddSingleton<TimeProvider>(time).AddSingleton<HttpPipelinePolicy>(stall));
        var site = await LinkSite.OpenAsync(service, instance: instance);
        var days = $"from_date={time.GetUtcNow():yyyy-MM-dd}&to_date={time.GetUtcNow():yyyy-MM-dd}";
        foreach (var (page, seconds) in ((string, double)[])[("/links", 4.5), ("/links?q=a", 60), ("", 10), ($"/links/export?{days}", 210)])
        {
            await site.PageAsync();
            using var response = await stall.DuringAsync(
                TimeSpan.FromSeconds(seconds), () => site.Browser.GetAsync(Paths.Of(site.WorkspaceId) + page));
            await IsUnavailableAsync(response);
            Assert.False(stall.WasEarly, page);
        }

        await site.PageAsync();
        using var sent = await stall.DuringAsync(
            TimeSpan.FromSeconds(4.5), () => site.Browser.PostAsync($"{site.Path}/new", ("url", "https://example.com/")));
        await IsUnavailableAsync(sent);
        Assert.False(stall.WasEarly);
    }

    private static async Task<string> IsUnavailableAsync(HttpResponseMessage response)
    {
        var page = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"503 expected at {response.RequestMessage!.RequestUri}, not {page}");
        Assert.Contains(response.Headers.GetValues("X-Request-Id").Single(), page, StringComparison.Ordinal);
        return page;
    }

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]+/links/new)">.*?</form>""", RegexOptions.Singleline)]
    private static partial Regex KeptForm();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();

    /// <summary>Lets calls to storage hang until they are cancelled, and moves the clock to the limit at the first of them.</summary>
    private sealed class StorageStall(FakeTimeProvider time) : HttpPipelinePolicy
    {
        private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.1);

        private int calls;

        /// <summary>Gets a value that indicates whether a request was cancelled before its limit.</summary>
        public bool WasEarly { get; private set; }

        private TimeSpan? Limit { get; set; }

        /// <summary>Lets the calls during an action hang.</summary>
        public async Task<T> DuringAsync<T>(TimeSpan limit, Func<Task<T>> action)
        {
            (Limit, calls) = (limit, 0);
            try
            {
                return await action();
            }
            finally
            {
                Limit = null;
            }
        }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (Limit is not { } limit)
            {
                await ProcessNextAsync(message, pipeline);
                return;
            }

            if (Interlocked.Increment(ref calls) == 1)
            {
                time.Advance(limit - Margin);
                WasEarly = message.CancellationToken.IsCancellationRequested;
                time.Advance(2 * Margin);
            }

            await Task.Delay(Timeout.Infinite, message.CancellationToken);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The application calls storage asynchronously.");
    }
}
