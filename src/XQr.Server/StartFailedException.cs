namespace XQr.Server;

/// <summary>Something that the person who starts the program can put right; the message says what, and no stack trace is needed.</summary>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
