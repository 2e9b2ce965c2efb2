using XQr.Api.Qr.Images;

namespace XQr.Api.Tests.Qr.Images;

public sealed class ByteCacheTests
{
    [Fact]
    public void Added_IsFound()
    {
        var cache = new ByteCache<byte[]>(maxBytes: 1_000, content => content.Length);
        cache.Add("a", [1, 2, 3]);

        Assert.Equal([1, 2, 3], cache.Find("a"));
        Assert.Null(cache.Find("b"));
    }

    [Fact]
    public void Full_KeepsWhatIsUsedAndNeverMoreThanItMay()
    {
        var cache = new ByteCache<byte[]>(maxBytes: 1_000, content => content.Length);
        for (var i = 0; i < 100; i++)
        {
            cache.Add($"{i}", new byte[100]);
            cache.Add("used", new byte[100]);
            Assert.NotNull(cache.Find("used"));
            Assert.InRange(Enumerable.Range(0, 100).Append(-1).Count(key => cache.Find($"{key}") is not null), 1, 10);
        }
    }

    [Fact]
    public void TooLarge_IsNotKept()
    {
        var cache = new ByteCache<byte[]>(maxBytes: 1_000, content => content.Length);
        cache.Add("large", new byte[251]);

        Assert.Null(cache.Find("large"));
    }
}
