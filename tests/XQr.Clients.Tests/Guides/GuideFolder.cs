using System.ComponentModel;
using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Clients.Tests.Guides;

/// <summary>An empty folder in which the samples of a guide run.</summary>
/// <param name="environment">The variables that the guide tells its readers to set.</param>
internal sealed class GuideFolder(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("xqr-guide-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    /// <summary>Creates a folder whose samples call an instance of the service for a workspace of their own.</summary>
    public static async Task<GuideFolder> CreateAsync(ServiceFixture service, XQrApplication instance)
    {
        // The plan's burst limit is below the 60 requests at once of the section on rate limits.
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Business);
        var key = await owner.Client.PostJsonAsync("/api/developer/keys", """{"name":"Guide","scopes":["*"]}""");
        return new(new Dictionary<string, string>
        {
            ["XQR_URL"] = instance.Address.ToString().TrimEnd('/'),
            ["XQR_KEY"] = (await key.DataAsync(HttpStatusCode.Created)).Text("key"),
            ["XQR_TOKEN"] = owner.Client.DefaultRequestHeaders.Authorization!.Parameter!,

            // A server of the compiler or of the build would outlive the command and keep its output open.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        });
    }

    /// <summary>Writes a file into the folder.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(path, name), text);

    /// <summary>Runs a program in the folder and fails unless it succeeds.</summary>
    /// <returns>The text that it wrote to its standard output.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return (await ProcessResult.RunAsync(program, arguments, path, environment)).Succeeded().Output;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The samples of the guides need {program}. Install it and run the tests again.", e);
        }
    }
}
