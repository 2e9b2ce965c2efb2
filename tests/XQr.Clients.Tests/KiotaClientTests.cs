using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using XQr.Clients.Tests.Kiota;
using XQr.Clients.Tests.Kiota.Api.V1.Qr.Render;
using XQr.Clients.Tests.Kiota.Models;
using XQr.Testing;
using LinkFormat = XQr.Clients.Tests.Kiota.Api.V1.Links.Item.Qr.GetFormatQueryParameterType;

namespace XQr.Clients.Tests;

/// <summary>A client that Kiota generates reads what the service answers.</summary>
public sealed class KiotaClientTests(ServiceFixture service)
{
    [Fact]
    public async Task Links_AreCreatedAndListed()
    {
        var (api, _) = await NewClientAsync();

        var created = await api.Api.V1.Links.PostAsync(new() { Url = ClientCalls.Destination, Labels = ["print"] });
        var list = await api.Api.V1.Links.GetAsync(request => request.QueryParameters.Label = "print");

        Assert.Equal(ClientCalls.Destination, created!.Data!.Destination);
        Assert.Null(created.Data.ExpiresAt);
        Assert.Equal(1, list!.Meta!.Total);
        Assert.Equal(created.Data.ShortUrl, Assert.Single(list.Data!).ShortUrl);
    }

    [Fact]
    public async Task Patch_LeavesAloneWhatItDoesNotName()
    {
        var (api, http) = await NewClientAsync();
        var id = (await http.NewLinkAsync("""{"url":"https://example.com/","expires_at":"2100-01-01T00:00:00Z"}""")).Text("id");

        var changed = (await api.Api.V1.Links[id].PatchAsync(new() { Labels = ["print"] }))!.Data!;

        Assert.Equal(["print"], changed.Labels!);
        Assert.True(changed.Enabled);
        Assert.Equal(2100, changed.ExpiresAt?.Year);
    }

    [Fact]
    public async Task Images_AreBytes()
    {
        var (api, http) = await NewClientAsync();
        var id = (await http.NewLinkAsync()).Text("id");
        var qr = api.Api.V1.Links[id].Qr;

        var svg = await qr.GetAsync();
        var png = await qr.GetAsync(request => request.QueryParameters.Format = LinkFormat.Png);
        var wifi = await api.Api.V1.Qr.Render.GetAsync(request =>
            (request.QueryParameters.Type, request.QueryParameters.Ssid) = (GetTypeQueryParameterType.Wifi, "Guests"));

        Assert.Equal(await http.GetByteArrayAsync($"/api/v1/links/{id}/qr"), await ClientCalls.BytesAsync(svg));
        Assert.Equal(await http.GetByteArrayAsync($"/api/v1/links/{id}/qr?format=png"), await ClientCalls.BytesAsync(png));
        Assert.Equal(await http.GetByteArrayAsync("/api/v1/qr/render?type=wifi&ssid=Guests"), await ClientCalls.BytesAsync(wifi));
    }

    [Fact]
    public async Task Files_AreBytes()
    {
        var (api, http) = await NewClientAsync();
        var link = await http.NewLinkAsync();

        var zip = await api.Api.V1.Qr.Batch.PostAsync(new() { LinkIds = [link.Text("id")] });
        var csv = await api.Api.V1.Analytics.Export.GetAsync();

        Assert.Equal([$"{link.Text("short_code")}.svg"], ClientCalls.NamesIn(await ClientCalls.BytesAsync(zip)));
        Assert.Equal(await http.GetByteArrayAsync("/api/v1/analytics/export"), await ClientCalls.BytesAsync(csv));
    }

    [Fact]
    public async Task ValidationError_HasItsDetails()
    {
        var (api, _) = await NewClientAsync();

        var error = await Assert.ThrowsAsync<Error>(() => api.Api.V1.Links.PostAsync(new() { Url = "no url", CustomSlug = "-" }));

        Assert.Equal("VALIDATION_ERROR", error.ErrorProp!.Code);
        var fields = Assert.IsType<UntypedArray>(error.ErrorProp.Details).GetValue()
            .Select(fault => ((UntypedString)((UntypedObject)fault).GetValue()["field"]).GetValue());
        Assert.Equal(["custom_slug", "url"], fields.Order());
    }

    [Fact]
    public async Task OtherErrors_HaveTheirCode()
    {
        var (api, _) = await NewClientAsync();

        var notFound = await Assert.ThrowsAsync<Error>(() => api.Api.V1.Links["x"].GetAsync());
        var unauthorized = await Assert.ThrowsAsync<Error>(() => ClientOf(service.Application.NewClient()).Api.V1.Links.GetAsync());

        Assert.Equal(("NOT_FOUND", 404), (notFound.ErrorProp!.Code, notFound.ErrorProp.Status));
        Assert.Equal("INVALID_API_KEY", unauthorized.ErrorProp!.Code);
    }

    private async Task<(XQrKiotaClient Client, HttpClient Http)> NewClientAsync()
    {
        var http = (await service.NewWorkspaceAsync()).Client;
        return (ClientOf(http), http);
    }

    private XQrKiotaClient ClientOf(HttpClient http) => new(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
    {
        BaseUrl = service.Application.Address.ToString().TrimEnd('/'),
    });
}
