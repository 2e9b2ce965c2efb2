using XQr.Testing.Storage;

namespace XQr.Measurements;

/// <summary>Measures the limit of a minute with many instances.</summary>
internal static class RateLimits
{
    public static async Task RunAsync(string connectionString)
    {
        Console.WriteLine("| instances | limit | first refusal after | admitted in each minute | storage calls a request |\n|--:|--:|--:|--:|--:|");
        foreach (var limit in (int[])[600, 3_000])
        {
            foreach (var instances in (int[])[1, 10, 40, 100, 1_000])
            {
                var result = await new LeaseFleet(connectionString, instances, limit).RunAsync(minutes: 2);
                var admittedInMinutes = string.Join(", ", result.Admitted.Take(2));
                RequestMeasurement.Line(
                    $"| {instances} | {limit} | {result.FirstRefusal} | {admittedInMinutes} | {result.CallsPerRequest:0.00} |");
            }
        }

        var (admitted, contended, calls) = await new LeaseFleet(connectionString, 1_000, 3_000).RunAtOnceAsync();
        RequestMeasurement.Line(
            $"\n1,000 instances at the same moment: {admitted} admitted, {contended} refused for a second, {calls:0.0} storage calls a request");
    }
}
