using CsCheck;
using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class IdsTests
{
    [Fact]
    public void Descending_TurnsTheOrderAround() => Gen.Select(Gen.Guid, Gen.Guid).Sample((one, other) =>
        Math.Sign(string.CompareOrdinal(Ids.Descending(one), Ids.Descending(other))) == -Math.Sign(string.CompareOrdinal($"{one:N}", $"{other:N}")));

    [Fact]
    public void New_LaterSortsFirst_ToAQuarterOfAMicrosecond() => Gen.Select(
        Gen.Long[0, TimeSpan.TicksPerDay], Gen.Long[3, TimeSpan.TicksPerSecond]).Sample((start, later) =>
    {
        var now = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero).AddTicks(start);

        return string.CompareOrdinal(Ids.Descending(Ids.New(now.AddTicks(later))), Ids.Descending(Ids.New(now))) < 0;
    });

    [Fact]
    public void New_VersionSevenOfTheTime() => Gen.Long[0, TimeSpan.TicksPerDay].Sample(ticks =>
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000).AddTicks(ticks);
        var id = Ids.New(now);

        Assert.Equal((7, now.ToUnixTimeMilliseconds()), (id.Version, Convert.ToInt64($"{id:N}"[..12], 16)));
        Assert.InRange(id.Variant, 8, 11);
    });

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("{0190d5a8-0000-7000-8000-000000000000}")]
    [InlineData("0190d5a8000070008000000000000000")]
    public void TryParse_OtherThanCanonical_NoId(string? text) => Assert.False(Ids.TryParse(text, out _));
}
