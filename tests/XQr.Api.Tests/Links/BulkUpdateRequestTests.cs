using System.Text.Json;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Links;

public sealed class BulkUpdateRequestTests
{
    [Theory]
    [InlineData("""{"set":{"enabled":true}}""", "ids")]
    [InlineData("""{"ids":[],"set":{"enabled":true}}""", "ids")]
    [InlineData("""{"ids":["a",7],"set":{"enabled":true}}""", "ids[1]")]
    [InlineData("""{"ids":["a"]}""", "add_labels")]
    [InlineData("""{"ids":["a"],"set":{},"add_labels":[],"remove_labels":[]}""", "add_labels")]
    [InlineData("""{"ids":["a"],"set":null}""", "set")]
    [InlineData("""{"ids":["a"],"set":{"enabled":"yes"}}""", "set.enabled")]
    [InlineData("""{"ids":["a"],"set":{"enabled":null}}""", "set.enabled")]
    [InlineData("""{"ids":["a"],"set":{"expires_at":"tomorrow"}}""", "set.expires_at")]
    [InlineData("""{"ids":["a"],"set":{"expires_at":"1969-12-31T00:00:00Z"}}""", "set.expires_at")]
    [InlineData("""{"ids":["a"],"set":{"url":"https://example.com/"}}""", "set.url")]
    [InlineData("""{"ids":["a"],"add_labels":["a","b"],"remove_labels":[" b "]}""", "remove_labels")]
    [InlineData("""{"ids":["a"],"add_labels":["a"],"labels":["b"]}""", "labels")]
    public void InvalidBody_IsNamed(string body, string field)
    {
        var errors = new FieldErrors();
        BulkUpdateRequest.Read(JsonElement.Parse(body), errors);

        Assert.Equal([field], errors.ToError().Details!.AsArray().Select(error => (string?)error!["field"]));
    }

    [Fact]
    public void Ids_AreReadOnce()
    {
        var errors = new FieldErrors();
        var request = BulkUpdateRequest.Read(
            JsonElement.Parse(
                """{"ids":["0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40","x","0198F3A0-52C4-7D1E-9A6B-3F2C8E7D1A40","x"],"set":{"expires_at":null}}"""),
            errors);

        Assert.False(errors.Any);
        Assert.Equal(["0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "x"], request.SentIds);
        Assert.Equal([new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")], request.Ids);
    }
}
