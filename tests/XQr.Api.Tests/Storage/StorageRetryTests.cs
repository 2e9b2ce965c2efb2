using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.Tests.Storage;

public sealed class StorageRetryTests : IDisposable
{
    /// <summary>The status of an attempt without a response.</summary>
    private const int NoResponse = 0;

    private readonly StillTime time = new();
    private readonly LogLines logs = new();
    private readonly FakeStorage storage;
    private readonly TableClient table;

    public StorageRetryTests()
    {
        storage = new(time);
        var retry = new StorageRetry(time, LoggerFactory.Create(logging => logging.AddProvider(logs)).CreateLogger<StorageRetry>());
        var options = new TableClientOptions { RetryPolicy = retry, Transport = new HttpClientTransport(storage) };
        options.AddPolicy(storage.Timeouts, HttpPipelinePosition.PerRetry);
        table = new("TableEndpoint=http://127.0.0.1:1/a;AccountName=a;AccountKey=a2V5", "links", options);
    }

    public void Dispose() => storage.Dispose();

    [Theory]
    [InlineData(503)]
    [InlineData(NoResponse)]
    public async Task Request_IsTriedThreeTimes(int status)
    {
        storage.Responds(status);

        await Assert.ThrowsAnyAsync<Exception>(CallAsync);

        Assert.Equal([null, null, null], storage.Timeouts.All);
        Assert.Empty(logs.All);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(NoResponse)]
    public async Task Start_IsTriedForHalfAMinute(int status)
    {
        storage.Responds(status);

        using (StorageRetry.BeginStart())
        {
            await Assert.ThrowsAnyAsync<Exception>(CallAsync);
        }

        Assert.Equal(Enumerable.Repeat<TimeSpan?>(TimeSpan.FromSeconds(10), 5), storage.Timeouts.All);
        Assert.Single(logs.All);
    }

    [Fact]
    public async Task Start_EndsAtTheFirstResponse_AndItsTimeWithIt()
    {
        storage.Responds(NoResponse, 503, NoResponse, 204, 503);

        using (StorageRetry.BeginStart())
        {
            await CallAsync();
        }

        Assert.Equal(4, storage.Timeouts.All.Count);
        await Assert.ThrowsAnyAsync<Exception>(CallAsync);
        Assert.Equal(7, storage.Timeouts.All.Count);
    }

    [Fact]
    public async Task Start_LogsOnceThatItWaits()
    {
        storage.Responds(NoResponse, 204, NoResponse, 204);

        using (StorageRetry.BeginStart())
        {
            await CallAsync();
            await CallAsync();
        }

        Assert.Contains("(No response.)", Assert.Single(logs.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_IsNotRetried()
    {
        storage.Responds(403);

        using (StorageRetry.BeginStart())
        {
            await Assert.ThrowsAnyAsync<Exception>(CallAsync);
        }

        Assert.Single(storage.Timeouts.All);
        Assert.Empty(logs.All);
    }

    private Task CallAsync() => table.DeleteEntityAsync("p", "r", cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Takes seven seconds for each attempt.</summary>
    private sealed class FakeStorage(StillTime time) : HttpMessageHandler
    {
        private readonly Queue<int> statuses = new();

        public TimeoutList Timeouts { get; } = new();

        /// <summary>Sets the statuses of the next attempts. The last one is repeated.</summary>
        public void Responds(params int[] next) => Array.ForEach(next, statuses.Enqueue);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromSeconds(7));
            var status = statuses.Count > 1 ? statuses.Dequeue() : statuses.Peek();
            return status == NoResponse
                ? throw new HttpRequestException("No response.")
                : Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) });
        }
    }

    /// <summary>Records the timeout of each attempt; null is that of the client.</summary>
    private sealed class TimeoutList : HttpPipelineSynchronousPolicy
    {
        public List<TimeSpan?> All { get; } = [];

        public override void OnSendingRequest(HttpMessage message) => All.Add(message.NetworkTimeout);
    }
}
