
using XQr.Api.Tenancy;

namespace XQr.Api.Tests.Tenancy;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void New_HasTheShapeOfAKey()
    {
        var (prefix, text) = ApiKeyText.New();

        Assert.Matches("^[0-9a-f]{8}$", prefix);
        Assert.Matches($"^xqr_pk_{prefix}\\.[A-Za-z0-9_-]{{64}}$", text);
        Assert.Equal(prefix, ApiKeyText.PrefixOf(text));
        Assert.NotEqual(text, ApiKeyText.New().Text);
    }

    [Fact]
    public void Matches_TheWholeKeyOnly()
    {
        var (prefix, text) = ApiKeyText.New();
        var key = new ApiKey("key_1", "ws_1", prefix, [Scopes.All]) { Hash = ApiKeyText.Hash(text) };

        Assert.True(key.Matches(text));
        Assert.False(key.Matches(text[..^1] + (text[^1] == 'A' ? 'B' : 'A')));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xqr_pk_")]
    [InlineData("xqr_pk_0123ABCD.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("xqr_pk_01234567-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("xqr_pk_01234567.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=a")]
    [InlineData("xqr_sk_01234567.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Malformed_HasNoPrefix(string text) => Assert.Null(ApiKeyText.PrefixOf(text));

    [Theory]
    [InlineData("links:read", "links:read", true)]
    [InlineData("links:write", "links:read", false)]
    [InlineData("links:read", "links:READ", false)]
    [InlineData("*", "qr:render", true)]
    public void Grants_ExactlyOrAll(string has, string asked, bool expected) =>
        Assert.Equal(expected, new ApiKey("key_1", "ws_1", "01234567", [has]) { Hash = [] }.Grants(asked));
}
