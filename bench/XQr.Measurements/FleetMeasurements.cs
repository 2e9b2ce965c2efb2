using XQr.Testing.Fleet;
using XQr.Testing.Storage;

namespace XQr.Measurements;

/// <summary>Measures many instances in one process, which share nothing but storage.</summary>
internal static class FleetMeasurements
{
    private const int Creations = 5;
    private const int Workspaces = 10_000;
    private const int Workers = 10;
    private const int CallsBeforeDeath = 5_000;
    private const int Tenants = 20_000;

    /// <summary>Requests of one key at up to 1,000 instances, in two minutes.</summary>
    public static async Task LimitsAsync(string connectionString)
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

    /// <summary>Creations of links in one workspace from up to 100 instances, all at once.</summary>
    public static async Task LinksAsync(string connectionString)
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

    /// <summary>Visits of links of one workspace on up to 1,000 instances, and what is counted afterwards.</summary>
    public static async Task RedirectsAsync(string connectionString)
    {
        Console.WriteLine("| instances | visits | redirected | counted | in statistics | calls a visit |\n|--:|--:|--:|--:|--:|--:|");
        foreach (var instances in (int[])[1, 10, 40, 100, 1_000])
        {
            var visits = instances == 1_000 ? 20 : 100;
            var result = await new RedirectFleet(connectionString, instances).RunAsync(visits);
            var (redirected, counted, aggregated, calls) = result;
            RequestMeasurement.Line($"| {instances} | {instances * visits} | {redirected} | {counted} | {aggregated} | {calls:0.00} |");
        }
    }

    /// <summary>Aggregation of 10,000 workspaces by 10 workers. One workspace always fails, and one worker dies.</summary>
    public static async Task AggregationAsync(string connectionString)
    {
        var result = await new AggregationFleet(connectionString, Workers, Workspaces).RunAsync(CallsBeforeDeath);
        RequestMeasurement.Line(
            $"""
            {Workspaces} workspaces, {Workers} workers: {result.Exact} exact, {result.Poisoned} in the poison queue,
            a worker died: {result.WorkerDied}, {result.CallsPerWorkspace:0.0} calls a workspace, {result.Duration.TotalSeconds:0} s
            """);
    }

    /// <summary>Memory of an instance that has seen 20,000 workspaces, and of the same instance two idle hours later.</summary>
    public static async Task MemoryAsync(string connectionString)
    {
        var result = await new TenantMemory(connectionString, Tenants).RunAsync();
        RequestMeasurement.Line(
            $"""
            {Tenants} workspaces seen: {result.SeenBytes >> 20} MiB more, {result.SeenStates} writers and counters.
            Two hours later: {result.IdleBytes >> 20} MiB more, {result.IdleStates} writers and counters
            """);
    }
}
