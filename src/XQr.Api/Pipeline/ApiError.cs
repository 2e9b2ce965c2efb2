using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>An error response. Factory methods are in <see cref="ApiErrors"/> and in the <c>*Errors</c> class of each slice.</summary>
internal sealed record ApiError(int Status, string Code, string Message) : IResult
{
    public JsonNode? Details { get; init; }

    /// <summary>Gets the time after which the client may try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        WriteHead(httpContext.Response);
        return EnvelopeWriter.WriteAsync(
            httpContext,
            Status,
            new ErrorEnvelope(new(Code, Message, Status, Details), EnvelopeWriter.Meta(httpContext)),
            PipelineJson.Api.ErrorEnvelope);
    }

    /// <summary>Sets the status code and its headers.</summary>
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
