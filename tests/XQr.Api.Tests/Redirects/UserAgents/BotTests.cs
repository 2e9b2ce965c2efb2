using System.Text.Json;
using XQr.Api.Redirects.UserAgents;
using XQr.Server.Azurite;

namespace XQr.Api.Tests.Redirects.UserAgents;

public sealed class BotTests
{
    /// <summary>Not bots but web views with a person before them, and a browser: see <c>eng/user-agent-corrections.mjs</c>.</summary>
    private static readonly string[] People = ["AP3A\\.240617\\.008", "MetaIAB Facebook", "Fluid"];

    private static readonly UserAgentReader Agents = new(TimeProvider.System);

    [Fact]
    public async Task EveryInstanceOfTheList_IsBot()
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        await using var list = File.OpenRead(Path.Combine(root, "node_modules", "crawler-user-agents", "crawler-user-agents.json"));
        using var crawlers = await JsonDocument.ParseAsync(list, cancellationToken: TestContext.Current.CancellationToken);
        var instances = crawlers.RootElement.EnumerateArray()
            .Where(crawler => !People.Contains(crawler.GetProperty("pattern").GetString()))
            .SelectMany(crawler => crawler.TryGetProperty("instances", out var some) ? some.EnumerateArray() : default)
            .Select(instance => instance.GetString()!)
            .ToArray();

        Assert.True(instances.Length > 2000);
        Assert.DoesNotContain(instances, instance => !Agents.Read(instance).IsBot);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("curl/8.5.0")]
    [InlineData("Wget/1.21.4")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Python/3.12 aiohttp/3.9.5")]
    [InlineData("python-httpx/0.27.0")]
    [InlineData("Python-urllib/3.12")]
    [InlineData("Go-http-client/2.0")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("axios/1.7.2")]
    [InlineData("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)")]
    [InlineData("node")]
    [InlineData("undici")]
    [InlineData("Deno/1.44.4")]
    [InlineData("Bun/1.1.13")]
    [InlineData("Java/17.0.11")]
    [InlineData("Java-http-client/21.0.3")]
    [InlineData("Apache-HttpClient/4.5.14 (Java/17.0.11)")]
    [InlineData("PostmanRuntime/7.39.0")]
    [InlineData("insomnia/9.2.0")]
    [InlineData("libwww-perl/6.77")]
    [InlineData("GuzzleHttp/7")]
    [InlineData("PHP/8.3.8")]
    [InlineData("Ruby")]
    [InlineData("reqwest/0.12.4")]
    [InlineData("Dart/3.4 (dart:io)")]
    [InlineData("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240605.024)")]
    [InlineData("MyApp/1 CFNetwork/1496.0.7 Darwin/23.5.0")]
    [InlineData("Mozilla/5.0 (Windows NT; Windows NT 10.0; en-GB) WindowsPowerShell/5.1.22621.2506 curl/8.5.0 +https://example.com")]
    [InlineData("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Word 16.0.17628; Pro)")]
    [InlineData("Mozilla/4.0 (compatible; ms-office; MSOffice 16)")]
    [InlineData("Mozilla/5.0 (compatible; AnyNewBot/0.1)")]
    [InlineData("Mozilla/5.0 (compatible; Fetcher/1.0; +https://example.com/about)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36")]
    public void EmptyOrTool_IsBot(string? userAgent) => Assert.True(Agents.Read(userAgent).IsBot);

    [Theory]
    [InlineData("WhatsApp/2.23.20.0 A")]
    [InlineData("WhatsApp/2.2422.7 W")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0")]
    [InlineData("Twitterbot/1.0")]
    [InlineData("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    [InlineData("TelegramBot (like TwitterBot)")]
    [InlineData("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com")]
    [InlineData("Viber/20.0.0 CFNetwork/1496.0.7")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app) Chrome/120.0.0.0 Safari/537.36")]
    [InlineData("Bluesky Cardyb/1.1")]
    [InlineData("Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/)")]
    [InlineData("Iframely/1.3.1 (+https://iframely.com/docs/about)")]
    [InlineData("Mozilla/5.0 (Windows nt 6.1; wow64) SkypeURIPreview Preview/0.5")]
    [InlineData("Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)")]
    [InlineData("Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots")]
    [InlineData("Synapse (bot; +https://github.com/matrix-org/synapse)")]
    [InlineData("Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)")]
    public void LinkPreview_IsBot(string userAgent) => Assert.True(Agents.Read(userAgent).IsBot);

    /// <summary>Programs that are in no list are recognised by the form of their names.</summary>
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Anything/1.0; mailto:ops@example.com)")]
    [InlineData("Mozilla/5.0 (compatible; Anything; ops@example.com)")]
    [InlineData("Mozilla/5.0 (compatible; Anything/1.0; http://example.com/about)")]
    [InlineData("Mozilla/5.0 (compatible; Anything/1.0; www.example.com)")]
    [InlineData("Mozilla/5.0 (compatible; Anything/1.0)")]
    [InlineData("Mozilla/5.0 (compatible; Any Thing/v1.2.3; +)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Anything/1.0) Chrome/120.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36 (compatible; Anything)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Anything) Chrome/120.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Anything/1.0)")]
    [InlineData("Mozilla/5.0 (Anything goes)")]
    [InlineData("Mozilla/5.0 Anything/1.0")]
    [InlineData("Anything LinkPreview/1.0 Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/120.0")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 AnythingMonitor/1.0")]
    [InlineData("Anything/1.0")]
    [InlineData("anything")]
    public void ProgramThatNamesItself_IsBot(string userAgent) => Assert.True(Agents.Read(userAgent).IsBot);
}
