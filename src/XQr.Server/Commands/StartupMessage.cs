using System.CommandLine;

namespace XQr.Server.Commands;

/// <summary>Creates the message at the start of the server: its address and the next commands.</summary>
internal static class StartupMessage
{
    public static string Create(string address, StartupWorkspace start, ParseResult result) => $"""

        XQr Serverless serves {address}
        {Dashboard(address, start)}{Next(address, start, result)}
        {SignIn(address, start)}
        """;

    /// <summary>Returns the address of the dashboard if people can sign in on this machine; otherwise nothing.</summary>
    private static string Dashboard(string address, StartupWorkspace start) => start.OwnerEmail is not { } email ? "" :
        $"""
        Dashboard  {address}/dashboard
                   Open it and continue as {email}.

        """;

    /// <summary>Returns the commands to sign in as the owner during development. They extract the token with standard tools.</summary>
    private static string SignIn(string address, StartupWorkspace start) => start.OwnerEmail is not { } email ? "" :
        $"""

        To manage keys and members as {email} (development only), get a token and use it:

        TOKEN=$(curl -s --data-urlencode 'email={ShellQuoted(email)}' {address}/development/token | grep -o 'eyJ[^"]*')
        curl {address}/api/developer/keys -H "Authorization: Bearer $TOKEN"

        """;

    private static string Next(string address, StartupWorkspace start, ParseResult result) => start switch
    {
        { Key: { } key } =>
            $$"""
            Workspace  {{start.WorkspaceId}}
            API key    {{key}}
                       It is shown only once. Create a short link:

            curl {{address}}/api/v1/links -H 'Authorization: Bearer {{key}}' -H 'Content-Type: application/json' -d '{"url":"https://example.com"}'
            """,
        { IsNew: true } =>
            $"""
            Workspace  {start.WorkspaceId}
                       Its plan allows no API keys. Change the plan and create a key:

            {Program} workspace set-plan {start.WorkspaceId} pro{Storage(result)}
            {NewKey(start, result)}
            """,
        { WorkspaceId: not null } =>
            $"""
            The keys of earlier starts remain valid. Create another key:

            {NewKey(start, result)}
            """,
        _ => "Storage does not respond yet. /health shows when it does.",
    };

    private static string ShellQuoted(string text) => text.Replace("'", @"'\''", StringComparison.Ordinal);

    private static string NewKey(StartupWorkspace start, ParseResult result) =>
        $"{Program} key create --workspace {start.WorkspaceId} --name 'My key' --scopes '*'{Storage(result)}";

    /// <summary>Gets the command that starts this program in the current folder.</summary>
    private static string Program
    {
        get
        {
            var host = Environment.ProcessPath!;
            var isDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
            var path = Path.GetRelativePath(Environment.CurrentDirectory, isDotnet ? Environment.GetCommandLineArgs()[0] : host);
            return isDotnet ? $"dotnet {path}" : path;
        }
    }

    private static string Storage(ParseResult result) => result.GetValue(StorageChoice.Data) is { } folder ? $" --data '{folder}'" : "";
}
