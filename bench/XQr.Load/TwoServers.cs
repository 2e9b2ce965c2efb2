using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>
/// Sends visits and queries for statistics to two servers on one storage, so both aggregate concurrently. Afterwards, the statistics of both
/// have exactly the successful visits.
/// </summary>
internal sealed class TwoServers(Uri[] services, string key) : IDisposable
{
    private const int Links = 40;
    private const int Visitors = 32;
    private const int ClientsPerServer = 2;

    private static readonly string[] Queries = ["summary", "timeseries?interval=hour&period=7d", "top-links", "geography", "labels"];

    private readonly HttpClient client = Visitor.NewClient();
    private readonly ConcurrentDictionary<string, int> visits = new();
    private readonly ConcurrentQueue<string> errors = new();
    private int queries;

    /// <summary>Runs the load.</summary>
    /// <returns>True if there were no errors.</returns>
    public async Task<bool> RunAsync(TimeSpan duration)
    {
        var links = new List<(string Id, string Code)>();
        for (var index = 0; index < Links; index++)
        {
            var link = await SendAsync(new(HttpMethod.Post, new Uri(services[0], "api/v1/links"))
            {
                Content = new StringContent("""{"url":"https://example.com/","labels":["load"]}""", Encoding.UTF8, "application/json"),
            });
            links.Add((link.GetProperty("id").GetString()!, link.GetProperty("short_code").GetString()!));
        }

        var clock = Stopwatch.StartNew();
        await Task.WhenAll([
            .. Enumerable.Range(0, Visitors).Select(index => Task.Run(() => VisitAsync(links, ServiceOf(index), clock, duration))),
            .. Enumerable.Range(0, ClientsPerServer * services.Length).Select(index => Task.Run(() => QueryAsync(ServiceOf(index), clock, duration))),
        ]);
        var total = visits.Values.Sum();
        Console.WriteLine($"{total} visits of {Links} links and {queries} queries in {clock.Elapsed.TotalSeconds:0} s, {errors.Count} errors");

        // Statistics have all scans after a minute at most.
        clock.Restart();
        while (clock.Elapsed < TimeSpan.FromSeconds(60) && (await GetAsync(services[0], "summary")).GetProperty("total_scans").GetInt64() < total)
        {
            await Task.Delay(200);
        }

        Console.WriteLine($"All visits counted {clock.Elapsed.TotalSeconds:0.0} s after the end");
        var differences = new List<string>();
        foreach (var service in services)
        {
            Check(service, "summary", (await GetAsync(service, "summary")).GetProperty("total_scans"), total);
            Check(service, "label", (await GetAsync(service, "labels"))[0].GetProperty("count"), total);
            var points = (await GetAsync(service, "timeseries?interval=hour&period=7d")).GetProperty("points").EnumerateArray();
            Check(service, "hours", points.Sum(point => point.GetProperty("scans").GetInt64()), total);
            var top = (await GetAsync(service, "top-links?limit=200")).EnumerateArray().ToDictionary(
                link => link.GetProperty("link_id").GetString()!, link => link.GetProperty("scans").GetInt64());
            foreach (var (id, code) in links)
            {
                Check(service, $"top {code}", top.GetValueOrDefault(id), visits.GetValueOrDefault(code));
                Check(service, $"stats {code}", (await GetAsync(service, $"links/{id}")).GetProperty("total_scans"), visits.GetValueOrDefault(code));
            }
        }

        Console.WriteLine($"{differences.Count} differences");
        errors.Concat(differences).Take(10).ToList().ForEach(Console.WriteLine);
        return errors.IsEmpty && differences.Count == 0;

        Uri ServiceOf(int index) => services[index % services.Length];

        void Check(Uri service, string name, object found, long expected)
        {
            if (found.ToString() != $"{expected}")
            {
                differences.Add($"{service}: {name} is {found} and not {expected}");
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task VisitAsync(List<(string Id, string Code)> links, Uri service, Stopwatch clock, TimeSpan duration)
    {
        while (clock.Elapsed < duration)
        {
            var code = links[Random.Shared.Next(links.Count)].Code;
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, code));
            request.Headers.TryAddWithoutValidation("User-Agent", Visitor.Browser);
            using var response = await client.SendAsync(request);
            if ((int)response.StatusCode == 302)
            {
                visits.AddOrUpdate(code, 1, (_, count) => count + 1);
            }
            else
            {
                errors.Enqueue($"{service}{code}: {(int)response.StatusCode}");
            }
        }
    }

    private async Task QueryAsync(Uri service, Stopwatch clock, TimeSpan duration)
    {
        for (var turn = 0; clock.Elapsed < duration; turn++)
        {
            try
            {
                await GetAsync(service, Queries[turn % Queries.Length]);
                Interlocked.Increment(ref queries);
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
            {
                errors.Enqueue($"{service}{Queries[turn % Queries.Length]}: {exception.Message}");
            }
        }
    }

    private Task<JsonElement> GetAsync(Uri service, string path) => SendAsync(new(HttpMethod.Get, new Uri(service, $"api/v1/analytics/{path}")));

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text).GetProperty("data")
            : throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
    }
}
