using System.Diagnostics;
using Xunit;

namespace XQr.Testing;

/// <summary>Waits for what the service promises to come about.</summary>
public static class Eventually
{
    /// <summary>The time after which a test fails. Long, so that a busy machine fails no test.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="because">The sentence that the failure shows.</param>
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
