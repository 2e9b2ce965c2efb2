using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>
/// Sends 80 % redirects, 10 % reads and 10 % writes with 64 workers, and compares the result with a model of the acknowledged requests: every
/// link has its last acknowledged state, every visit is counted, and the list has all links.
/// </summary>
internal sealed class MixedLoad(Uri service, string key) : IDisposable
{
    private const int Workers = 64;
    private const int LinksEach = 4;

    private readonly HttpClient client = Visitor.NewClient(service);
    private readonly ConcurrentDictionary<string, int> operations = new();
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>Runs the load.</summary>
    /// <returns>True if there were no errors.</returns>
    public async Task<bool> RunAsync(TimeSpan duration)
    {
        var owned = new List<Owned>[Workers];
        var before = (await ListAsync("?limit=1")).Total;
        await Parallel.ForAsync(
            0, Workers, async (worker, _) => owned[worker] = [.. await Task.WhenAll(Enumerable.Range(0, LinksEach).Select(_ => CreateAsync()))]);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(owned.Select(links => Task.Run(() => WorkAsync(links, clock, duration))));
        var counts = operations.OrderBy(operation => operation.Key).Select(operation => $"{operation.Value} {operation.Key}");
        Console.WriteLine($"{operations.Values.Sum()} requests in {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", counts)}");

        var links = owned.SelectMany(list => list).ToList();
        var differences = new List<string>();
        await WaitForScansAsync(links);
        foreach (var link in links)
        {
            var now = await LinkAsync(link.Id);
            Check(now.GetProperty("labels")[0].GetString() == link.Label, $"{link.Id} does not have its acknowledged label");
            Check(now.GetProperty("destination").GetString() == link.Destination, $"{link.Id} does not have its acknowledged destination");
            var scans = now.GetProperty("scan_count").GetInt64();
            Check(scans == link.Visits, $"{link.Id} counts {scans} of {link.Visits} visits");
        }

        var counted = (await ListAsync("?limit=1")).Total - before;
        Check(counted == links.Count, $"the list counts {counted} of {links.Count} links");
        Console.WriteLine($"{links.Count} links, {links.Sum(link => link.Visits)} visits, {errors.Count} errors, {differences.Count} differences");
        errors.Concat(differences).Take(10).ToList().ForEach(Console.WriteLine);
        return errors.IsEmpty && differences.Count == 0;

        void Check(bool isEqual, string difference)
        {
            if (!isEqual)
            {
                differences.Add(difference);
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task WorkAsync(List<Owned> mine, Stopwatch clock, TimeSpan duration)
    {
        for (var turn = 0; clock.Elapsed < duration; turn++)
        {
            var kind = Random.Shared.Next(100);
            try
            {
                var link = mine[Random.Shared.Next(mine.Count)];
                await (kind switch
                {
                    < 80 => VisitAsync(link),
                    < 87 => LinkAsync(link.Id),
                    < 90 => ListAsync("?limit=50"),
                    < 96 => ChangeAsync(link, turn),
                    _ => ReplaceAsync(mine),
                });
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
        using var response = await SendAsync(request, "redirects", 302);

        // Each link belongs to one worker, so no other worker changes the count.
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
        var (id, code) = (link.GetProperty("id").GetString()!, link.GetProperty("short_code").GetString()!);
        return new(id, code) { Label = "new", Destination = "https://example.com/new" };
    }

    private Task<JsonElement> LinkAsync(string id) => ApiAsync(HttpMethod.Get, $"api/v1/links/{id}", null, 200, "reads");

    private async Task<(JsonElement Data, int Total)> ListAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/links{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await SendAsync(request, "lists", 200);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        return (body.GetProperty("data"), body.GetProperty("meta").GetProperty("total").GetInt32());
    }

    private async Task<JsonElement> ApiAsync(HttpMethod method, string path, string? body, int expected, string kind)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await SendAsync(request, kind, expected);
        return expected == 204 ? default : JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("data");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string kind, int expected)
    {
        operations.AddOrUpdate(kind, 1, (_, count) => count + 1);
        var response = await client.SendAsync(request);
        if ((int)response.StatusCode == expected)
        {
            return response;
        }

        var body = await response.Content.ReadAsStringAsync();
        throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {expected} expected, not {(int)response.StatusCode}: {body}");
    }

    /// <summary>Waits until all scans are counted, at most a minute.</summary>
    private async Task WaitForScansAsync(List<Owned> links)
    {
        for (var second = 0; second < 60; second++)
        {
            var areCounted = await Task.WhenAll(
                links.Select(async link => (await LinkAsync(link.Id)).GetProperty("scan_count").GetInt64() >= link.Visits));
            if (areCounted.All(isCounted => isCounted))
            {
                return;
            }

            await Task.Delay(1_000);
        }
    }

    /// <summary>Represents a link with its acknowledged state.</summary>
    private sealed record Owned(string Id, string Code)
    {
        public string Label { get; set; } = "";

        public string Destination { get; set; } = "";

        public long Visits { get; set; }
    }
}
