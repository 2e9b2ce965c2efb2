using System.Text;
using CsCheck;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Pipeline;

public sealed class JsonBodyParserTests
{
    [Theory]
    [InlineData("", "The body is empty; send a JSON object.")]
    [InlineData(" \n", "The body is empty; send a JSON object.")]
    [InlineData("[]", "The body must be a JSON object, not an array.")]
    [InlineData("null", "The body must be a JSON object, not null.")]
    [InlineData("\"x\"", "The body must be a JSON object, not a string.")]
    [InlineData("1", "The body must be a JSON object, not a number.")]
    [InlineData("true", "The body must be a JSON object, not true or false.")]
    [InlineData("{\"a\":1,}", "The body is not valid JSON at line 1, byte 8, near '}'.")]
    [InlineData("{\n  \"a\": True\n}", "The body is not valid JSON at line 2, byte 8, near 'T'.")]
    [InlineData("{'a':1}", "The body is not valid JSON at line 1, byte 2, near '''.")]
    [InlineData("{\"a\":1", "The body is not valid JSON: it ends too early, at line 1, byte 7.")]
    [InlineData("{\"a\":1} x", "The body is not valid JSON at line 1, byte 9, near 'x'.")]
    [InlineData("{\"a\":1,\"a\":2}", "The body has the property a twice in one object.")]
    [InlineData("{\"b\":[{\"a\":1,\"\\u0061\":2}]}", "The body has the property a twice in one object.")]
    [InlineData("{\"a\":\"\\ud800\"}", "The body has a string with an unpaired surrogate.")]
    [InlineData("{\"\\udc00\":1}", "The body has a string with an unpaired surrogate.")]
    public void Error_IsPlain(string body, string expected) => Assert.Equal(expected, Parse(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void OtherErrors_AreReportedToo()
    {
        Assert.Equal("The body is not valid UTF-8.", Parse([(byte)'{', 0xFF, (byte)'}']));
        Assert.Equal(
            "The body is nested deeper than 64 levels.", Parse(Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 64)}{new string(']', 64)}}}")));
        Assert.Equal("", Parse(Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 63)}{new string(']', 63)}}}")));
    }

    [Fact]
    public void ByteOrderMark_IsSkipped() => Assert.Equal("", Parse([0xEF, 0xBB, 0xBF, .. """{"a":"\ud83d\ude00"}"""u8]));

    [Fact]
    public void AnyBytes_AreAnObjectOrAFaultInOwnWords() => Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Gen.Char["{}[]\",:\\ud8e0ntf1-. \n"].Array[0, 30].Select(Encoding.UTF8.GetBytes)).Sample(bytes =>
        Assert.True(Parse(bytes) is "" or ['T', 'h', 'e', ' ', 'b', 'o', 'd', 'y', ..]));

    private static string Parse(byte[] body)
    {
        using var document = JsonBodyParser.Parse(body, out var fault);
        Assert.Equal(fault.Length == 0, document is not null);
        return fault;
    }
}
