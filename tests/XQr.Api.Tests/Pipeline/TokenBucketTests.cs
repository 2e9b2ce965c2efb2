using Microsoft.Extensions.Time.Testing;
using XQr.Api.Pipeline.RateLimits;

namespace XQr.Api.Tests.Pipeline;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Full_HoldsTheRate()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromSeconds(1));

        Assert.Equal(10, Enumerable.Range(0, 15).Count(_ => bucket.TryTake(10, out var _)));
        Assert.False(bucket.TryTake(10, out var remaining));
        Assert.Equal(0, remaining);
    }

    [Fact]
    public void Empty_RefillsEvenly()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromSeconds(1));
        while (bucket.TryTake(10, out _))
        {
        }

        time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.True(bucket.TryTake(10, out _));
        Assert.True(bucket.TryTake(10, out _));
        Assert.False(bucket.TryTake(10, out _));
    }

    [Fact]
    public void LongIdle_HoldsNoMoreThanTheRate()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromSeconds(1));
        bucket.TryTake(10, out _);
        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(10, Enumerable.Range(0, 15).Count(_ => bucket.TryTake(10, out var _)));
    }

    [Fact]
    public void SmallerPlan_TakesEffectAtOnce()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromSeconds(1));
        bucket.TryTake(50, out _);

        Assert.Equal(10, Enumerable.Range(0, 50).Count(_ => bucket.TryTake(10, out var _)));
    }

    [Fact]
    public void LongPeriod_TellsWhenTheNextTokenComes()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromMinutes(1));
        while (bucket.TryTake(12, out _))
        {
        }

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(3, bucket.UntilNext(12).TotalSeconds, 6);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.Zero, bucket.UntilNext(12));
        Assert.True(bucket.TryTake(12, out _));
    }

    [Fact]
    public void GivenBack_MakesNoMoreThanTheRate()
    {
        var bucket = new TokenBucket(time, TimeSpan.FromSeconds(1));
        bucket.TryTake(10, out _);
        bucket.GiveBack();
        bucket.GiveBack();

        Assert.Equal(10, Enumerable.Range(0, 15).Count(_ => bucket.TryTake(10, out var _)));
    }
}
