using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>
/// 80 % redirects, 10 % reads, 10 % writes, 64 at once, against a model of what was acknowledged: afterwards every link has the last
/// state that its writer was told, every visit is counted, and the list has as many links as there are.
/// </summary>
internal sealed class MixedLoad(Uri service, string key) : IDisposable
{
    private const int Workers = 64;
    private const int LinksEach = 4;

    private readonly HttpClient client = Visitor.NewClient(service);
    private readonly ConcurrentDictionary<string, int> operations = new();
    private readonly ConcurrentQueue<string> errors = new();

    /// <returns>Whether all was as it should be.</returns>
    public async Task<bool> RunAsync(TimeSpan duration)
    {
        var owned = new List<Owned>[Workers];
        var before = (await ListAsync("?limit=1")).Total;
        await Parallel.ForAsync(0, Workers, async (worker, _) => owned[worker] = [.. await Task.WhenAll(Enumerable.Range(0, LinksEach).Select(_ => CreateAsync()))]);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(owned.Select(links => Task.Run(() => WorkAsync(links, owned, clock, duration))));
        var total = operations.Values.Sum();
        Console.WriteLine($"{total} requests in {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", operations.OrderBy(operation => operation.Key).Select(operation => $"{operation.Value} {operation.Key}"))}");

        var links = owned.SelectMany(list => list).ToList();
        var faults = new List<string>(errors);
        await WaitForScansAsync(links);
        foreach (var link in links)
        {
            var now = await LinkAsync(link.Id);
            Check(now.GetProperty("labels")[0].GetString() == link.Label, $"{link.Id} has another label than its writer was told");
            Check(now.GetProperty("destination").GetString() == link.Destination, $"{link.Id} leads elsewhere than its writer was told");
            Check(now.GetProperty("scan_count").GetInt64() == link.Visits, $"{link.Id} counts {now.GetProperty("scan_count")} of {link.Visits} visits");
        }

        var counted = (await ListAsync("?limit=1")).Total - before;
        Check(counted == links.Count, $"the list counts {counted} of {links.Count} links");
        Console.WriteLine($"{links.Count} links, {links.Sum(link => link.Visits)} visits, {errors.Count} errors, {faults.Count - errors.Count} faults");
        faults.Take(10).ToList().ForEach(Console.WriteLine);
        return faults.Count == 0;

        void Check(bool isRight, string fault)
        {
            if (!isRight)
            {
                faults.Add(fault);
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task WorkAsync(List<Owned> mine, List<Owned>[] all, Stopwatch clock, TimeSpan duration)
    {
        for (var turn = 0; clock.Elapsed < duration; turn++)
        {
            var kind = Random.Shared.Next(100);
            try
            {
                await (kind < 80 ? VisitAsync(mine[Random.Shared.Next(mine.Count)])
                    : kind < 87 ? LinkAsync(mine[Random.Shared.Next(mine.Count)].Id)
                    : kind < 90 ? ListAsync("?limit=50")
                    : kind < 96 ? ChangeAsync(mine[Random.Shared.Next(mine.Count)], turn)
                    : ReplaceAsync(mine));
            }
            catch (Exception exception)
            {
                errors.Enqueue(exception.Message);
            }
        }
    }

    private async Task VisitAsync(Owned link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link.Code);
        request.Headers.TryAddWithoutValidation("User-Agent", Visitor.Browser);
        using var answer = await SendAsync(request, "redirects", 302);

        // Each link belongs to one worker, so nobody else counts here.
        link.Visits++;
    }

    private async Task ChangeAsync(Owned link, int turn)
    {
        var (label, destination) = ($"turn-{turn}", $"https://example.com/{turn}");
        await ApiAsync(HttpMethod.Patch, $"api/v1/links/{link.Id}", $$"""{"labels":["{{label}}"],"url":"{{destination}}"}""", 200, "changes");
        (link.Label, link.Destination) = (label, destination);
    }

    private async Task ReplaceAsync(List<Owned> mine)
    {
        var place = Random.Shared.Next(mine.Count);
        await ApiAsync(HttpMethod.Delete, $"api/v1/links/{mine[place].Id}", null, 204, "deletions");
        mine[place] = await CreateAsync();
    }

    private async Task<Owned> CreateAsync()
    {
        var link = await ApiAsync(HttpMethod.Post, "api/v1/links", """{"url":"https://example.com/new","labels":["new"]}""", 201, "creations");
        return new(link.GetProperty("id").GetString()!, link.GetProperty("short_code").GetString()!) { Label = "new", Destination = "https://example.com/new" };
    }

    private Task<JsonElement> LinkAsync(string id) => ApiAsync(HttpMethod.Get, $"api/v1/links/{id}", null, 200, "reads");

    private async Task<(JsonElement Data, int Total)> ListAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/links{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await SendAsync(request, "lists", 200);
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return (body.GetProperty("data"), body.GetProperty("meta").GetProperty("total").GetInt32());
    }

    private async Task<JsonElement> ApiAsync(HttpMethod method, string path, string? body, int expected, string kind)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await SendAsync(request, kind, expected);
        return expected == 204 ? default : JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("data");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string kind, int expected)
    {
        operations.AddOrUpdate(kind, 1, (_, count) => count + 1);
        var answer = await client.SendAsync(request);
        return (int)answer.StatusCode == expected
            ? answer
            : throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {expected} expected, not {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Scans are counted within a minute.</summary>
    private async Task WaitForScansAsync(List<Owned> links)
    {
        for (var second = 0; second < 60; second++)
        {
            var counted = await Task.WhenAll(links.Select(async link => (await LinkAsync(link.Id)).GetProperty("scan_count").GetInt64() >= link.Visits));
            if (counted.All(isThere => isThere))
            {
                return;
            }

            await Task.Delay(1_000);
        }
    }

    /// <summary>A link, and what its one writer and visitor was told of it.</summary>
    private sealed record Owned(string Id, string Code)
    {
        public string Label { get; set; } = "";

        public string Destination { get; set; } = "";

        public long Visits { get; set; }
    }
}
