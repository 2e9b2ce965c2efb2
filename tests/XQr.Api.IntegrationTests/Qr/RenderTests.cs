using System.Net;
using XQr.Testing;
using XQr.Testing.Decoding;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class RenderTests(ServiceFixture service, QrReader reader)
{
    [Theory]
    [InlineData("")]
    [InlineData("&format=svg")]
    [InlineData("&format=png")]
    [InlineData("&format=png&dot_style=rounded&corner_style=dot&foreground_color=%23123&error_correction=Q&quiet_zone=4&size=7")]
    [InlineData("&dot_style=classy&corner_style=rounded&foreground_color=%23123456&background_color=%23eee&quiet_zone=0")]
    public async Task AdHoc_DecodesToItsData(string parameters)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        const string Data = "Grüße & 100 % +1";
        var path = $"/api/v1/qr/render?data={Uri.EscapeDataString(Data)}{parameters}";

        var response = await client.GetAsync(path);
        var image = await response.Content.ReadAsByteArrayAsync();
        var extension = parameters.Contains("png", StringComparison.Ordinal) ? "png" : "svg";

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Data, await reader.ReadAsync(image));
        Assert.Equal($"inline; filename=\"qr.{extension}\"", response.Header("Content-Disposition"));
        Assert.Equal(extension == "png" ? "image/png" : "image/svg+xml", response.Header("Content-Type"));
        Assert.Equal("private, max-age=300", $"private, max-age={response.Headers.CacheControl?.MaxAge?.TotalSeconds}");
        Assert.Equal(image, await (await client.PostAsync(path, null)).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Template_ShapesTheImage()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = await client.NewTemplateAsync(
            """{"foreground_color":"#0A3","background_color":"#FFFEFD","error_correction":"H","dot_style":"dots","quiet_zone":3}""");
        var id = template.Text("id");
        var response = await client.GetAsync($"{Templates}/{id}/render?data=table%207&size=4&format=png");
        var image = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal($"inline; filename=\"{id[..8]}-qr.png\"", response.Header("Content-Disposition"));
        var reading = (await reader.ReadCodeAsync(image))!;
        Assert.Equal(("table 7", "H"), (reading.Text, reading.Level));
        Assert.Equal((reading.Modules.Count + 6) * 4, (await reader.RasteriseAsync(image)).Width);
        Assert.Equal("#FFFEFDFF", (await reader.RasteriseAsync(image))[0, 0]);
        Assert.Equal(image, await client.ImageAsync(
            "/api/v1/qr/render?data=table%207&size=4&format=png&foreground_color=%230A3&background_color=%23FFFEFD"
            + "&error_correction=H&dot_style=dots&quiet_zone=3"));
        Assert.Equal(
            image, await (await client.PostAsync($"{Templates}/{id}/render?data=table%207&size=4&format=png", null)).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task ChangedTemplate_ChangesImageAndTagAndDeletedIsNotFound()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync();
        var template = (await client.NewTemplateAsync()).Text("id");
        string[] paths = [$"{Templates}/{template}/render?data=x", $"/api/v1/links/{link.Text("id")}/qr?template_id={template}"];
        var before = await Task.WhenAll(paths.Select(path => client.GetAsync(path)));

        await client.PatchJsonAsync($"{Templates}/{template}", """{"design":{"foreground_color":"#600"}}""");
        foreach (var (path, old) in paths.Zip(before))
        {
            var response = await client.VisitAsync(path, headers: ("If-None-Match", old.Header("ETag")!));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEqual(old.Header("ETag"), response.Header("ETag"));
            Assert.Contains("#660000", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await client.DeleteAsync($"{Templates}/{template}");
        foreach (var path in paths)
        {
            await (await client.GetAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task Link_WithTemplate_LeadsToTheLinkAndIsCounted()
    {
        await using var tight = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:DynamicQr"] = "1" });
        var client = (await tight.NewWorkspaceAsync()).Client;
        var (first, second) = (await client.NewLinkAsync(), await client.NewLinkAsync());
        var template = (await client.NewTemplateAsync("""{"dot_style":"rounded"}""")).Text("id");
        var other = (await (await service.NewWorkspaceAsync()).Client.NewTemplateAsync()).Text("id");

        foreach (var unknown in (string[])[other, "nonsense", ""])
        {
            await (await client.GetAsync($"/api/v1/links/{second.Text("id")}/qr?template_id={unknown}"))
                .ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.Equal(
            first.Text("short_url"), await reader.ReadAsync(await client.ImageAsync($"/api/v1/links/{first.Text("id")}/qr?template_id={template}")));
        await (await client.GetAsync($"/api/v1/links/{second.Text("id")}/qr?template_id={template}"))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        await client.ImageAsync($"/api/v1/links/{first.Text("id")}/qr");
        await client.ImageAsync("/api/v1/qr/render?data=x");
    }

    [Theory]
    [InlineData("", "data")]
    [InlineData("?data=", "data")]
    [InlineData("?data=x&format=gif&size=51", "format,size")]
    [InlineData("?data=x&foreground_colour=%23000", "foreground_colour")]
    [InlineData("?data=x&fg=%23000&dotstyle=dots", "fg,dotstyle")]
    [InlineData("?data=x&foreground_color=%23999", "foreground_color")]
    [InlineData("?data=x&foreground_color=%23fff&background_color=%23000", "foreground_color")]
    [InlineData("?data=x&dot_style=stars&corner_style=x&error_correction=X", "error_correction,dot_style,corner_style")]
    [InlineData("?data=x&logo_size=0.5&quiet_zone=1.5", "logo_size,quiet_zone")]
    [InlineData("?data=x&logo_url=http://example.com/a.png", "logo_url")]
    [InlineData("?data=x&template_id=7", "template_id")]
    public async Task AdHoc_ErrorsAreNamed(string query, string fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"/api/v1/qr/render{query}";

        foreach (var answer in new[] { await client.GetAsync(path), await client.PostAsync(path, null) })
        {
            Assert.Equal(fields.Split(','), (await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        }
    }

    [Fact]
    public async Task Template_MisspeltParameter_IsRefused()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = (await client.NewTemplateAsync()).Text("id");

        var error = await (await client.GetAsync($"{Templates}/{id}/render?dat=x&fromat=png"))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["dat", "fromat"], error.Fields());
    }

    [Theory]
    [InlineData(1_200, "M", true)]
    [InlineData(1_201, "M", false)]
    [InlineData(1_200, "H", true)]
    public async Task Data_HasAtMost1200Bytes(int bytes, string level, bool isRight)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var data = string.Concat(Enumerable.Range(0, bytes).Select(index => (char)('a' + (index % 26))));

        var response = await client.GetAsync($"/api/v1/qr/render?format=png&size=3&quiet_zone=4&error_correction={level}&data={data}");

        if (isRight)
        {
            Assert.Equal(data, await reader.ReadAsync(await response.Content.ReadAsByteArrayAsync()));
        }
        else
        {
            Assert.Equal(["data"], (await response.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        }
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("png")]
    public async Task Revalidation_AnswersForTheSameImageOnEveryInstance(string format)
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        using var client = other.NewClient(workspace.Key);
        var path = $"/api/v1/qr/render?data=x&dot_style=dots&format={format}";

        var tag = (await workspace.Client.GetAsync(path)).Header("ETag")!;
        var again = await client.VisitAsync(path, headers: ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Header("ETag"));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        string[] others = ["data=y&dot_style=dots", "data=x", "data=x&dot_style=dots&size=11", "data=x&dot_style=dots&quiet_zone=2"];
        foreach (var different in others)
        {
            Assert.Equal(
                HttpStatusCode.OK,
                (await client.VisitAsync($"/api/v1/qr/render?{different}&format={format}", headers: ("If-None-Match", tag))).StatusCode);
        }

        await (await client.VisitAsync("/api/v1/qr/render?data=", headers: ("If-None-Match", "*")))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }
}
