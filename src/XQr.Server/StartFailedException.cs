namespace XQr.Server;

/// <summary>Represents an error that the user of the program can fix. The message is sufficient without a stack trace.</summary>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
