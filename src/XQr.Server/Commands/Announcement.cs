using System.CommandLine;

namespace XQr.Server.Commands;

/// <summary>The message at the start of the server: its address and the next commands.</summary>
internal static class Announcement
{
    public static string Text(string address, FirstStart start, ParseResult result) => $"""

        XQr Serverless serves {address}
        {Next(address, start, result)}
        {SignIn(address, start)}
        """;

    /// <summary>Returns the commands to sign in as the owner during development. They extract the token with standard tools.</summary>
    private static string SignIn(string address, FirstStart start) => start.OwnerEmail is not { } email ? "" :
        $"""

        To manage keys and members as {email} (development only), get a token, then ask with it:

        TOKEN=$(curl -s --data-urlencode 'email={email.Replace("'", @"'\''", StringComparison.Ordinal)}' {address}/development/token | grep -o 'eyJ[^"]*')
        curl {address}/api/developer/keys -H "Authorization: Bearer $TOKEN"

        """;

    private static string Next(string address, FirstStart start, ParseResult result) => start switch
    {
        { Key: { } key } =>
            $$"""
            Workspace  {{start.WorkspaceId}}
            API key    {{key}}
                       It is shown this once. Create a short link:

            curl {{address}}/api/v1/links -H 'Authorization: Bearer {{key}}' -H 'Content-Type: application/json' -d '{"url":"https://example.com"}'
            """,
        { IsNew: true } =>
            $"""
            Workspace  {start.WorkspaceId}
                       Its plan allows no API key. Move it to another, and make one:

            {Program} workspace set-plan {start.WorkspaceId} pro{Storage(result)}
            {NewKey(start, result)}
            """,
        { WorkspaceId: not null } =>
            $"""
            The keys of earlier starts are good. Make another:

            {NewKey(start, result)}
            """,
        _ => "Its storage doesn't answer yet; /health tells when it does.",
    };

    private static string NewKey(FirstStart start, ParseResult result) =>
        $"{Program} key create --workspace {start.WorkspaceId} --name 'My key' --scopes '*'{Storage(result)}";

    /// <summary>Returns the command that starts this program in the same folder.</summary>
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
