namespace XQr.Testing;

/// <summary>A workspace of one test.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">A key of it.</param>
/// <param name="Client">Sends that key.</param>
/// <param name="ClientWith">Makes a client that sends another.</param>
public sealed record TestWorkspace(string Id, string Key, HttpClient Client, Func<string?, HttpClient> ClientWith)
{
    /// <summary>Sends the token of its owner, where the workspace has one.</summary>
    public HttpClient? Owner { get; init; }
}

/// <summary>A member of one test's workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Email">The address.</param>
/// <param name="Client">Sends the member's token.</param>
public sealed record TestMember(string WorkspaceId, string Email, HttpClient Client);
