using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>Lists of a workspace with very many links: how long each kind takes, beside reading one link.</summary>
internal sealed class LargeLists : IDisposable
{
    private const int Bulk = 100;
    private const int Rare = 1_000;
    private const int Rounds = 9;

    private static readonly string[] Queries = ["", "?limit=200", "?offset=1000", "?offset=10000", "?label=rare", "?enabled=true", "?enabled=false", "?q=/99999"];

    private readonly HttpClient client;

    public LargeLists(Uri service, string key)
    {
        client = new() { BaseAddress = service, Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task RunAsync(int count)
    {
        var clock = Stopwatch.StartNew();
        var one = "";
        for (var first = 0; first < count; first += Bulk)
        {
            var items = Enumerable.Range(first, Bulk).Select(index =>
                $$"""{"url":"https://example.com/{{index}}","labels":[{{(index % Rare == 0 ? "\"rare\"" : "")}}]}""");
            using var body = new StringContent($$"""{"links":[{{string.Join(',', items)}}]}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("api/v1/links/bulk", body);
            answer.EnsureSuccessStatusCode();
            one = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("created")[0].GetProperty("id").GetString()!;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} links made in {clock.Elapsed.TotalSeconds:0} s"));
        var yardstick = await MedianAsync($"api/v1/links/{one}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"one link",-16} {yardstick,8:0.0} ms"));
        foreach (var query in Queries)
        {
            var median = await MedianAsync($"api/v1/links{query}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(query.Length == 0 ? "first page" : query),-16} {median,8:0.0} ms {median / yardstick,8:0.0} x"));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<double> MedianAsync(string path)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(Rounds / 2);
    }
}
