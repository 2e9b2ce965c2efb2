using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>A response that is stored for retries.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, one in a line.</param>
/// <param name="Body">The body.</param>
internal sealed record StoredResponse(int Status, string Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The prefixes of headers that a retry gets with their current values.</summary>
    private static readonly string[] VolatileHeaders = ["X-RateLimit-", "X-Quota-"];

    /// <summary>Gets whether another run would give the same response. Otherwise a retry runs the request again.</summary>
    public bool IsFinal => Status is < 500 and not StatusCodes.Status429TooManyRequests;

    /// <summary>Creates the stored form of a response.</summary>
    public static StoredResponse Of(HttpResponse response, ReadOnlyMemory<byte> body) => new(
        response.StatusCode,
        string.Join('\n', response.Headers
            .Where(header => !VolatileHeaders.Any(prefix => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(header => header.Value, (header, value) => $"{header.Key}:{value}")),
        body);

    /// <summary>Sends the response again, with the request id of the first run.</summary>
    public async Task ReplayAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        var headers = Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2));
        foreach (var lines in headers.GroupBy(parts => parts[0], parts => parts[1]))
        {
            response.Headers[lines.Key] = lines.ToArray();
        }

        response.Headers["Idempotent-Replayed"] = "true";
        await SendBodyAsync(context);
    }

    /// <summary>Sends the body of a response whose head is set.</summary>
    public async Task SendBodyAsync(HttpContext context)
    {
        context.BeginAnswer();
        if (Body.Length > 0)
        {
            context.Response.ContentLength = Body.Length;
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }
}
