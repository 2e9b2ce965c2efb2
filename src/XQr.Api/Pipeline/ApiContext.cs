using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline;

/// <summary>What the pipeline found out about a request, kept as a feature of it.</summary>
internal sealed class ApiContext(string requestId)
{
    /// <summary><c>req_</c> and 16 hex digits: in the answer, its header, every log line and the trace.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>The caller, once its key is checked.</summary>
    public Caller? Caller { get; set; }

    /// <summary>What is left of the caller's limits, once they were asked.</summary>
    public RateLimitState? RateLimit { get; set; }

    /// <summary>Ends the work in time to tell an outage; an endpoint that has much to read may put it off.</summary>
    public CancellationTokenSource? Deadline { get; set; }

    /// <summary>The body, for endpoints that take one: always an object.</summary>
    public JsonElement Body { get; set; }

    /// <summary>The body as it was sent.</summary>
    public ReadOnlyMemory<byte> BodyBytes { get; set; }

    /// <summary>What the request creates something by, for endpoints that do.</summary>
    public Operation? Operation { get; set; }
}

/// <summary>Who sends a request: a key, its workspace, and what the workspace's plan allows.</summary>
internal sealed record Caller(ApiKey Key, Workspace Workspace, PlanOptions Plan)
{
    public string WorkspaceId => Workspace.Id;
}

internal static class ApiContextExtensions
{
    public static ApiContext Api(this HttpContext context) => context.Features.GetRequiredFeature<ApiContext>();

    public static Caller Caller(this HttpContext context) =>
        context.Api().Caller ?? throw new InvalidOperationException("The endpoint has no scope, so its caller wasn't asked for a key.");
}
