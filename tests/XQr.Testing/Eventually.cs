using System.Diagnostics;
using Xunit;

namespace XQr.Testing;

/// <summary>Waits for what the service promises to come about within a time.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string because, int seconds = 60)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), because);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
