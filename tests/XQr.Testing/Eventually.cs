using System.Diagnostics;
using Xunit;

namespace XQr.Testing;

/// <summary>Waits for conditions that the service fulfils after some time.</summary>
public static class Eventually
{
    /// <summary>The time after which a test fails, which is long enough for a busy machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="because">The message if the condition stays false.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string because)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Timeout, because);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
