using Microsoft.AspNetCore.Http;

namespace XQr.Functions.Tests;

/// <summary>The worker prepares the pipeline before it reports to the host that it is ready.</summary>
public sealed class PipelineTests(AppFixture fixture)
{
    /// <summary>A start must not depend on storage or cost transactions.</summary>
    [Fact]
    public async Task Prepare_BuildsTheRoutesWithoutStorageAndWithoutErrors()
    {
        await using var instance = await fixture.StartAnotherAsync();
        var pipeline = new XQrPipeline(instance.Service<IServiceProvider>());

        var calls = await instance.Calls.DuringAsync(pipeline.PrepareAsync);

        Assert.Empty(calls);
        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Warning", StringComparison.Ordinal));
        var context = new DefaultHttpContext { RequestServices = instance.Service<IServiceProvider>() };
        context.Request.Method = "GET";
        context.Request.Path = "/health";
        await pipeline.RunAsync(context.Request);
        Assert.Equal(StatusCodes.Status200OK, context.Response.StatusCode);
    }
}
