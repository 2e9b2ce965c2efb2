using System.Diagnostics;
using System.Globalization;
using XQr.Testing;

namespace XQr.Measurements;

/// <summary>Measures the storage transactions of a request, and the fastest and the median time of several rounds.</summary>
internal sealed class RequestMeasurement(XQrApplication application, HttpClient client)
{
    private const int Rounds = 9;

    public async Task ShowAsync(string path, int rounds = Rounds)
    {
        var times = new List<double>();
        var (transactions, bytes) = (0, 0L);
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var calls = await application.Calls.DuringAsync(async () => bytes = await ReadAsync(path));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);

            transactions = calls.Count(call => !call.IsOfAdmission);
        }

        Line($"| `{path}` | {transactions} | {times.Min():0} | {times.Order().ElementAt(rounds / 2):0} | {bytes / 1024.0:0.0} |");
    }

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private async Task<long> ReadAsync(string path)
    {
        using var response = await client.GetAsync($"/api/v1/analytics/{path}", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var (buffer, bytes) = (new byte[64 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            bytes += read;
        }

        return bytes;
    }
}
