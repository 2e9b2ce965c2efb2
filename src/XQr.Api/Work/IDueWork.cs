namespace XQr.Api.Work;

/// <summary>Finds rows whose time has come, and requests their work.</summary>
internal interface IDueWork
{
    /// <summary>Requests work that is due. One transaction if none is.</summary>
    Task RequestAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
