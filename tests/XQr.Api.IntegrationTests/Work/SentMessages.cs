using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>A message that storage has accepted.</summary>
/// <param name="Id">The id of the message.</param>
/// <param name="Receipt">The receipt with which its sender may change it.</param>
/// <param name="Delay">The time until it is visible.</param>
internal sealed record SentMessage(string Id, string Receipt, TimeSpan Delay);

/// <summary>Notes the messages that an application sends, so that a test need not wait for their delay.</summary>
internal sealed partial class SentMessages : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<SentMessage> sent = new();
    private int delayed;

    public IReadOnlyCollection<SentMessage> All => sent;

    /// <summary>Returns the delayed messages since the last call.</summary>
    public IEnumerable<SentMessage> TakeDelayed()
    {
        var all = sent.Skip(Interlocked.Exchange(ref delayed, sent.Count)).ToList();
        return all.Where(message => message.Delay > TimeSpan.Zero);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Post && message.HasResponse
            && Accepted().Match(message.Response.Content.ToString()) is { Success: true } accepted)
        {
            var delay = HttpUtility.ParseQueryString(message.Request.Uri.Query)["visibilitytimeout"];
            sent.Enqueue(new(
                accepted.Groups[1].Value,
                accepted.Groups[2].Value,
                TimeSpan.FromSeconds(int.Parse(delay ?? "0", CultureInfo.InvariantCulture))));
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");

    [GeneratedRegex("<MessageId>(.+?)</MessageId>.*<PopReceipt>(.+?)</PopReceipt>", RegexOptions.Singleline)]
    private static partial Regex Accepted();
}
