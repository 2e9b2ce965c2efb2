using System.Text.RegularExpressions;

namespace XQr.Server.Azurite;

/// <summary>Reads the output of Azurite: the addresses of its services, or the reason for a failure.</summary>
internal sealed partial class AzuriteOutput
{
    private const int ServiceCount = 4;
    private const int MaxLastLines = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> addresses = [];
    private readonly Queue<string> lastLines = new();
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> listening =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that completes with the address of each service (Blob, Queue, Table and Liveness) when all of them listen.</summary>
    public Task<IReadOnlyDictionary<string, string>> Listening => listening.Task;

    /// <summary>Gets the last lines.</summary>
    public string LastLines
    {
        get
        {
            lock (gate)
            {
                return string.Join(Environment.NewLine, lastLines);
            }
        }
    }

    /// <summary>Reads an output stream to its end.</summary>
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
        lastLines.Enqueue(line);
        if (lastLines.Count > MaxLastLines)
        {
            lastLines.Dequeue();
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            if (addresses.Count == ServiceCount)
            {
                listening.TrySetResult(addresses);
            }
        }
    }

    [GeneratedRegex("^Azurite (?<service>Blob|Queue|Table|Liveness) service is successfully listening at (?<address>http://\\S+)$")]
    private static partial Regex ListeningLine();
}
