using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>The state of a request in the pipeline, kept as a feature of its <see cref="HttpContext"/>.</summary>
internal sealed class ApiContext(string requestId)
{
    /// <summary>Gets the id of the request, <c>req_</c> and 16 hex digits, for the response, the logs and the trace.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>Gets or sets the caller after the key check.</summary>
    public KeyCaller? Caller { get; set; }

    /// <summary>Gets or sets the signed-in person after the token check.</summary>
    public Person? Person { get; set; }

    /// <summary>Gets or sets the person's membership of the requested workspace, if the endpoint requires a role.</summary>
    public Member? Member { get; set; }

    /// <summary>Gets or sets the state of the caller's limits after they were checked.</summary>
    public RateLimitState? RateLimit { get; set; }

    /// <summary>Gets or sets the deadline of the work. An endpoint that reads much data may extend it.</summary>
    public WorkDeadline? Deadline { get; set; }

    /// <summary>Gets or sets the body, which is always an object. It is undefined if it is optional and absent.</summary>
    public JsonElement Body { get; set; }

    /// <summary>Gets or sets the bytes of the body.</summary>
    public ReadOnlyMemory<byte> BodyBytes { get; set; }

    /// <summary>Gets or sets the seed of an endpoint that creates a resource.</summary>
    public CreationSeed? CreationSeed { get; set; }
}

/// <summary>A signed-in person, from the provider's token.</summary>
/// <param name="Identity">The identity at the provider.</param>
/// <param name="Email">The e-mail address; null if the token has none.</param>
/// <param name="IsEmailVerified">True if the provider has verified the address.</param>
/// <param name="Name">The name; null if the token has none.</param>
internal sealed record Person(Identity Identity, string? Email, bool IsEmailVerified, string? Name);

internal static class ApiContextExtensions
{
    public static ApiContext Api(this HttpContext context) => context.Features.GetRequiredFeature<ApiContext>();

    /// <summary>Ends the deadline, because the response is complete and the time to send it depends on the client.</summary>
    public static void BeginAnswer(this HttpContext context) => context.Api().Deadline?.Complete(context);

    public static KeyCaller Caller(this HttpContext context) =>
        context.Api().Caller ?? throw new InvalidOperationException("The endpoint requires no scope, so no key was checked.");

    public static CreationSeed CreationSeed(this HttpContext context) =>
        context.Api().CreationSeed ?? throw new InvalidOperationException("The endpoint creates a resource but is not declared as idempotent.");

    public static Person Person(this HttpContext context) =>
        context.Api().Person ?? throw new InvalidOperationException("The endpoint requires no sign-in, so no token was checked.");

    public static Member Member(this HttpContext context) =>
        context.Api().Member ?? throw new InvalidOperationException("The endpoint requires no role, so no membership was read.");
}
