using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>An answer that is kept: its status, its headers, a line each, and its body.</summary>
internal sealed record KeptAnswer(int Status, string Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>What a retry gets as it is then, not as it was.</summary>
    private static readonly string[] OfTheMoment = ["X-RateLimit-", "X-Quota-"];

    /// <summary>Whether it would come out the same another time; else a retry is worth another try.</summary>
    public bool IsFinal => Status is < 500 and not StatusCodes.Status429TooManyRequests;

    public static KeptAnswer Of(HttpResponse response, ReadOnlyMemory<byte> body) => new(
        response.StatusCode,
        string.Join('\n', response.Headers
            .Where(header => !OfTheMoment.Any(prefix => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(header => header.Value, (header, value) => $"{header.Key}:{value}")),
        body);

    /// <summary>Gives it once more. The request id is the first one, in the header as in the body.</summary>
    public async Task SendAgainAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var lines in Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).GroupBy(parts => parts[0], parts => parts[1]))
        {
            response.Headers[lines.Key] = lines.ToArray();
        }

        response.Headers["Idempotent-Replayed"] = "true";
        await SendBodyAsync(context);
    }

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
