using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>A failure in the envelope. Each has a named constructor: in <see cref="ApiErrors"/>, or in the <c>*Errors</c> of its slice.</summary>
internal sealed record ApiError(int Status, string Code, string Message) : IResult
{
    public JsonNode? Details { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        WriteHead(httpContext.Response);
        return EnvelopeWriter.WriteAsync(
            httpContext, Status, new ErrorEnvelope(new(Code, Message, Status, Details), EnvelopeWriter.Meta(httpContext)));
    }

    /// <summary>The status, and the headers that go with it.</summary>
    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }
}
