namespace XQr.Testing;

/// <summary>Represents a workspace of a test.</summary>
/// <param name="Id">The id.</param>
/// <param name="Key">A key of the workspace.</param>
/// <param name="Client">A client that sends the key.</param>
/// <param name="ClientWith">A function that creates a client with another key.</param>
public sealed record TestWorkspace(string Id, string Key, HttpClient Client, Func<string?, HttpClient> ClientWith)
{
    /// <summary>Gets a client that sends the token of the owner, if the workspace has one.</summary>
    public HttpClient? Owner { get; init; }
}

/// <summary>Represents a member of a workspace of a test.</summary>
/// <param name="WorkspaceId">The id of the workspace.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Client">A client that sends the token of the member.</param>
public sealed record TestMember(string WorkspaceId, string Email, HttpClient Client);
