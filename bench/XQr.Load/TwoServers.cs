using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>
/// Two servers on one storage, both followed by visitors and both asked for statistics, and so both aggregating, all at once. Afterwards
/// the statistics of either have exactly the visits that were answered.
/// </summary>
internal sealed class TwoServers(Uri[] services, string key) : IDisposable
{
    private const int Links = 40;
    private const int Visitors = 32;
    private const int Askers = 2;

    private static readonly string[] Questions = ["summary", "timeseries?interval=hour&period=7d", "top-links", "geography", "labels"];

    private readonly HttpClient client = Visitor.NewClient();
    private readonly ConcurrentDictionary<string, int> visits = new();
    private readonly ConcurrentQueue<string> errors = new();
    private int answers;

    /// <returns>Whether all was as it should be.</returns>
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
            .. Enumerable.Range(0, Visitors).Select(index => Task.Run(() => VisitAsync(links, services[index % services.Length], clock, duration))),
            .. Enumerable.Range(0, Askers * services.Length).Select(index => Task.Run(() => AskAsync(services[index % services.Length], clock, duration))),
        ]);
        var total = visits.Values.Sum();
        Console.WriteLine($"{total} visits of {Links} links and {answers} questions in {clock.Elapsed.TotalSeconds:0} s, {errors.Count} errors");

        // Nothing is promised sooner.
        clock.Restart();
        while (clock.Elapsed < TimeSpan.FromSeconds(60) && (await GetAsync(services[0], "summary")).GetProperty("total_scans").GetInt64() < total)
        {
            await Task.Delay(200);
        }

        Console.WriteLine($"All there {clock.Elapsed.TotalSeconds:0.0} s after the end");
        var faults = new List<string>(errors);
        foreach (var service in services)
        {
            Check(service, "summary", (await GetAsync(service, "summary")).GetProperty("total_scans"), total);
            Check(service, "label", (await GetAsync(service, "labels"))[0].GetProperty("count"), total);
            Check(service, "hours", (await GetAsync(service, "timeseries?interval=hour&period=7d")).GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("scans").GetInt64()), total);
            var top = (await GetAsync(service, "top-links?limit=200")).EnumerateArray().ToDictionary(link => link.GetProperty("link_id").GetString()!, link => link.GetProperty("scans").GetInt64());
            foreach (var (id, code) in links)
            {
                Check(service, $"top {code}", top.GetValueOrDefault(id), visits.GetValueOrDefault(code));
                Check(service, $"stats {code}", (await GetAsync(service, $"links/{id}")).GetProperty("total_scans"), visits.GetValueOrDefault(code));
            }
        }

        Console.WriteLine($"{faults.Count} faults");
        faults.Take(10).ToList().ForEach(Console.WriteLine);
        return faults.Count == 0;

        void Check(Uri service, string name, object found, long expected)
        {
            if (found.ToString() != $"{expected}")
            {
                faults.Add($"{service}: {name} is {found} and not {expected}");
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
            using var answer = await client.SendAsync(request);
            if ((int)answer.StatusCode == 302)
            {
                visits.AddOrUpdate(code, 1, (_, count) => count + 1);
            }
            else
            {
                errors.Enqueue($"{service}{code}: {(int)answer.StatusCode}");
            }
        }
    }

    private async Task AskAsync(Uri service, Stopwatch clock, TimeSpan duration)
    {
        for (var turn = 0; clock.Elapsed < duration; turn++)
        {
            try
            {
                await GetAsync(service, Questions[turn % Questions.Length]);
                Interlocked.Increment(ref answers);
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
            {
                errors.Enqueue($"{service}{Questions[turn % Questions.Length]}: {exception.Message}");
            }
        }
    }

    private Task<JsonElement> GetAsync(Uri service, string path) => SendAsync(new(HttpMethod.Get, new Uri(service, $"api/v1/analytics/{path}")));

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text).GetProperty("data") : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }
}
