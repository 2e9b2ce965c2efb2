using System.Text.Json;
using CsCheck;
using XQr.Api.Urls;
using XQr.Testing;

namespace XQr.Api.Tests.Urls;

public sealed class HostNameTests
{
    public static TheoryData<string, string> Names => new()
    {
        { "example.com", "example.com" },
        { "EXAMPLE.com.", "example.com." },
        { "münchen.de", "xn--mnchen-3ya.de" },
        { "mu\u0308nchen.de", "xn--mnchen-3ya.de" },
        { "Ärzte.de", "xn--rzte-koa.de" },
        { "faß.de", "xn--fa-hia.de" },
        { "ΑΛΦΑ.gr", "xn--mxaa3a7b.gr" },
        { "💩.la", "xn--ls8h.la" },
        { "مثال1.com", "xn--1-ymcl5hc.com" },
        { "한글.kr", "xn--bj0bj06e.kr" },
        { "\u1112\u1161\u11AB\u1100\u1173\u11AF.kr", "xn--bj0bj06e.kr" },
        { "ex\u00ADample。com", "example.com" },
        { "a_b-c.test", "a_b-c.test" },
        { "ex%61mple.com", "example.com" },
        { "%C3%A9.test", "xn--9ca.test" },
        { "0x7f.1", "127.0.0.1" },
        { "2130706433", "127.0.0.1" },
        { "[0:0::1]", "[::1]" },
        { "[::FFFF:127.0.0.1]", "[::ffff:7f00:1]" },
    };

    public static TheoryData<string, string> Invalid => new()
    {
        { "", "empty" },
        { "\u00AD", "empty" },
        { "a..b.com", "two dots" },
        { ".a.com", "two dots" },
        { "a b.com", "U+0020" },
        { "a!b.com", "character !" },
        { "a\uFFFDb.com", "U+FFFD" },
        { "a%FFb.com", "U+FFFD" },
        { "aא.com", "right to left" },
        { "a\u200Db.com", "joiner" },
        { "\u0301a.com", "combining mark" },
        { "xn--\u1234pck.com", "xn--" },
        { "xn--99999999.com", "xn--" },
        { "256.1.1.1", "IPv4" },
        { "1.2.3.4.5", "IPv4" },
        { "[::1", "IPv6" },
        { "[fe80::1%25eth0]", "zone" },
        { new string('a', 64) + ".com", "63" },
        { new string('é', 60) + ".com", "63" },
        { string.Join('.', Enumerable.Repeat("abcdefghi", 26)), "253" },
        { string.Concat(Enumerable.Repeat("\uFDFA", 200)), "253" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ValidName_IsReadAsInBrowsers(string host, string ascii) =>
        Assert.Equal((ascii, null), (HostName.ToAscii(host, out var error), error));

    [Theory]
    [MemberData(nameof(Invalid))]
    public void InvalidName_IsRejectedWithTheReason(string host, string reason)
    {
        Assert.Null(HostName.ToAscii(host, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryHost_IsReadAsInNode()
    {
        var path = Repository.PathOf("tests", "XQr.Api.Tests", "Urls", "hosts.jsonl");
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var differences = lines.Select(line => JsonSerializer.Deserialize<string?[]>(line)!)
            .Select(pair => (Host: pair[0]!, Node: pair[1], Ours: HostName.ToAscii(pair[0]!, out var error), Error: error))
            .Where(entry => entry.Ours is null ? entry.Node is not null && !IsRejectedOnPurpose(entry.Node) : entry.Ours != entry.Node)
            .Select(entry => $"{JsonSerializer.Serialize(entry.Host)}: {entry.Node ?? "null"} is {entry.Ours ?? entry.Error}");

        Assert.True(lines.Length > 4_000);
        Assert.Empty(differences);

        // The two rules that are stricter: names that DNS cannot have.
        static bool IsRejectedOnPurpose(string node) =>
            node.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
            || node.Length > 254
            || (node.EndsWith('.') ? node[..^1] : node).Split('.').Any(label => label.Length is 0 or > 63);
    }

    [Fact]
    public void EveryResult_IsAHostInDotNetToo() =>
        Gen.String.Sample(text => HostName.ToAscii(text, out _) is not { } host || HostOf(host).Length > 0, iter: 20_000);

    [Fact]
    public void EveryResult_IsReadAsItself() =>
        Gen.OneOf(Gen.Char['a', '\u0700'], Gen.Char['\u0900', '\u0DFF'], Gen.Char['\u1100', '\u1200'], Gen.Char['\uAC00', '\uD7A3']).Array[1, 8]
            .Sample(letters => HostName.ToAscii(new string(letters), out _) is not { } host || HostName.ToAscii(host, out _) == host, iter: 20_000);

    [Theory]
    [InlineData("example.com.", "example.com")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("[::1]", "127.0.0.1")]
    [InlineData("[::ffff:7f00:1]", "127.8.8.8")]
    [InlineData("0.0.0.0", "[::]")]
    [InlineData("app.localhost", "localhost.")]
    [InlineData("[::ffff:c000:207]", "192.0.2.7")]
    public void SamePlace_HasOneForm(string one, string other) => Assert.Equal(HostName.Canonical(one), HostName.Canonical(other));

    private static string HostOf(string host) => new Uri($"https://{host}/").IdnHost;
}
