using System.Text;
using XQr.Api.Assets;

namespace XQr.Api.Tests.Assets;

public sealed class AssetTypesTests
{
    public static TheoryData<string, string> Contents => new()
    {
        { "89504E470D0A1A0A0000000D49484452", "image/png" },
        { "FFD8FFE000104A464946", "image/jpeg" },
        { "FFD8FFDB", "image/jpeg" },
        { Hex("GIF87a"), "image/gif" },
        { Hex("GIF89a"), "image/gif" },
        { $"{Hex("RIFF")}24000000{Hex("WEBPVP8 ")}", "image/webp" },
        { $"0000001C{Hex("ftypavif")}00000000{Hex("avifmif1miaf")}", "image/avif" },
        { $"0000001C{Hex("ftypmif1")}00000000{Hex("mif1avifmiaf")}", "image/avif" },
        { $"00000020{Hex("ftypisom")}00000200{Hex("isomiso2avc1mp41")}", "video/mp4" },
        { $"00000018{Hex("ftypmp42")}00000000{Hex("mp42isom")}", "video/mp4" },
        { $"1A45DFA39F4286810142F7810142F2810442F381084282{Hex("\u0084webm")}", "video/webm" },
        { Hex("ID3\u0004"), "audio/mpeg" },
        { "FFFB9064", "audio/mpeg" },
        { Hex("%PDF-1.7"), "application/pdf" },
        { Hex("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml" },
        { Hex("\uFEFF<?xml version='1.0'?>\n<!-- a > b --><!DOCTYPE svg [<!ENTITY a 'b'>]>\r\n<s:svg "), "image/svg+xml" },
        { Hex("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg>"), "image/svg+xml" },
        { "FFFE" + Convert.ToHexString(Encoding.Unicode.GetBytes("<svg/>")), "image/svg+xml" },
        { Convert.ToHexString(Encoding.Unicode.GetBytes("<?xml version='1.0'?><svg>")), "image/svg+xml" },
        { Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("<svg>")), "image/svg+xml" },
        { Hex("a;b\r\n1;2\t€\f\u001b"), "text/plain" },
        { "E96CE8766573", "text/plain" },
        { "FFFE61000A00", "text/plain" },
        { Hex("<!DOCTYPE html><svg>"), "text/plain" },
        { Hex("<!-- no end <svg>"), "text/plain" },
        { Hex("<svgs>"), "text/plain" },
        { Hex("<svg"), "text/plain" },
        { "00000000", "application/octet-stream" },
        { $"00000014{Hex("ftypqt  ")}00000000{Hex("qt  ")}", "application/octet-stream" },
        { $"1A45DFA39F42{Hex("\u0088matroska")}", "application/octet-stream" },
        { $"{Hex("RIFF")}24000000{Hex("WAVEfmt ")}", "application/octet-stream" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void FirstBytes_IdentifyTheType(string hex, string type) => Assert.Equal(type, AssetTypes.Sniff(Convert.FromHexString(hex)).MimeType);

    [Fact]
    public void Beginnings_HaveNoOtherType() => Assert.All(Contents, row =>
    {
        var content = Convert.FromHexString(row.Data.Item1);
        string[] expected = [row.Data.Item2, "text/plain", "application/octet-stream"];
        Assert.All(Enumerable.Range(0, content.Length), length => Assert.Contains(AssetTypes.Sniff(content.AsSpan(0, length)).MimeType, expected));
    });

    [Fact]
    public void Csv_IsText() => Assert.True(AssetTypes.Find("Text/CSV")!.Matches("a,b"u8));

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/javascript")]
    [InlineData("application/javascript")]
    [InlineData("text/css")]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("multipart/mixed")]
    [InlineData("image/png; a=b")]
    [InlineData("")]
    public void OtherTypes_AreUnknown(string mimeType) => Assert.Null(AssetTypes.Find(mimeType));

    private static string Hex(string text) => Convert.ToHexString(
        text.Any(character => character is >= '\u0080' and <= '\u00ff') ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text));
}
