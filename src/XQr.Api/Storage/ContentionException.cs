namespace XQr.Api.Storage;

/// <summary>Too many others change the same rows at the same time: the change was tried several times and not made.</summary>
/// <param name="message">What is changed by too many; for the log.</param>
internal sealed class ContentionException(string message) : Exception(message);
