using Microsoft.AspNetCore.DataProtection.KeyManagement;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Sessions;

/// <summary>The keys of cookies, on a storage of their own.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task InstancesThatStartAtTheSameTime_AcceptEachOthersCookies()
    {
        await using var azurite = await StartStorageAsync();
        await using var issuer = await TestIssuer.StartAsync();
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => XQrApplication.StartAsync(azurite.ConnectionString, issuer.Settings)));
        var browsers = await Task.WhenAll(instances.Select((instance, number) =>
            Task.Run(() => DashboardClient.SignInAsync(instance, $"{number}@example.com"))));

        Assert.Equal(["key-0001"], await NamesAsync(instances[0]));
        Assert.DoesNotContain(
            instances.SelectMany(instance => instance.Logs.All),
            line => line.StartsWith("Warning Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal));
        foreach (var (browser, instance) in from browser in browsers from instance in instances select (browser, instance))
        {
            Assert.True(await AcceptsAsync(instance, browser));
        }

        await Task.WhenAll(instances.Select(instance => instance.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Rotation_OldCookiesStayValid()
    {
        await using var azurite = await StartStorageAsync();
        await using var issuer = await TestIssuer.StartAsync();
        await using var first = await XQrApplication.StartAsync(azurite.ConnectionString, issuer.Settings);
        using var before = await DashboardClient.SignInAsync(first, "ada@example.com");
        var now = DateTimeOffset.UtcNow;
        first.Service<IKeyManager>().CreateNewKey(now.AddMinutes(-1), now.AddDays(90));

        // An instance reads the keys again in the background.
        var after = before;
        await Eventually.TrueAsync(
            async () => KeyIdOf(after = await DashboardClient.SignInAsync(first, "ada@example.com")) != KeyIdOf(before),
            "The first instance uses the new key.");
        await using var second = await XQrApplication.StartAsync(azurite.ConnectionString, issuer.Settings);

        Assert.Equal(["key-0001", "key-0002"], await NamesAsync(second));
        Assert.True(await AcceptsAsync(second, before));
        Assert.True(await AcceptsAsync(second, after));
        Assert.True(await AcceptsAsync(first, before));
    }

    [Fact]
    public async Task Revocation_CookiesOfTheKeyAreRefused()
    {
        await using var azurite = await StartStorageAsync();
        await using var issuer = await TestIssuer.StartAsync();
        await using var first = await XQrApplication.StartAsync(azurite.ConnectionString, issuer.Settings);
        using var browser = await DashboardClient.SignInAsync(first, "ada@example.com");
        first.Service<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow, "The keys were copied.");
        first.Service<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow, "The keys were copied.");
        await using var second = await XQrApplication.StartAsync(azurite.ConnectionString, issuer.Settings);

        Assert.False(await AcceptsAsync(second, browser));

        // An instance reads the keys again in the background.
        await Eventually.TrueAsync(async () => !await AcceptsAsync(first, browser), "The first instance refuses the cookie.");
    }

    private static async Task<AzuriteFixture> StartStorageAsync()
    {
        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        return azurite;
    }

    private static async Task<bool> AcceptsAsync(XQrApplication instance, DashboardClient browser)
    {
        using var copy = new DashboardClient(instance);
        copy.Cookies["__Host-xqr"] = browser.Cookies["__Host-xqr"];
        using var response = await copy.GetAsync("/dashboard/sign-in");
        return response.Headers.Location?.OriginalString == "/dashboard";
    }

    /// <summary>Returns the part of a cookie that names its key.</summary>
    private static string KeyIdOf(DashboardClient browser) => browser.Cookies["__Host-xqr"][..27];

    private static async Task<string[]> NamesAsync(XQrApplication instance) =>
        await instance.Service<Containers>().DataProtection.GetBlobsAsync().Select(blob => blob.Name).ToArrayAsync();
}
