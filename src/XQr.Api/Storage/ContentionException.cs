namespace XQr.Api.Storage;

/// <summary>The exception for a change that failed several times because other writers changed the same rows.</summary>
/// <param name="message">A sentence for the log that names the rows.</param>
internal sealed class ContentionException(string message) : Exception(message);
