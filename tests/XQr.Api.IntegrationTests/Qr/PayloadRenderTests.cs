using System.Text.RegularExpressions;
using XQr.Testing;
using XQr.Testing.Decoding;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>A reader and independent parsers get the fields of a payload back from the image.</summary>
public sealed class PayloadRenderTests(ServiceFixture service, QrReader reader)
{
    private const string Awkward = """a;b,c:d"e\f ü 😀 & 50%""";

    /// <summary>Passwords of networks have no other characters.</summary>
    private const string AwkwardAscii = """a;b,c:d"e\f 50%""";

    [Fact]
    public async Task Wifi_ComesOutAsItWentIn()
    {
        var text = await ReadAsync(("type", "wifi"), ("ssid", "Café; \"5\\G\""), ("password", AwkwardAscii), ("hidden", "true"));

        var fields = Regex.Matches(text["WIFI:".Length..], @"([A-Z]):((?:[^\\;]|\\.)*);")
            .ToDictionary(match => match.Groups[1].Value, match => Unescape(match.Groups[2].Value));
        Assert.Equal(("WPA", "Café; \"5\\G\"", AwkwardAscii, "true"), (fields["T"], fields["S"], fields["P"], fields["H"]));
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("4.0")]
    public async Task VCard_ComesOutAsItWentIn(string version)
    {
        var text = await ReadAsync(
            ("type", "vcard"), ("version", version), ("first_name", "Ada"), ("last_name", Awkward), ("organization", "Engines; Ltd"),
            ("phone", "+44 20 7946-0000"), ("email", "ada@example.com"), ("street", "1, Main St"), ("city", "London"), ("note", "one\ntwo"));

        var lines = Lines(text);
        Assert.Equal(("VCARD", version, "VCARD"), (lines["BEGIN"], lines["VERSION"], lines["END"]));
        Assert.Equal([Awkward, "Ada", "", "", ""], Parts(lines["N"]));
        Assert.Equal($"Ada {Awkward}", Unescape(lines["FN"]));
        Assert.Equal("Engines; Ltd", Unescape(lines["ORG"]));
        Assert.Equal("ada@example.com", Unescape(lines["EMAIL"]));
        Assert.Equal("one\ntwo", Unescape(lines["NOTE"]));
        Assert.Equal(["", "", "1, Main St", "London", "", "", ""], Parts(lines["ADR"]));
        Assert.EndsWith("+442079460000", lines["TEL"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Email_ComesOutAsItWentIn()
    {
        var text = await ReadAsync(("type", "email"), ("to", "a+b@example.com"), ("subject", Awkward), ("body", $"{Awkward}\n?&="));

        var url = new Uri(text);
        var query = url.Query[1..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        Assert.Equal(
            ("mailto", "a+b@example.com"), (url.Scheme, Uri.UnescapeDataString(text["mailto:".Length..text.IndexOf('?', StringComparison.Ordinal)])));
        Assert.Equal((Awkward, $"{Awkward}\r\n?&="), (query["subject"], query["body"]));
    }

    [Fact]
    public async Task Sms_ComesOutAsItWentIn() =>
        Assert.Equal($"SMSTO:+4930901820:{Awkward}", await ReadAsync(("type", "sms"), ("phone", "+49 30 901820"), ("message", Awkward)));

    [Fact]
    public async Task Event_ComesOutAsItWentIn()
    {
        var text = await ReadAsync(
            ("type", "event"), ("title", $"{Awkward} {Awkward} {Awkward} {Awkward}"), ("start", "2026-03-01T14:00:00+01:00"),
            ("end", "2026-03-01T15:30:00Z"), ("location", Awkward), ("description", "one\ntwo"));

        var lines = Lines(text);
        Assert.Equal(("20260301T130000Z", "20260301T153000Z"), (lines["DTSTART"], lines["DTEND"]));
        Assert.Equal($"{Awkward} {Awkward} {Awkward} {Awkward}", Unescape(lines["SUMMARY"]));
        Assert.Equal((Awkward, "one\ntwo"), (Unescape(lines["LOCATION"]), Unescape(lines["DESCRIPTION"])));
        Assert.NotEmpty(lines["UID"]);
        Assert.NotEmpty(lines["DTSTAMP"]);
    }

    [Theory]
    [InlineData("url", "url", "https://example.com/?a=b&c=%20#d", "https://example.com/?a=b&c=%20#d")]
    [InlineData("text", "text", "two\nlines", "two\nlines")]
    [InlineData("tel", "phone", "+1 (202) 555-0100", "tel:+12025550100")]
    public async Task Simple_ComesOutAsItWentIn(string type, string field, string value, string expected) =>
        Assert.Equal(expected, await ReadAsync(("type", type), (field, value)));

    [Fact]
    public async Task Geo_ComesOutAsItWentIn() =>
        Assert.Equal("geo:52.52,-13.405", await ReadAsync(("type", "geo"), ("latitude", "52.520"), ("longitude", "-13.405")));

    private async Task<string> ReadAsync(params (string Name, string Value)[] fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = (await client.NewTemplateAsync()).Text("id");
        var query = string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

        var text = await reader.ReadAsync(await client.ImageAsync($"/api/v1/qr/render?{query}&format=png&size=4&quiet_zone=4"));

        Assert.Equal(text, await reader.ReadAsync(await client.ImageAsync($"{TemplateAnswers.Templates}/{template}/render?{query}")));
        return text!;
    }

    /// <summary>Content lines, unfolded, by their names without parameters.</summary>
    private static Dictionary<string, string> Lines(string text)
    {
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text.Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2))
            .DistinctBy(line => line[0].Split(';')[0]).ToDictionary(line => line[0].Split(';')[0], line => line[1]);
    }

    private static string[] Parts(string value) => [.. Regex.Split(value, @"(?<=(?<!\\)(?:\\\\)*);").Select(Unescape)];

    private static string Unescape(string value) =>
        Regex.Replace(value, @"\\(.)", match => match.Groups[1].Value == "n" ? "\n" : match.Groups[1].Value);
}
