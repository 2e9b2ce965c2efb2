using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Developers;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>A kind of resource that belongs to a workspace.</summary>
/// <param name="Segments">What stands before its id in a path.</param>
/// <param name="Fields">The parameters and properties that name one.</param>
/// <param name="NewAsync">Makes one in a workspace and gives its id.</param>
internal sealed record ResourceKind(string[] Segments, string[] Fields, Func<TestWorkspace, Task<string>> NewAsync);

/// <summary>What the walk of the API has to know of what the API's description doesn't say. A new kind of resource is a line here.</summary>
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

    /// <summary>Who calls, for each way of being let in.</summary>
    public static IReadOnlyDictionary<string, Func<TestWorkspace, HttpClient>> Callers { get; } = new Dictionary<string, Func<TestWorkspace, HttpClient>>
    {
        ["ApiKey"] = workspace => workspace.Client,
        ["SignIn"] = workspace => workspace.Owner!,
    };

    /// <summary>What to send for parameters that are no ids, where an operation does nothing without them.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>
    {
        ["data"] = "tenant",
        ["interval"] = "day",
        ["filename"] = "tenant.png",
        ["content_type"] = "image/png",
        ["file_size"] = "100",
    };

    /// <summary>What to send instead of the description's example, by the id of the operation.</summary>
    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>
    {
        ["linksCreate"] = """{"url":"https://example.com/"}""",
        ["qrRenderMany"] = "{}",
        ["linksCreateMany"] = """{"links":[{"url":"https://example.com/"}]}""",
    };
}
