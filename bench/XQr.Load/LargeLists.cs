using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XQr.Load;

/// <summary>Measures lists of a workspace with many links, compared with reading one link.</summary>
internal sealed class LargeLists : IDisposable
{
    private const int Bulk = 100;
    private const int Rare = 1_000;
    private const int Rounds = 9;

    private static readonly string[] Queries =
        ["", "?limit=200", "?offset=1000", "?offset=10000", "?label=rare", "?enabled=true", "?enabled=false", "?q=/99999"];

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
            using var response = await client.PostAsync("api/v1/links/bulk", body);
            response.EnsureSuccessStatusCode();
            var created = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("created");
            one = created[0].GetProperty("id").GetString()!;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} links created in {clock.Elapsed.TotalSeconds:0} s"));
        var baseline = await MedianAsync($"api/v1/links/{one}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"one link",-16} {baseline,8:0.0} ms"));
        foreach (var query in Queries)
        {
            var median = await MedianAsync($"api/v1/links{query}");
            var name = query.Length == 0 ? "first page" : query;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} {median,8:0.0} ms {median / baseline,8:0.0} x"));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<double> MedianAsync(string path)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(path);
            response.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(Rounds / 2);
    }
}
