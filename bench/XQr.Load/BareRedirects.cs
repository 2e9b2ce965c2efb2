namespace XQr.Load;

/// <summary>Serves redirects with bare Kestrel: a route and the headers of the service, without storage, counts or logs.</summary>
internal static class BareRedirects
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
