using System.Text.Json;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Tests.Redirects.UserAgents;

/// <summary>uap-core's own tests, of the release that is pinned in <c>package.json</c>; made by <c>eng/user-agent-cases.mjs</c>.</summary>
public sealed class UapCoreTests
{
    private static readonly Families Rules = new();

    [Fact]
    public void EveryBrowserCase_Agrees() => AllAgree("browsers", 1430, Rules.Browser, Families.BrowserName);

    [Fact]
    public void EverySystemCase_Agrees() => AllAgree("systems", 462, Rules.Os, family => family);

    private static void AllAgree(string file, int count, Func<string, string> read, Func<string, string> name)
    {
        using var stream = typeof(UapCoreTests).Assembly.GetManifestResourceStream($"uap-core/{file}.json")!;
        var cases = JsonSerializer.Deserialize<string[][]>(stream)!;

        Assert.Equal(count, cases.Length);
        Assert.Empty(cases.Where(one => read(one[0]) != name(one[1])).Select(one => $"{read(one[0])} and not {name(one[1])}: {one[0]}"));
    }
}
