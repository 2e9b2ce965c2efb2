namespace XQr.Api.Work;

/// <summary>Does background work of one kind. It may be cancelled at any point, and must tolerate being run twice, even at once.</summary>
internal interface IWorkHandler
{
    /// <summary>Gets the name of the work: lower-case letters and hyphens, also in logs, metrics and row keys.</summary>
    string Work { get; }

    /// <summary>Does the work until it is done or its time is used up.</summary>
    /// <param name="subject">The subject of the message.</param>
    /// <param name="budget">The time. Ask it between steps.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is cancelled some seconds after the time is used up.</param>
    /// <returns>Null if the work is done, or the subject of the message for what is left.</returns>
    Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken);
}
