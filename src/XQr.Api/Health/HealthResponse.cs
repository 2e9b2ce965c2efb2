namespace XQr.Api.Health;

/// <summary>The health of the service.</summary>
/// <param name="Status">The state: <c>ok</c> or <c>storage_unavailable</c>.</param>
internal sealed record HealthResponse(string Status)
{
    public static HealthResponse Ok { get; } = new("ok");

    public static HealthResponse StorageUnavailable { get; } = new("storage_unavailable");
}
