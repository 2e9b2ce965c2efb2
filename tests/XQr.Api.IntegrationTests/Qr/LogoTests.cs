using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Logos;
using XQr.Testing;
using XQr.Testing.Decoding;
using XQr.Testing.Network;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class LogoTests(ServiceFixture service, LogoFixture logos, QrReader reader) : IClassFixture<LogoFixture>
{
    [Theory]
    [InlineData("https://logos.test/logo.png")]
    [InlineData("https://logos.test/logo.svg")]
    [InlineData("https://logos.test/hostile.svg")]
    [InlineData("https://logos.test/to/2")]
    public async Task Logo_IsFetchedOnceAndShown(string url)
    {
        var workspace = await logos.Application.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var plain = await workspace.Client.ImageAsync($"/api/v1/links/{link.Text("id")}/qr?format=svg");

        var template = await workspace.Client.NewTemplateAsync($$"""{"logo_url":"{{url}}","error_correction":"L"}""");
        var fetched = logos.Requests.ToArray();

        Assert.Equal(url, template.GetProperty("design").Text("logo_url"));
        Assert.Equal("L", template.GetProperty("design").Text("error_correction"));
        foreach (var format in (string[])["svg", "png"])
        {
            var image = await workspace.Client.ImageAsync($"/api/v1/links/{link.Text("id")}/qr?format={format}&template_id={template.Text("id")}");
            var reading = (await reader.ReadCodeAsync(image))!;
            Assert.Equal((link.Text("short_url"), "H"), (reading.Text, reading.Level));
            Assert.NotEqual(plain, image);
        }

        Assert.Equal(fetched, logos.Requests.ToArray());
        var svg = Encoding.UTF8.GetString(await workspace.Client.ImageAsync($"{Templates}/{template.Text("id")}/render?data=x"));
        Assert.DoesNotMatch("<script|onload|onclick|http://(?!www.w3.org/)", svg);
    }

    /// <summary>A render depends on nothing outside: not on the website, not on the instance that fetched the logo.</summary>
    [Fact]
    public async Task Logo_IsKeptWithTheTemplate()
    {
        var workspace = await logos.Application.NewWorkspaceAsync();
        var template = (await workspace.Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg"}""")).Text("id");
        var path = $"{Templates}/{template}/render?data=x&format=svg";
        var image = await workspace.Client.ImageAsync(path);
        await using var other = await service.StartAnotherAsync();
        using var client = other.NewClient(workspace.Key);

        Assert.Equal(image, await client.ImageAsync(path));
        await client.PatchJsonAsync($"{Templates}/{template}", """{"name":"Renamed"}""");
        Assert.Equal(image, await client.ImageAsync(path));

        // The URL stays, so the logo does, although this instance could not fetch it.
        var redrawn = await (await client.PatchJsonAsync(
            $"{Templates}/{template}", """{"design":{"logo_url":"https://logos.test/logo.svg","quiet_zone":1}}""")).DataAsync();
        Assert.Equal("https://logos.test/logo.svg", redrawn.GetProperty("design").Text("logo_url"));
        Assert.Equal(image, await client.ImageAsync(path));

        await client.PatchJsonAsync($"{Templates}/{template}", """{"design":{"quiet_zone":1}}""");
        Assert.Equal(image, await client.ImageAsync(path));

        await client.PatchJsonAsync($"{Templates}/{template}", """{"design":{"logo_url":null}}""");
        Assert.NotEqual(image, await client.ImageAsync(path));
    }

    [Theory]
    [InlineData("https://logos.test/missing.png", "could not be fetched")]
    [InlineData("https://logos.test/page.png", "another image")]
    [InlineData("https://logos.test/empty.png", "another image")]
    [InlineData("https://logos.test/broken.svg", "well-formed")]
    [InlineData("https://logos.test/crossing.svg", "too long to draw")]
    [InlineData("https://logos.test/large-by-length", "2 MiB")]
    [InlineData("https://logos.test/large-by-content", "2 MiB")]
    [InlineData("https://logos.test/to/3", "could not be fetched")]
    [InlineData("http://logos.test/logo.png", "https URL")]
    [InlineData("https://logos.test:8443/logo.png", "https URL")]
    [InlineData("https://user@logos.test/logo.png", "https URL")]
    [InlineData("data:image/png;base64,AAAA", "https URL")]
    [InlineData("", "https URL")]
    public async Task BadLogo_IsAnErrorOfItsUrl(string url, string message)
    {
        var client = (await logos.Application.NewWorkspaceAsync()).Client;
        var template = await client.NewTemplateAsync();
        var body = $$$"""{"name":"x","design":{"logo_url":"{{{url}}}"}}""";

        var answers = await Task.WhenAll(client.PostJsonAsync(Templates, body), client.PatchJsonAsync($"{Templates}/{template.Text("id")}", body));

        foreach (var answer in answers)
        {
            var error = await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal(["design.logo_url"], error.Fields());
            Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal(["logo_url"], (await (await client.GetAsync($"/api/v1/qr/render?data=x&logo_url={Uri.EscapeDataString(url)}")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(1, (await (await client.GetAsync(Templates)).DataAsync()).GetArrayLength());
    }

    [Fact]
    public async Task LogoThatDoesNotCome_IsGivenUpAfterThreeSeconds()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var instance = await service.StartAnotherAsync(services: services =>
        {
            logos.NewNetwork().Register(services);
            services.AddSingleton<TimeProvider>(time);
        });
        var client = (await instance.NewWorkspaceAsync()).Client;

        var creating = client.PostJsonAsync(Templates, """{"name":"x","design":{"logo_url":"https://logos.test/hangs"}}""");
        await Eventually.TrueAsync(() => Task.FromResult(logos.Requests.ContainsKey("/hangs")), "The logo is asked for.");
        time.Advance(TimeSpan.FromSeconds(3));

        var error = await (await creating).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(["design.logo_url"], error.Fields());
        Assert.Contains("within 3 seconds", error.Text("message"), StringComparison.Ordinal);
        Assert.Empty((await (await client.GetAsync(Templates)).DataAsync()).EnumerateArray());
    }

    /// <summary>One file is read, 16 wait, and no thread is blocked by them.</summary>
    [Fact]
    public async Task MoreLogosAtOnceThanMayWait_AreRejectedUntilOthersAreRead()
    {
        const int Read = 1;
        const int Waiting = 16;
        const int Rejected = 23;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var drawing = new DrawLimiter(slots: 1, maxWaiting: 100, time);
        await using var instance = await service.StartAnotherAsync(services: services =>
        {
            logos.NewNetwork().Register(services);
            services.AddSingleton<TimeProvider>(time).AddSingleton(drawing);
        });
        var source = instance.Service<LogoSource>();
        Task<LogoResult>[] all;
        using (await drawing.EnterAsync(CancellationToken.None))
        {
            all = [.. Enumerable.Range(0, Read + Waiting + Rejected).Select(_ => source.FetchAsync("ws_x", "https://logos.test/logo.png", default))];
            await Eventually.TrueAsync(() => Task.FromResult(all.Count(task => task.IsFaulted) == Rejected), "Some are rejected.");
        }

        await Assert.ThrowsAsync<OverloadException>(() => Task.WhenAll(all));
        Assert.Equal(Read + Waiting, all.Count(task => task.IsCompletedSuccessfully && task.Result.Logo is not null));
        Assert.Equal(Rejected, all.Count(task => task.IsFaulted));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/svg+xml")]
    public async Task PublishedAsset_IsALogoOfItsWorkspaceAlone(string type)
    {
        var network = logos.NewNetwork();
        await using var instance = await service.StartAnotherAsync(services: network.Register);
        var (client, other) = ((await instance.NewWorkspaceAsync()).Client, (await instance.NewWorkspaceAsync()).Client);
        var asset = await client.NewAssetAsync(type == "image/png" ? AssetSteps.Png : Encoding.UTF8.GetBytes(LogoFixture.Svg), type);
        var url = await client.PublishAsync(asset);
        var design = $$"""{"logo_url":"{{url}}"}""";

        var template = await client.NewTemplateAsync(design);
        Assert.Equal("x", await reader.ReadAsync(await client.ImageAsync($"{Templates}/{template.Text("id")}/render?data=x&format=png")));
        Assert.Equal("x", await reader.ReadAsync(await client.ImageAsync($"/api/v1/qr/render?data=x&logo_url={Uri.EscapeDataString(url)}")));
        await AssertRefusedAsync(other);

        await client.DoAsync(asset, "unpublish");
        await AssertRefusedAsync(client);
        Assert.Equal("y", await reader.ReadAsync(await client.ImageAsync($"{Templates}/{template.Text("id")}/render?data=y")));
        Assert.Empty(network.Connections);

        async Task AssertRefusedAsync(HttpClient caller)
        {
            var error = await (await caller.PostJsonAsync(Templates, $$$"""{"name":"x","design":{{{design}}}}"""))
                .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal(["design.logo_url"], error.Fields());
        }
    }

    [Fact]
    public async Task AdHocLogo_IsFetchedNowAndThen()
    {
        var client = (await logos.Application.NewWorkspaceAsync()).Client;
        const string Path = "/api/v1/qr/render?data=x&format=png&logo_url=https://logos.test/logo.svg%3Fad-hoc";
        var first = await client.GetAsync(Path);

        var second = await client.VisitAsync(Path, headers: ("If-None-Match", first.Header("ETag")!));

        Assert.Equal("x", await reader.ReadAsync(await first.Content.ReadAsByteArrayAsync()));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task SecondAddress_IsTriedWhereTheFirstIsDead()
    {
        var network = logos.NewNetwork();
        network.Name("two.test", ["203.0.112.1", FakeNetwork.PublicAddress]);
        network.Dead.Add("203.0.112.1");
        await using var instance = await service.StartAnotherAsync(services: network.Register);

        await (await instance.NewWorkspaceAsync()).Client.NewTemplateAsync("""{"logo_url":"https://two.test/logo.png"}""");

        Assert.Equal(["203.0.112.1:443", $"{FakeNetwork.PublicAddress}:443"], network.Connections.Select(address => address.ToString()));
    }
}
