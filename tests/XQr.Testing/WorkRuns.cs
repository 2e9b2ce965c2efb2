using XQr.Api.Work;
using Xunit;

namespace XQr.Testing;

/// <summary>Runs the handlers of background work in tests.</summary>
public static class WorkRuns
{
    private const int MaxCalls = 40;

    /// <summary>Does a work until nothing is left, as a message after another does. Returns the number of messages.</summary>
    public static async Task<int> DoWorkAsync(this XQrApplication application, string work, string subject = "", TimeProvider? budget = null)
    {
        var handler = application.Service<IEnumerable<IWorkHandler>>().Single(handler => handler.Work == work);
        var messages = 0;
        for (string? left = subject; left is not null; messages++)
        {
            left = await handler.RunAsync(left, new(budget ?? TimeProvider.System), TestContext.Current.CancellationToken);
        }

        return messages;
    }

    /// <summary>Returns whether a work is requested, and takes the request as its run does.</summary>
    public static async Task<bool> TakeRequestAsync(this XQrApplication application, string work, string subject = "")
    {
        var (notes, message) = (application.Service<WorkNoteStore>(), new WorkMessage(work, subject));
        var isRequested = await notes.IsWaitingForAsync(message, TestContext.Current.CancellationToken);
        await notes.RemoveAsync(message, TestContext.Current.CancellationToken);
        return isRequested;
    }

    /// <summary>Does a work in a process that dies at each of its calls in turn, and after that in two processes at once.</summary>
    /// <param name="dying">The instance that dies.</param>
    /// <param name="survivor">Another instance.</param>
    /// <param name="work">The work.</param>
    /// <param name="arrange">Adds what is to be done; returns the subject.</param>
    /// <param name="assert">Checks that all is done.</param>
    public static async Task DieAtEachCallAsync(
        XQrApplication dying, XQrApplication survivor, string work, Func<Task<string>> arrange, Func<Task> assert)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MaxCalls, "The work makes more calls than this test foresees.");
            var died = false;
            foreach (var callIsExecuted in (bool[])[false, true])
            {
                var subject = await arrange();
                dying.Faults.DieAfter(calls, callIsExecuted);
                await Record.ExceptionAsync(() => dying.DoWorkAsync(work, subject));
                died = dying.Faults.Happened;
                dying.Faults.End();
                await Task.WhenAll(survivor.DoWorkAsync(work, subject), dying.DoWorkAsync(work, subject));
                await assert();
            }

            if (!died)
            {
                Assert.True(calls > 1, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }
}

/// <summary>Provides a time that passes with each look at the clock, so that budgets are used up.</summary>
/// <param name="seconds">The seconds that pass.</param>
public sealed class TickingTime(long seconds = 1) : TimeProvider
{
    private long now;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Add(ref now, seconds);
}
