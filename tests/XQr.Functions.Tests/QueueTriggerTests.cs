using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>The queue trigger receives the messages that the application sends, and passes on how often the host has received each.</summary>
public sealed class QueueTriggerTests(AppFixture fixture)
{
    /// <summary>The host names the poison queue. The connection is that of the data, because host and data share an account.</summary>
    [Fact]
    public void Trigger_ReceivesTheQueueOfTheApplication()
    {
        var parameter = typeof(WorkFunctions).GetMethod(nameof(WorkFunctions.WorkAsync))!.GetParameters()[0];
        var trigger = parameter.GetCustomAttribute<QueueTriggerAttribute>()!;
        var queues = fixture.Application.Service<Queues>();

        Assert.Equal(typeof(string), parameter.ParameterType);
        Assert.Equal(queues.Work.Name, trigger.QueueName);
        Assert.Equal(queues.WorkPoison.Name, $"{trigger.QueueName}-poison");
        Assert.Equal("AzureWebJobsStorage", trigger.Connection);
    }

    /// <summary>The host may send the count as a number or as text.</summary>
    [Theory]
    [InlineData(5L, true)]
    [InlineData("5", true)]
    [InlineData("1", false)]
    [InlineData("many", false)]
    [InlineData(null, false)]
    public async Task DequeueCount_IsPassedOn(object? count, bool isLast)
    {
        using var poisoned = new CounterReader(fixture.Application.Service<IMeterFactory>(), "xqr.work.poisoned");
        var function = new WorkFunctions(fixture.Services);

        await Assert.ThrowsAsync<InvalidDataException>(() => function.WorkAsync("not a message", new Context(count), CancellationToken.None));

        Assert.Equal(isLast ? 1 : 0, poisoned.Total);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData(3, 3)]
    [InlineData("many", 2)]
    [InlineData(null, 2)]
    public void UnreadableDequeueCount_IsALaterTry(object? count, long expected) => Assert.Equal(expected, new Context(count).Tries());

    private sealed class Context(object? count) : FunctionContext
    {
        public override BindingContext BindingContext { get; } = new Metadata(count);
    }

    private sealed class Metadata(object? count) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } =
            count is null ? new Dictionary<string, object?>() : new() { ["DequeueCount"] = count };
    }
}
