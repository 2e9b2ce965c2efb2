using XQr.Testing.Fleet;

namespace XQr.Measurements;

/// <summary>Measures creations of links in one workspace from many instances at once.</summary>
internal static class LinkCreations
{
    private const int Creations = 5;

    public static async Task RunAsync(string connectionString)
    {
        Console.WriteLine(
            """
            | instances | creations | created | failed | counted | stored | calls a creation | conflicts a creation | s |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """);
        foreach (var instances in (int[])[1, 10, 40, 100])
        {
            await using var fleet = new LinkFleet(connectionString, instances, limit: -1);
            var result = await fleet.CreateAsync(Creations, TimeSpan.FromSeconds(4.5));
            var (created, failed, counted, stored) = (result.Created, result.Failed, result.Counted, result.Stored);
            var (calls, conflicts, seconds) = (result.CallsPerCreation, result.ConflictsPerCreation, result.Duration.TotalSeconds);
            var wanted = instances * Creations;
            RequestMeasurement.Line(
                $"| {instances} | {wanted} | {created} | {failed} | {counted} | {stored} | {calls:0.0} | {conflicts:0.00} | {seconds:0.0} |");
        }
    }
}
