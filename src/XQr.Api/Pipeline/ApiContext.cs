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

    /// <summary>Who has signed in, once the token is checked.</summary>
    public Person? Person { get; set; }

    /// <summary>The person as a member of the workspace that the request is about, where the endpoint wants a role.</summary>
    public Member? Member { get; set; }

    /// <summary>What is left of the caller's limits, once they were asked.</summary>
    public RateLimitState? RateLimit { get; set; }

    /// <summary>Ends the work in time to tell an outage; an endpoint that has much to read may put it off.</summary>
    public WorkDeadline? Deadline { get; set; }

    /// <summary>The body, for endpoints that take one: always an object. Undefined where it is optional and absent.</summary>
    public JsonElement Body { get; set; }

    /// <summary>The body as it was sent.</summary>
    public ReadOnlyMemory<byte> BodyBytes { get; set; }

    /// <summary>What the request creates something by, for endpoints that do.</summary>
    public Operation? Operation { get; set; }
}

/// <summary>Who has signed in, as the provider's token says.</summary>
/// <param name="Identity">Who it is to the provider.</param>
/// <param name="Email">The e-mail address; null where the token has none.</param>
/// <param name="IsEmailVerified">Whether the provider has made sure that the address is the person's.</param>
/// <param name="Name">What people call the person; null where the token doesn't say.</param>
internal sealed record Person(Identity Identity, string? Email, bool IsEmailVerified, string? Name);

/// <summary>Who sends a request: a key, its workspace, and what the workspace's plan allows.</summary>
internal sealed record Caller(ApiKey Key, Workspace Workspace, PlanOptions Plan)
{
    public string WorkspaceId => Workspace.Id;
}

internal static class ApiContextExtensions
{
    public static ApiContext Api(this HttpContext context) => context.Features.GetRequiredFeature<ApiContext>();

    /// <summary>Ends the work's deadline: the answer is complete, and how long sending it takes depends on the client's line.</summary>
    public static void BeginAnswer(this HttpContext context) => context.Api().Deadline?.Complete(context);

    public static Caller Caller(this HttpContext context) =>
        context.Api().Caller ?? throw new InvalidOperationException("The endpoint has no scope, so its caller wasn't asked for a key.");

    public static Person Person(this HttpContext context) =>
        context.Api().Person ?? throw new InvalidOperationException("The endpoint wants nobody signed in, so its caller wasn't asked for a token.");

    public static Member Member(this HttpContext context) =>
        context.Api().Member ?? throw new InvalidOperationException("The endpoint wants no role, so no workspace was looked for.");
}
