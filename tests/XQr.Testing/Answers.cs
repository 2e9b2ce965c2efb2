using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace XQr.Testing;

/// <summary>Sends JSON and reads the envelope of responses.</summary>
public static class Answers
{
    /// <summary>The user agent of a browser.</summary>
    public const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string json) => client.PostAsync(path, Json(json));

    public static Task<HttpResponseMessage> PatchJsonAsync(this HttpClient client, string path, string json) => client.PatchAsync(path, Json(json));

    /// <summary>Requests a short link as a browser does.</summary>
    public static async Task<HttpResponseMessage> VisitAsync(
        this HttpClient client, string path, string? userAgent = Browser, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        foreach (var (name, value) in headers.Append(("User-Agent", userAgent ?? "")))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>Returns the data of a successful response.</summary>
    public static async Task<JsonElement> DataAsync(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)expected} expected, not {(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text).GetProperty("data");
    }

    /// <summary>Returns the error of a failed response with a valid envelope.</summary>
    public static async Task<JsonElement> ErrorAsync(this HttpResponseMessage response, HttpStatusCode expected, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)expected} expected, not {(int)response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonElement.Parse(text);
        Assert.False(body.TryGetProperty("data", out _));
        var error = body.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal((int)expected, error.GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(response.Header("X-Request-Id"), body.GetProperty("meta").GetProperty("request_id").GetString());
        return error;
    }

    /// <summary>Returns the fields that a validation error names.</summary>
    public static string[] Fields(this JsonElement error) =>
        [.. error.GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!)];

    /// <summary>Returns a header of a response or its content, or null.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    /// <summary>Creates a link.</summary>
    public static async Task<JsonElement> NewLinkAsync(this HttpClient client, string body = """{"url":"https://example.com/"}""") =>
        await (await client.PostJsonAsync("/api/v1/links", body)).DataAsync(HttpStatusCode.Created);

    public static async Task<JsonElement> LinkAsync(this HttpClient client, string id) =>
        await (await client.GetAsync($"/api/v1/links/{id}")).DataAsync();

    /// <summary>Returns the only link of a workspace, or null if it has none.</summary>
    public static async Task<JsonElement?> OnlyLinkAsync(this HttpClient client)
    {
        var links = await (await client.GetAsync("/api/v1/links")).DataAsync();
        Assert.True(links.GetArrayLength() <= 1);
        return links.GetArrayLength() == 1 ? links[0] : null;
    }
}
