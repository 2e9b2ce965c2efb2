namespace XQr.Api.Work;

/// <summary>Says that a part of some work has failed, which is logged, so that its message is tried again.</summary>
internal sealed class WorkFailedException(string message) : Exception(message);
