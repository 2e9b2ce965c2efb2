using System.Text.Json;
using XQr.Api.Redirects.UserAgents;
using XQr.Server.Azurite;

namespace XQr.Api.Tests.Redirects.UserAgents;

/// <summary>A person who is taken for a bot is a scan that is lost.</summary>
public sealed class PeopleTests
{
    private static readonly UserAgentReader Agents = new(TimeProvider.System);

    /// <summary>Families of uap-core that people browse with.</summary>
    private static readonly string[] Browsers =
    [
        "Amazon Silk", "Android", "BlackBerry", "BlackBerry WebKit", "Brave", "Camino", "Chrome", "Chrome Mobile", "Chrome Mobile iOS",
        "Chrome Mobile WebView", "Chromium",
        "DuckDuckGo Mobile", "Edge", "Edge Mobile", "Epiphany", "Facebook", "Facebook Messenger", "Firefox", "Firefox Focus", "Firefox iOS",
        "Firefox Mobile", "HbbTV", "IE", "IE Large Screen",
        "IE Mobile", "Instagram", "Konqueror", "LINE", "LinkedIn", "Maxthon", "Mobile Safari", "Mobile Safari UI/WKWebView", "NetFront",
        "Nokia Browser", "Obigo", "ONE Browser", "Openwave",
        "Opera", "Opera Mini", "Opera Mobile", "Opera Tablet", "Pale Moon", "QQ Browser", "QQ Browser Mini", "QQ Browser Mobile", "Safari",
        "Samsung Internet", "SeaMonkey", "TikTok", "UC Browser",
        "UP.Browser", "Vivaldi", "WeChat", "Whale", "Yandex Browser",
    ];

    /// <summary>
    /// The parts that people share with programs: libraries of the operating system, Google's preview, and a client for tests.
    /// </summary>
    private static readonly string[] Programs = ["CFNetwork/", "Dalvik/", "Google Web Preview", "Android: Client/"];

    [Theory]
    [InlineData("user-agents", "dist/user-agents.json", 900)]
    [InlineData("top-user-agents", "src/index.json", 90)]
    public async Task AgentsThatPeopleHave_AreNoBots(string package, string file, int count)
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        await using var list = File.OpenRead(Path.Combine(root, "node_modules", package, file));
        using var json = await JsonDocument.ParseAsync(list, cancellationToken: TestContext.Current.CancellationToken);
        var agents = json.RootElement.EnumerateArray()
            .Select(agent => agent.ValueKind == JsonValueKind.String ? agent.GetString()! : agent.GetProperty("userAgent").GetString()!)
            .Distinct()
            .ToArray();

        Assert.True(agents.Length >= count);
        Assert.DoesNotContain(agents, agent => Agents.Read(agent).IsBot);
    }

    [Fact]
    public void BrowsersOfUapCore_AreNoBots()
    {
        using var stream = typeof(PeopleTests).Assembly.GetManifestResourceStream("uap-core/browsers.json")!;
        var cases = JsonSerializer.Deserialize<string[][]>(stream)!;
        var agents = cases.Where(one => Browsers.Contains(one[1])).Select(one => one[0]).ToArray();

        Assert.True(agents.Length >= 200, $"{agents.Length}");
        Assert.DoesNotContain(
            agents, agent => Agents.Read(agent).IsBot && !Programs.Any(program => agent.Contains(program, StringComparison.Ordinal)));
    }

    [Theory]
    // Facebook on Android, bare and in a web view, and on iOS
    [InlineData("[FBAN/FB4A;FBAV/567.1.0.52.74;FBBV/1;FBDM/{density=3.0,width=1080,height=2340};FBLC/nl_NL;FBMF/samsung;FBDV/SM-S921B;FBSV/16;]", "mobile")]
    [InlineData("[FBAN/FB4A;FBAV/3.4;FBBV/258875;FBDM/{density=0.75,width=240,height=320};FBLC/tr_TR;FBCR/o2 - de;FBPN/com.facebook.katana;FBDV/LG-E400;FBSV/2.3.6;]", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/469.0.0.48.83;]", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 [FBAN/FBIOS;FBAV/469.0.0.35.109;FBBV/608886644;FBDV/iPhone15,2;FBMD/iPhone]", "mobile")]
    // Instagram, Threads, LinkedIn, TikTok, Snapchat, Pinterest, X
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22A3354 Instagram 350.0.0.22.97 (iPhone16,1; iOS 18_0; de_DE; de; scale=3.00; 1179x2556; 645213412)", "mobile")]
    [InlineData("Instagram 350.0.0.46.93 Android (34/14; 480dpi; 1080x2340; samsung; SM-S911B; dm1q; qcom; de_DE; 644512344)", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Barcelona 337.0.0.30.99 (iPhone15,2; iOS 17_5; en_US; en; scale=3.00; 1179x2556; 0)", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.29.7890", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 trill_2023501030 BytedanceWebview/d8a21c6", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_34.5.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/de Region/DE", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Snapchat/12.95.0.39 (like Safari/8618.2.12.10.9, panda)", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/10.47", "mobile")]
    // Messengers and search apps
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.9.1", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S911N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36;KAKAOTALK 2410801", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x1800312b) NetType/WIFI Language/zh_CN", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_2_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/605.1 NAVER(inapp; search; 2000; 12.3.6; 14PRO)", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/322.0.644099999 Mobile/15E148 Safari/604.1", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; KT20201188 Build/PPR1.180610.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/68.0.3440.106 Mobile Safari/537.36 SogouMSE,SogouMobileBrowser/5.6.3", "mobile")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) coccocbrowser/120.0.140 Chrome/114.0.5735.140 Safari/537.36", "desktop")]
    // Old ways to say "compatible", and phones with the names of bots
    [InlineData("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)", "desktop")]
    [InlineData("Mozilla/5.0 (compatible; Konqueror/4.14; Linux) KHTML/4.14.2 (like Gecko)", "desktop")]
    [InlineData("SAMSUNG-GT-i8000/1.0 (compatible; MSIE 6.0; Windows CE; IEMobile 8.12; MSIEMobile 6.0)", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT_X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.101 Mobile Safari/537.36", "mobile")]
    // Browsers that don't begin as browsers do
    [InlineData("QwantMobile/2.5 (Android 8.1.0; Mobile; rv:63.0) Gecko/63.0 Firefox/63.0 QwantBrowser/63.0.1", "mobile")]
    [InlineData("TV Bro/1.0 Mozilla/5.0 (Linux; Android 8.1.0; MIBOX4 Build/OPM1.171019.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/78.0.3904.96 Safari/537.36", "desktop")]
    [InlineData("Job Search/24.4.0 Mozilla/5.0 (Linux; Android 14; SM-S918U Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/122.0.6261.119 Mobile Safari/537.36", "mobile")]
    public void InAppBrowser_IsAPerson(string userAgent, string device)
    {
        var agent = Agents.Read(userAgent);

        Assert.Equal((false, device), (agent.IsBot, agent.Device));
    }
}
