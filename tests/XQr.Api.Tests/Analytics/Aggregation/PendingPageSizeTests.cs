using XQr.Api.Analytics.Aggregation;

namespace XQr.Api.Tests.Analytics.Aggregation;

public sealed class PendingPageSizeTests
{
    [Theory]
    [InlineData(100, 100 * 64 * 1024L, 32)]
    [InlineData(100, 100 * 1024 * 1024L, 20)]
    [InlineData(100, 100 * 200L, 500)]
    [InlineData(0, 0L, PendingPageSize.Initial)]
    [InlineData(1, 0L, 500)]
    public void Next_IsSoLargeThatAPageTakesAboutTwoMegabytes(int rows, long bytes, int expected) =>
        Assert.Equal(expected, PendingPageSize.Next(rows, bytes));
}
