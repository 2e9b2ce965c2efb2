using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Tests.Analytics.Scans;

public sealed class PendingBudgetTests
{
    private const int MaxBytes = 1_200;

    private readonly PendingBudget pending = new(MaxBytes);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    public void WorkspacesThatTakeAllTheyCan_GetEqualPartsAndLeaveOneFree(int workspaces)
    {
        PendingShare[] shares = [.. Enumerable.Range(0, workspaces).Select(_ => pending.NewShare())];
        var taken = new int[workspaces];
        for (var round = 0; round < MaxBytes; round++)
        {
            foreach (var (index, share) in shares.Index())
            {
                taken[index] += share.TryTake(1) ? 1 : 0;
            }
        }

        Assert.All(taken, bytes => Assert.InRange(bytes, (MaxBytes / (workspaces + 1)) - 1, (MaxBytes / (workspaces + 1)) + 1));
        Assert.Equal(taken.Sum(), pending.Bytes);
        Assert.True(pending.NewShare().TryTake(1));
    }

    [Fact]
    public void Released_IsAvailableAgain()
    {
        var share = pending.NewShare();
        for (var round = 0; round < 10; round++)
        {
            Assert.True(share.TryTake(MaxBytes / 2));
            Assert.False(share.TryTake(1));
            share.Release(MaxBytes / 2);
            Assert.Equal(0, pending.Bytes);
        }
    }

    [Fact]
    public async Task TakenInParallel_NeverMoreThanItMay()
    {
        var above = 0;
        await Parallel.ForAsync(0, 100, async (workspace, _) =>
        {
            await Task.Yield();
            var share = pending.NewShare();
            for (var round = 0; round < 1_000; round++)
            {
                var hasTaken = share.TryTake(100);
                Interlocked.Add(ref above, hasTaken && pending.Bytes > MaxBytes + (100 * Environment.ProcessorCount) ? 1 : 0);
                if (hasTaken)
                {
                    share.Release(100);
                }
            }
        });

        Assert.Equal((0, 0), (above, pending.Bytes));
    }

    [Fact]
    public void Setting_IsTheLimit()
    {
        const int Megabyte = 1024 * 1024;
        var share = new PendingBudget(Options.Create(new ScanOptions { MaxPendingMegabytes = 2 })).NewShare();

        Assert.True(share.TryTake(Megabyte));
        Assert.False(share.TryTake(1));
        Assert.True(new PendingBudget(Options.Create(new ScanOptions())).NewShare().TryTake(Megabyte));
    }
}
