namespace XQr.Api.Health;

/// <summary>How the service is.</summary>
/// <param name="Status"><c>ok</c>, or <c>storage_unavailable</c>.</param>
internal sealed record HealthResponse(string Status)
{
    public static HealthResponse Ok { get; } = new("ok");

    public static HealthResponse StorageUnavailable { get; } = new("storage_unavailable");
}
