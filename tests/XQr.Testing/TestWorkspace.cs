namespace XQr.Testing;

/// <summary>A workspace of one test.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">A key of it.</param>
/// <param name="Client">Sends that key.</param>
/// <param name="ClientWith">Makes a client that sends another.</param>
public sealed record TestWorkspace(string Id, string Key, HttpClient Client, Func<string?, HttpClient> ClientWith);
