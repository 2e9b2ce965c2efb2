namespace XQr.Api.Pipeline;

/// <summary>The instance has more work of a kind than it takes on. The caller gets 503 with <c>Retry-After</c>.</summary>
/// <param name="message">A sentence for the caller.</param>
internal sealed class OverloadException(string message) : Exception(message);
