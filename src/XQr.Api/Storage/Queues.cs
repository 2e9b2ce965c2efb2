using Azure.Storage.Queues;

namespace XQr.Api.Storage;

/// <summary>
/// Provides the queues of the service.
/// <list type="table">
/// <item><term>work</term><description>messages that wake up background work</description></item>
/// <item><term>work-poison</term><description>messages whose work failed too often. The Functions host gives the name</description></item>
/// </list>
/// </summary>
/// <param name="service">The client of the account.</param>
/// <param name="work">The name of the first queue; tests have their own.</param>
internal sealed class Queues(QueueServiceClient service, string work = "work")
{
    public QueueClient Work { get; } = service.GetQueueClient(work);

    public QueueClient WorkPoison { get; } = service.GetQueueClient($"{work}-poison");

    public IReadOnlyList<QueueClient> All => [Work, WorkPoison];
}
