using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace XQr.Benchmarks.Pipeline;

/// <summary>Represents a response of storage without a network.</summary>
internal sealed class CannedResponse(int status, byte[]? body = null, string contentType = "application/json") : Response
{
    public const string Version = "W/\"1\"";

    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = new MemoryStream(body ?? []);

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new("Content-Type", contentType), new("ETag", Version)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = EnumerateHeaders().FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
