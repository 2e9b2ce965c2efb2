using System.Text.Json;
using XQr.Clients.Tests.NSwag;
using XQr.Testing;

namespace XQr.Clients.Tests;

/// <summary>A client that NSwag generates reads what the service answers.</summary>
public sealed class NSwagClientTests(ServiceFixture service)
{
    [Fact]
    public async Task Links_AreCreatedAndListed()
    {
        var (api, _) = await NewClientAsync();

        var created = await api.LinksCreateAsync(body: new() { Url = ClientCalls.Destination, Labels = ["print"] });
        var list = await api.LinksListAsync(label: "print");

        Assert.Equal(ClientCalls.Destination, created.Data.Destination);
        Assert.Null(created.Data.Expires_at);
        Assert.Equal(1, list.Meta.Total);
        Assert.Equal(created.Data.Short_url, Assert.Single(list.Data).Short_url);
    }

    [Fact]
    public async Task Patch_LeavesAloneWhatItDoesNotName()
    {
        var (api, http) = await NewClientAsync();
        var id = (await http.NewLinkAsync("""{"url":"https://example.com/","expires_at":"2100-01-01T00:00:00Z"}""")).Text("id");

        var changed = (await api.LinksUpdateAsync(id, body: new() { Labels = ["print"] })).Data;

        Assert.Equal(["print"], changed.Labels);
        Assert.True(changed.Enabled);
        Assert.Equal(2100, changed.Expires_at?.Year);
    }

    [Fact]
    public async Task Images_AreBytes()
    {
        var (api, http) = await NewClientAsync();
        var id = (await http.NewLinkAsync()).Text("id");

        using var svg = await api.QrRenderLinkAsync(id);
        using var png = await api.QrRenderLinkAsync(id, Format.Png);

        Assert.Equal(await http.GetByteArrayAsync($"/api/v1/links/{id}/qr"), await ClientCalls.BytesAsync(svg.Stream));
        Assert.Equal(await http.GetByteArrayAsync($"/api/v1/links/{id}/qr?format=png"), await ClientCalls.BytesAsync(png.Stream));
    }

    [Fact]
    public async Task Files_AreBytes()
    {
        var (api, http) = await NewClientAsync();
        var link = await http.NewLinkAsync();

        using var zip = await api.QrRenderManyAsync(new() { Link_ids = [link.Text("id")] });
        using var csv = await api.AnalyticsExportAsync();

        Assert.Equal([$"{link.Text("short_code")}.svg"], ClientCalls.NamesIn(await ClientCalls.BytesAsync(zip.Stream)));
        Assert.Equal(await http.GetByteArrayAsync("/api/v1/analytics/export"), await ClientCalls.BytesAsync(csv.Stream));
    }

    [Fact]
    public async Task ValidationError_HasItsDetails()
    {
        var (api, _) = await NewClientAsync();

        var exception = await Assert.ThrowsAsync<ApiException<Error>>(
            () => api.LinksCreateAsync(body: new() { Url = "no url", Custom_slug = "-" }));
        var error = exception.Result.Error1;

        Assert.Equal("VALIDATION_ERROR", error.Code);
        Assert.Equal(["custom_slug", "url"], ((JsonElement)error.Details).EnumerateArray().Select(fault => fault.Text("field")).Order());
    }

    [Fact]
    public async Task OtherErrors_HaveTheirCode()
    {
        var (api, _) = await NewClientAsync();

        var notFound = await Assert.ThrowsAsync<ApiException<Error>>(() => api.LinksGetAsync("x"));
        var unauthorized = await Assert.ThrowsAsync<ApiException<Error>>(() => ClientOf(service.Application.NewClient()).WorkspaceGetUsageAsync());

        Assert.Equal(("NOT_FOUND", 404), (notFound.Result.Error1.Code, notFound.StatusCode));
        Assert.Equal("INVALID_API_KEY", unauthorized.Result.Error1.Code);
    }

    private async Task<(XQrNSwagClient Client, HttpClient Http)> NewClientAsync()
    {
        var http = (await service.NewWorkspaceAsync()).Client;
        return (ClientOf(http), http);
    }

    private XQrNSwagClient ClientOf(HttpClient http) => new(http) { BaseUrl = service.Application.Address.ToString() };
}
