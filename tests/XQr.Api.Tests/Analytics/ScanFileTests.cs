using System.Text;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Tests.Analytics;

public sealed class ScanFileTests
{
    private static readonly Guid Link = new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40");

    [Fact]
    public async Task NoScans_HeaderAlone() =>
        Assert.Equal("timestamp,link_id,short_code,country,device,browser,os,referrer\r\n", await WriteAsync(false));

    [Fact]
    public async Task Scans_AreLines() => Assert.Equal(
        """
        timestamp,link_id,short_code,country,device,browser,os,referrer,is_bot
        2026-03-01T14:00:00Z,0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40,summer-sale,DE,mobile,Safari,iOS,direct,true

        """.ReplaceLineEndings("\r\n"),
        await WriteAsync(true, Scan("direct") with { IsBot = true }, Scan("direct") with { LinkId = Guid.Empty }));

    /// <summary>A spreadsheet would carry out what begins so.</summary>
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1.example", "\"'-1.example\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a=b", "a=b")]
    public async Task Cells_AreTextAndNoFormulas(string referrer, string cell) =>
        Assert.EndsWith($",iOS,{cell}\r\n", await WriteAsync(false, Scan(referrer)), StringComparison.Ordinal);

    [Fact]
    public async Task ReadingFailsAtOnce_NothingIsBegun()
    {
        var context = new DefaultHttpContext();
        await Assert.ThrowsAsync<IOException>(() => new ScanFile(Export(Failing(), includeBots: false)).ExecuteAsync(context));
        Assert.Null(context.Response.ContentType);

        static async IAsyncEnumerable<Scan> Failing()
        {
            await Task.Yield();
            throw new IOException("Storage is down.");
#pragma warning disable CS0162 // The compiler wants to see one.
            yield break;
#pragma warning restore CS0162
        }
    }

    private static ScanExport Export(IAsyncEnumerable<Scan> scans, bool includeBots) =>
        new(scans, new Dictionary<Guid, string> { [Link] = "summer-sale" }, new(new(2026, 3, 1), new(2026, 3, 1)), includeBots);

    private static Scan Scan(string referrer) => new(Link, new(2026, 3, 1, 14, 0, 0, 999, TimeSpan.Zero), "DE", "mobile", "Safari", "iOS", referrer);

    private static async Task<string> WriteAsync(bool includeBots, params Scan[] scans)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new ScanFile(Export(scans.ToAsyncEnumerable(), includeBots)).ExecuteAsync(context);
        return Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
    }
}
