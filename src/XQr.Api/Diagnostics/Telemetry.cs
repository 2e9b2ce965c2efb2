namespace XQr.Api.Diagnostics;

/// <summary>Defines the names of the service's own telemetry, beside that of ASP.NET Core and of the runtime.</summary>
internal static class Telemetry
{
    /// <summary>The name of the meter. Each slice creates its instruments on it.</summary>
    public const string MeterName = "XQr";
}
