namespace XQr.Load;

/// <summary>The least that Kestrel does for a redirect: a route and an answer like the service's, with nothing looked up, counted or logged.</summary>
internal static class Yardstick
{
    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.MapGet("/{short_code}", static (HttpContext context) =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            var headers = context.Response.Headers;
            headers.Location = "https://example.com/landing-page";
            headers.CacheControl = "private, no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["X-Robots-Tag"] = "noindex";
            headers["X-Request-Id"] = "req_0123456789abcdef";
            return Task.CompletedTask;
        });
        app.Run();
    }
}
