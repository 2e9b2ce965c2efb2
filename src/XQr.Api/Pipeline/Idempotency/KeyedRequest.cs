using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>A request with an idempotency key.</summary>
/// <param name="WorkspaceId">The workspace of the caller.</param>
/// <param name="Name">The hash of method, path and key, in hex. It identifies the request.</param>
/// <param name="Content">The hash of the query and the body, which must be the same in each retry.</param>
/// <param name="Run">The id of this HTTP request, which is one run of the request.</param>
internal sealed record KeyedRequest(string WorkspaceId, string Name, byte[] Content, string Run)
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyLength = 255;

    /// <summary>Reads the key of a request; returns null and adds an error if the header is not valid.</summary>
    public static KeyedRequest? Read(HttpContext context, FieldErrors errors)
    {
        var header = context.Request.Headers[Header];
        if (header.Count != 1 || header[0] is not { Length: >= 1 and <= MaxKeyLength } key || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            errors.Add(Header, $"must be one value of 1 to {MaxKeyLength} visible ASCII characters");
            return null;
        }

        var (request, api) = (context.Request, context.Api());
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.PathBase}{request.Path}\n{key}"));
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.AppendData(Encoding.UTF8.GetBytes($"{request.QueryString}\n"));
        content.AppendData(api.BodyBytes.Span);
        return new(context.Caller().WorkspaceId, Convert.ToHexStringLower(name), content.GetHashAndReset(), api.RequestId);
    }
}
