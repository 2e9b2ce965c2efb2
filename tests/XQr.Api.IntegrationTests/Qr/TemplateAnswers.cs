using System.Net;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Short ways to make templates and to look at images.</summary>
internal static class TemplateAnswers
{
    public const string Templates = "/api/v1/qr/templates";

    /// <summary>The design of a template that names no property of it.</summary>
    public const string Defaults =
        """{"foreground_color":"#000000","background_color":"#FFFFFF","error_correction":"M","dot_style":"square","corner_style":"square","logo_url":null,"logo_size":0.2,"quiet_zone":1}""";

    public static async Task<JsonElement> NewTemplateAsync(this HttpClient client, string design = "{}", string name = "Test") =>
        await (await client.PostJsonAsync(Templates, $$"""{"name":"{{name}}","design":{{design}}}""")).DataAsync(HttpStatusCode.Created);

    public static async Task<byte[]> ImageAsync(this HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadAsByteArrayAsync();
    }
}
