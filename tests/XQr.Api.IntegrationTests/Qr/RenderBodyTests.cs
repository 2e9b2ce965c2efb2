using System.Net;
using System.Security.Cryptography;
using System.Text;
using XQr.Testing;
using XQr.Testing.Decoding;
using XQr.Testing.Secrets;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Renders with fields in a body, which keeps passwords out of URLs. Logs have no query strings either.</summary>
public sealed class RenderBodyTests(ServiceFixture service, QrReader reader)
{
    private const string Render = "/api/v1/qr/render";

    [Fact]
    public async Task Body_GivesTheImageOfTheQuery()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = (await client.NewTemplateAsync("""{"dot_style":"dots"}""")).Text("id");

        var byBody = await client.PostJsonAsync(
            Render,
            """
            {"type":"wifi","ssid":"Guests","password":"two coffees","hidden":true,
             "format":"png","size":7,"dot_style":"rounded","quiet_zone":4,"logo_url":null}
            """);
        var byTemplate = await client.PostJsonAsync(
            $"{Templates}/{template}/render", """{"type":"geo","latitude":52.52,"longitude":13.405,"size":3}""");

        var image = await byBody.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/png", byBody.Header("Content-Type"));
        Assert.Equal("WIFI:T:WPA;S:Guests;P:two coffees;H:true;;", await reader.ReadAsync(image));
        Assert.Equal(image, await client.ImageAsync(
            $"{Render}?type=wifi&ssid=Guests&password=two%20coffees&hidden=true&format=png&size=7&dot_style=rounded&quiet_zone=4"));
        Assert.Equal(
            await byTemplate.Content.ReadAsByteArrayAsync(),
            await client.ImageAsync($"{Templates}/{template}/render?type=geo&latitude=52.52&longitude=13.405&size=3"));
    }

    [Theory]
    [InlineData("""{"data":"x","fomat":"png"}""", "", "fomat")]
    [InlineData("""{"data":7}""", "", "data")]
    [InlineData("""{"type":"event","title":7,"start":8}""", "", "title,start")]
    [InlineData("""{"type":"vcard","name":7,"email":8,"phone":9}""", "", "name,phone,email")]
    [InlineData("""{"type":"geo","latitude":"1","longitude":true}""", "", "latitude,longitude")]
    [InlineData("""{"type":"tel","phone":110}""", "", "phone")]
    [InlineData("""{"type":"email","to":["a@example.com"]}""", "", "to")]
    [InlineData("""{"type":"wifi","password":"short"}""", "", "ssid,password")]
    [InlineData("""{"data":"x","size":"7","quiet_zone":17}""", "", "size,quiet_zone")]
    [InlineData("""{"data":"x"}""", "?format=png", "format")]
    [InlineData("""{"format":"png"}""", "?data=x", "data,data")]
    [InlineData("{}", "", "data")]
    public async Task Errors_AreNamed(string body, string query, string fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        Assert.Equal(
            fields.Split(','),
            (await (await client.PostJsonAsync(Render + query, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task TemplateRender_TakesNoDesign()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = (await client.NewTemplateAsync()).Text("id");

        var error = await (await client.PostJsonAsync($"{Templates}/{template}/render", """{"data":"x","dot_style":"dots"}"""))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["dot_style"], error.Fields());
    }

    /// <summary>As clients of the public API send it: nothing, or an empty object beside the query.</summary>
    [Fact]
    public async Task BodyWithoutFields_LeavesTheQuery()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var image = await client.ImageAsync($"{Render}?data=x");

        foreach (var content in new HttpContent?[] { null, Answers.Json("{}"), new ByteArrayContent([]) })
        {
            using (content)
            {
                Assert.Equal(image, await (await client.PostAsync($"{Render}?data=x", content)).Content.ReadAsByteArrayAsync());
            }
        }
    }

    [Fact]
    public async Task OtherBody_IsRefusedAsEverywhere()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        using var form = new StringContent("data=x", Encoding.UTF8, "application/x-www-form-urlencoded");

        await (await client.PostAsync(Render, form)).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await client.PostJsonAsync(Render, "[]")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
        await (await client.PostJsonAsync(Render, """{"data":""")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
    }

    /// <summary>The application of the tests logs everything from Debug on; LogWatch searches the lines of all others of the suite too.</summary>
    [Fact]
    public async Task Password_IsInNoLog()
    {
        await using var instance = await service.StartAnotherAsync();
        var client = (await instance.NewWorkspaceAsync()).Client;
        var template = (await client.NewTemplateAsync()).Text("id");
        var password = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        LogWatch.Shared.AddSecret(password);

        foreach (var path in (string[])[Render, $"{Templates}/{template}/render"])
        {
            await client.ImageAsync($"{path}?type=wifi&ssid=a&password={password}");
            await client.PostAsync($"{path}?type=wifi&ssid=a&password={password}", null);
            await client.PostJsonAsync(path, $$"""{"type":"wifi","ssid":"a","password":"{{password}}"}""");
            await client.PostJsonAsync(path, $$"""{"type":"wifi","ssid":"a","password":"{{password}}","typo":1}""");
            await client.GetAsync($"{path}?type=wifi&ssid=&password={password}");
        }

        Assert.NotEmpty(instance.Logs.All);
        Assert.DoesNotContain(instance.Logs.All, line => line.Contains(password, StringComparison.Ordinal));
    }
}
