using Azure.Storage.Queues;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>The commands for messages whose work failed too often.</summary>
public sealed class WorkCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task PoisonMessages_AreListedAndSentAgain()
    {
        const string Message = """{"work":"test","subject":"a"}""";
        Assert.Equal("", (await RunAsync("work", "list")).Output.TrimEnd());
        var poison = new QueueClient(azurite.ConnectionString, "work-poison");
        await poison.SendMessageAsync(Message, TestContext.Current.CancellationToken);
        await poison.SendMessageAsync("not a message", TestContext.Current.CancellationToken);

        Assert.Equal([Message, "not a message"], (await RunAsync("work", "list")).Output.TrimEnd().Split(Environment.NewLine));
        Assert.Equal(
            [$"{Message}  sent", "not a message  kept: it cannot be read"],
            (await RunAsync("work", "retry")).Output.TrimEnd().Split(Environment.NewLine));

        var sent = await new QueueClient(azurite.ConnectionString, "work").ReceiveMessagesAsync(32, null, TestContext.Current.CancellationToken);
        Assert.Equal([Message], sent.Value.Select(message => message.MessageText));
    }

    private async Task<ProcessResult> RunAsync(params string[] arguments) =>
        (await Command.RunOnAsync(azurite.ConnectionString, arguments)).Succeeded();
}
