using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>
/// Creates examples that call the API with a new key. The command to paste into a terminal has the key. Code has the name of an environment
/// variable, because a key in code is soon a key in a repository.
/// </summary>
internal sealed class KeySnippets(PublicUrls urls)
{
    /// <summary>A request for each scope that a key may have, the most useful first.</summary>
    private static readonly (string Scope, string Path)[] Requests =
    [
        (Scopes.LinksRead, "/api/v1/links"),
        (Scopes.WorkspaceRead, "/api/v1/workspace"),
        (Scopes.AnalyticsRead, "/api/v1/analytics/summary"),
        (Scopes.QrRead, "/api/v1/qr/templates"),
        (Scopes.AssetsRead, "/api/v1/assets"),
    ];

    /// <summary>Returns the examples; none for a key that reads nothing.</summary>
    /// <param name="scopes">The scopes of the key.</param>
    /// <param name="text">The text of the key.</param>
    public IReadOnlyList<SnippetModel> Of(IReadOnlyList<string> scopes, string text)
    {
        var path = Requests.FirstOrDefault(request => scopes.Contains(request.Scope) || scopes.Contains(Scopes.All)).Path;
        return path is null ? [] : [new("curl", Curl(path, text)), new("C#", CSharp(path)), new("TypeScript", TypeScript(path))];
    }

    private string Curl(string path, string text) => $"""
        curl "{urls.Root}{path}" \
          -H "Authorization: Bearer {text}"
        """;

    private string CSharp(string path) => $$"""
        using System.Net.Http.Headers;

        var key = Environment.GetEnvironmentVariable("XQR_API_KEY");
        using var client = new HttpClient { BaseAddress = new Uri("{{urls.Root}}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Console.WriteLine(await client.GetStringAsync("{{path}}"));
        """;

    private string TypeScript(string path) => $$"""
        const response = await fetch("{{urls.Root}}{{path}}", {
          headers: { Authorization: `Bearer ${process.env.XQR_API_KEY}` },
        });
        console.log(await response.json());
        """;
}
