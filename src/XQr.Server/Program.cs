using XQr.Api;
using XQr.Api.Storage;
using XQr.Api.Workspaces;
using XQr.Server;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false);
LocalGeoDatabase.UseIfInstalled(builder.Configuration);
builder.Services.AddXQr(builder.Configuration);
var app = builder.Build();
app.UseXQr();
await app.Services.GetRequiredService<Tables>().EnsureCreatedAsync();
var store = app.Services.GetRequiredService<WorkspaceStore>();
var keys = app.Services.GetRequiredService<ApiKeyStore>();
if (!await store.AnyAsync(default))
{
    var ws = await store.CreateAsync("Demo", Plan.Pro, null, default);
    var key = await keys.TryCreateAsync(ws.Id, "Demo", ["*"], null, 2, default);
    Console.WriteLine(key!.Value.Text);
}

app.Run();
