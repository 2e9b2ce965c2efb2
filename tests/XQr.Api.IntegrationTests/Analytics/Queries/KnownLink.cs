using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>A link as the response to its creation shows it.</summary>
internal sealed record KnownLink(Guid Id, string ShortCode, string Destination, string[] Labels)
{
    public static async Task<KnownLink> CreateAsync(HttpClient client, params string[] labels)
    {
        var link = await client.NewLinkAsync(JsonSerializer.Serialize(new { url = "https://example.com/", labels }));
        return new(link.GetProperty("id").GetGuid(), link.Text("short_code"), link.Text("destination"), labels);
    }
}
