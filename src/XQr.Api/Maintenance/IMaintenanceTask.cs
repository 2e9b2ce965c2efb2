namespace XQr.Api.Maintenance;

/// <summary>Represents periodic work that one instance at a time runs. It may be cancelled at any point and must tolerate being run twice.</summary>
internal interface IMaintenanceTask
{
    /// <summary>Gets the name, in lower-case letters, for the log and the stored time of the last run.</summary>
    string Name { get; }

    /// <summary>Gets the interval between runs. The runner is called each minute, so shorter intervals have no effect.</summary>
    TimeSpan Every { get; }

    /// <summary>Runs the task.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
