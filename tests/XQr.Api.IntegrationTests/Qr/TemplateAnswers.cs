using System.Net;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Short ways to make templates and to look at images.</summary>
internal static class TemplateAnswers
{
    public const string Templates = "/api/v1/qr/templates";

    public static async Task<JsonElement> NewTemplateAsync(this HttpClient client, string design = "{}", string name = "Test") =>
        await (await client.PostJsonAsync(Templates, $$"""{"name":"{{name}}","design":{{design}}}""")).DataAsync(HttpStatusCode.Created);

    public static async Task<byte[]> ImageAsync(this HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadAsByteArrayAsync();
    }
}
