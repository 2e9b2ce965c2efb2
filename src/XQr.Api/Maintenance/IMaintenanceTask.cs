namespace XQr.Api.Maintenance;

/// <summary>Work that is done now and then, by one instance at a time. It may be broken off anywhere and must stand being run twice.</summary>
internal interface IMaintenanceTask
{
    /// <summary>Its name, in lower-case letters: in the log, and where it is noted when it ran.</summary>
    string Name { get; }

    /// <summary>How often it is due; as the runner comes each minute, at best that.</summary>
    TimeSpan Every { get; }

    Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
