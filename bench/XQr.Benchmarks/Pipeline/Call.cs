using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace XQr.Benchmarks.Pipeline;

/// <summary>Sends a request repeatedly with the same context, as Kestrel does, so that its creation is not measured.</summary>
internal sealed class Call
{
    private readonly DefaultHttpContext context;
    private readonly int expected;

    public Call(IServiceProvider services, string path, int expected, params (string Name, string Value)[] headers)
    {
        this.expected = expected;
        context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = path;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }
    }

    public async Task SendAsync(RequestDelegate pipeline)
    {
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        context.Response.Clear();
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await pipeline(context);
        if (context.Response.StatusCode != expected)
        {
            throw new InvalidOperationException($"{expected} expected, not {context.Response.StatusCode}.");
        }
    }
}
