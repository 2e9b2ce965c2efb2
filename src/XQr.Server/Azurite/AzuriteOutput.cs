using System.Text.RegularExpressions;

namespace XQr.Server.Azurite;

/// <summary>Reads the output of Azurite: the addresses of its services, or the reason of a failure.</summary>
internal sealed partial class AzuriteOutput
{
    private const int Services = 4;
    private const int LastLines = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> addresses = [];
    private readonly Queue<string> last = new();
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the address of each service (Blob, Queue, Table, and the added Life), once all of them listen.</summary>
    public Task<IReadOnlyDictionary<string, string>> Listening => listening.Task;

    /// <summary>Gets the last lines.</summary>
    public string End
    {
        get
        {
            lock (gate)
            {
                return string.Join(Environment.NewLine, last);
            }
        }
    }

    public async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (gate)
            {
                Add(line);
            }
        }
    }

    private void Add(string line)
    {
        last.Enqueue(line);
        if (last.Count > LastLines)
        {
            last.Dequeue();
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            if (addresses.Count == Services)
            {
                listening.TrySetResult(addresses);
            }
        }
    }

    [GeneratedRegex("^Azurite (?<service>Blob|Queue|Table|Life) service is successfully listening at (?<address>http://\\S+)$")]
    private static partial Regex ListeningLine();
}
