using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Developers;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>A kind of resource that belongs to a workspace.</summary>
/// <param name="Segments">The path segments before its id.</param>
/// <param name="Fields">The parameters and properties with its id.</param>
/// <param name="NewAsync">A function that creates one in a workspace and returns its id.</param>
internal sealed record ResourceKind(string[] Segments, string[] Fields, Func<TestWorkspace, Task<string>> NewAsync);

/// <summary>Lists facts that the walk of the API needs and the description does not have. A new kind of resource is a line here.</summary>
internal static class Resources
{
    public static IReadOnlyList<ResourceKind> Kinds { get; } =
    [
        new(
            ["links"],
            ["link_id"],
            async workspace => (await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["tenant"]}""")).Text("id")),
        new(["assets", "presign"], ["asset_id"], workspace => workspace.Client.NewAssetAsync()),
        new(["templates"], ["template_id"], async workspace => (await workspace.Client.NewTemplateAsync()).Text("id")),
        new(["keys"], ["key_id"], async workspace => (await workspace.Owner!.NewKeyAsync()).Text("id")),
        new(["members"], ["member_id"], async workspace => (await workspace.Owner!.InviteAsync()).Text("id")),
    ];

    /// <summary>Gets the client for each security scheme.</summary>
    public static Dictionary<string, Func<TestWorkspace, HttpClient>> Callers { get; } = new()
    {
        ["ApiKey"] = workspace => workspace.Client,
        ["SignIn"] = workspace => workspace.Owner!,
    };

    /// <summary>Gets the values of required parameters that are not ids.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>
    {
        ["data"] = "tenant",
        ["interval"] = "day",
        ["filename"] = "tenant.png",
        ["content_type"] = "image/png",
        ["file_size"] = "100",
    };

    /// <summary>Gets the bodies that replace the description's example, by operation id.</summary>
    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>
    {
        ["linksCreate"] = """{"url":"https://example.com/"}""",
        ["qrRenderMany"] = "{}",
        ["linksCreateMany"] = """{"links":[{"url":"https://example.com/"}]}""",
    };
}
