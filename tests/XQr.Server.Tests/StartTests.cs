using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Server.Tests;

public sealed partial class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task EmptyStorage_PrintsCurlCommandThatWorks()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var output = await server.OutputAsync("curl ");
        Assert.Contains(server.Key!, output, StringComparison.Ordinal);

        var line = output.Split('\n').Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, line.Split(' ')[1]);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Quoted("-d", line).Single()));
        foreach (var header in Quoted("-H", line).Select(header => header.Split(": ", 2)))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header[0], header[1])
                || request.Content.Headers.TryAddWithoutValidation(header[0], header[1]));
        }

        using var client = server.NewClient();
        var link = await (await client.SendAsync(request)).DataAsync(HttpStatusCode.Created);
        Assert.StartsWith($"{server.BaseUrl}/", link.Text("short_url"), StringComparison.Ordinal);
        using var visit = await client.VisitAsync(link.Text("short_url"));
        Assert.Equal(link.Text("destination"), visit.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SecondStart_KeepsLinksAndCreatesNoKey()
    {
        string code, key, workspace;
        await using (var first = await ServerProcess.StartAsync(folder.Path, "--data", "somewhere/else"))
        {
            (key, workspace) = (first.Key!, first.WorkspaceId);
            using var owner = first.NewClient();
            code = (await owner.NewLinkAsync()).Text("short_code");
            Assert.Equal(0, (await first.StopAsync()).ExitCode);
        }

        Assert.Equal(["somewhere"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        await using var second = await ServerProcess.StartAsync(folder.Path, "--data", "somewhere/else");
        Assert.Null(second.Key);
        Assert.Equal(workspace, second.WorkspaceId);
        Assert.DoesNotContain("xqr_pk_", await second.OutputAsync($"key create --workspace {workspace}"), StringComparison.Ordinal);
        using var client = second.NewClient(key);
        using var visit = await client.VisitAsync($"/{code}");
        Assert.Equal(HttpStatusCode.Found, visit.StatusCode);
    }

    [Fact]
    public async Task Ephemeral_LeavesNoFilesAndHasNoValue_DemoPlanHasItsLimits()
    {
        // Another option follows the flag.
        await using var server = await ServerProcess.StartAsync(folder.Path, "serve", "--ephemeral", "--demo-plan", "enterprise");
        using var client = server.NewClient();
        await client.NewLinkAsync();
        using var answer = await client.GetAsync("/api/v1/links");
        Assert.Equal("200", answer.Header("X-RateLimit-Burst-Limit"));
        Assert.DoesNotContain("7071", server.BaseUrl, StringComparison.Ordinal);

        Assert.Equal(0, (await server.StopAsync()).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task FreeDemoPlan_SaysThatItHasNoKey()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, "--ephemeral", "--demo-plan", "free");

        Assert.Null(server.Key);
        Assert.Contains("no API key", await server.OutputAsync($"set-plan {server.WorkspaceId}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_OverrideTheEnvironment()
    {
        await using var server = await ServerProcess.StartAsync(
            folder.Path,
            [("Xqr__Plans__Pro__BurstPerSecond", "11"), ("Xqr__Plans__Pro__CallsPerMonth", "12")],
            "--Xqr:Plans:Pro:BurstPerSecond", "13", "--ephemeral", "--Xqr:PublicBaseUrl=https://short.example");

        using var client = server.NewClient();
        using var answer = await client.GetAsync("/api/v1/links");
        Assert.Equal("13", answer.Header("X-RateLimit-Burst-Limit"));
        Assert.Equal("12", answer.Header("X-Quota-Limit"));
        Assert.StartsWith("https://short.example/", (await client.NewLinkAsync()).Text("short_url"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Quoted(string option, string line) =>
        QuotedValue().Matches(line).Where(match => match.Groups[1].Value == option).Select(match => match.Groups[2].Value);

    [GeneratedRegex("(-[dH]) '([^']*)'")]
    private static partial Regex QuotedValue();
}
