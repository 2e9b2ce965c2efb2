using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests;

/// <summary>The service responds to any request in its envelope and never with 500.</summary>
public sealed class FuzzTests(ServiceFixture service)
{
    private const int Requests = 600;

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char['\0', '\u00ff']],
        OneOf(
            "", " ", "null", "\ud800", "\u0000", "https://example.com/", "https://exam ple.com", "http://[::1", "https://xqr.test/abc",
            "//x", "data:,x",
            "2026-03-01T14:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "-1", "1e400", "٣", "İ", "a\r\nb", new string('x', 3_000)));

    private static readonly Gen<object?> Value = Gen.Recursive<object?>((depth, nested) => Gen.OneOf(
        Text.Select(text => (object?)text),
        Gen.Double.Select(number => (object?)(double.IsFinite(number) ? number : 0)),
        Gen.Long.Select(number => (object?)number),
        Gen.Bool.Select(flag => (object?)flag),
        Gen.Const((object?)null),
        depth < 2 ? nested.Array[0, 12].Select(items => (object?)items) : Gen.Const((object?)null),
        depth < 2 ? Gen.Dictionary(Text, nested)[0, 3].Select(items => (object?)items) : Gen.Const((object?)null)));

    private static readonly Gen<string> Field = Gen.OneOf(
        OneOf(
            "url", "custom_slug", "labels", "enabled", "expires_at", "routing_rules", "destination", "priority", "conditions", "name",
            "design", "description", "link_ids", "label"),
        Text);

    private static readonly Gen<byte[]> Body = Gen.OneOf(
        Gen.Dictionary(Field, Value)[0, 6].Select(fields => JsonSerializer.SerializeToUtf8Bytes(fields)),
        Value.Select(value => JsonSerializer.SerializeToUtf8Bytes(value)),
        Gen.Byte.Array[0, 200],
        Text.Select(Encoding.UTF8.GetBytes));

    private static readonly Gen<string> Id = Gen.OneOf(Gen.Guid.Select(id => id.ToString()), Text);

    private static readonly Gen<(string, string)[]> Query = Gen.Select(
        Gen.OneOf(
            OneOf(
                "limit", "offset", "label", "enabled", "format", "size", "template_id", "data", "type", "dot_style", "foreground_color",
                "ssid", "phone", "start", "latitude", "interval", "period", "from_date", "to_date", "tz", "link_id", "include_bots"),
            Text),
        Gen.OneOf(
            Text,
            OneOf(
                "0", "1", "50", "-1", "2147483648", "true", "day", "hour", "all", "2026-03-01", "2999-12-31", "2000-01-01", "Pacific/Apia",
                "png", "svg", "1,2", "wifi", "event", "vcard", "geo", "#fff"))).Array[0, 4];

    private static readonly Gen<(string, string)[]> Headers = Gen.Select(
        OneOf(
            "Accept", "Accept-Encoding", "Accept-Language", "If-None-Match", "If-Match", "Referer", "User-Agent", "Purpose", "Sec-Purpose",
            "X-Forwarded-For", "X-Forwarded-Host", "Range", "Cookie", "Origin", "Authorization"),
        Gen.OneOf(Text, OneOf("*", "\"", "W/\"a\"", "bytes=0-", "application/json;q=2", "text/html;q=x", "Bearer x"))).Array[0, 4];

    [Fact]
    public async Task AnyRequest_IsNeverAServerError()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var template = await workspace.Client.NewTemplateAsync();
        string[] fixedIds = [link.Text("id"), link.Text("short_code"), template.Text("id")];
        var requests = Gen.Select(
            OneOf("GET", "POST", "PATCH", "DELETE", "HEAD", "PUT", "OPTIONS"),
            OneOf(
                "/api/v1/links", "/api/v1/links/{0}", "/api/v1/links/{0}/qr", "/api/v1/qr/render", "/api/v1/qr/batch", "/api/v1/qr/templates",
                "/api/v1/qr/templates/{0}", "/api/v1/qr/templates/{0}/render", "/{0}", "/api/v1/{0}", "/api/v1/analytics/timeseries",
                "/api/v1/analytics/geography", "/api/v1/analytics/links/{0}", "/api/v1/analytics/export", "/health", "/openapi/v1.json"),
            Gen.OneOf(Id, OneOf(fixedIds)),
            Query,
            Headers,
            Gen.OneOf(Gen.Const("application/json"), Text),
            Body);

        await requests.SampleAsync(async request =>
        {
            var (method, path, id, query, headers, contentType, body) = request;
            using var message = new HttpRequestMessage(new(method), ToUri(path, id, query));
            if (method is "POST" or "PATCH" or "PUT")
            {
                message.Content = new ByteArrayContent(body);
                TryAdd(message.Content.Headers, "Content-Type", contentType);
            }

            foreach (var (name, value) in headers)
            {
                TryAdd(message.Headers, name, value);
            }

            using var response = await workspace.Client.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode < 500, $"{method} {message.RequestUri} answered {(int)response.StatusCode}: {text}");
            if (text.Length > 0 && (int)response.StatusCode >= 400 && response.Content.Headers.ContentType?.MediaType == "application/json")
            {
                Assert.NotEmpty(JsonElement.Parse(text).GetProperty("error").Text("code"));
            }
        }, iter: Requests, threads: 4);
    }

    private static Uri ToUri(string path, string id, (string Name, string Value)[] query) => new(
        string.Format(path, Escape(id)) + "?" + string.Join(
            '&', query.Select(pair => $"{Escape(pair.Name)}={Escape(pair.Value)}")), UriKind.Relative);

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    /// <summary>Percent-encodes a text, with unpaired surrogates as the replacement character.</summary>
    private static string Escape(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    /// <summary>The client refuses requests that cannot be sent, so the service never gets them.</summary>
    private static void TryAdd(HttpHeaders headers, string name, string value)
    {
        if (value.All(character => character is >= ' ' and < '\u007f'))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
