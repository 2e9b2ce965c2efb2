using XQr.Dashboard.SignIn;

namespace XQr.Dashboard.Tests.SignIn;

public sealed class ReturnPathTests
{
    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/ws_1/links?q=a%20b&page=2")]
    public void Page_AsItIs(string path) => Assert.Equal(path, ReturnPath.Of(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/dashboards")]
    [InlineData("/api/v1/links")]
    [InlineData("https://evil.example/dashboard")]
    [InlineData("//evil.example/dashboard")]
    [InlineData("/\\evil.example/dashboard")]
    [InlineData("/dashboard/\\..\\..\\evil")]
    [InlineData("/dashboard/../../evil")]
    [InlineData("/dashboard/%2e%2e/evil")]
    [InlineData("/dashboard\t/x")]
    [InlineData("/dashboard\r\nLocation: https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData(" /dashboard/x")]
    [InlineData("dashboard/x")]
    [InlineData("/dashboard/sign-in")]
    [InlineData("/dashboard/sign-out/callback")]
    [InlineData("/dashboard@evil.example")]
    public void AnythingElse_FirstPage(string? value) => Assert.Equal("/dashboard", ReturnPath.Of(value));
}
