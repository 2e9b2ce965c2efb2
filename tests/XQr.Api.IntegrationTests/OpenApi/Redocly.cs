using XQr.Server.Azurite;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>The linter of OpenAPI documents that <c>package.json</c> pins. It works offline. Its rules are errors, none a warning.</summary>
internal static class Redocly
{
    public static async Task<(bool Faultless, string Output)> LintAsync(string document)
    {
        var packages = await NodePackages.EnsureInstalledAsync(TextWriter.Null);
        var folder = Directory.CreateTempSubdirectory("xqr-lint-");
        try
        {
            var file = Path.Combine(folder.FullName, "openapi.json");
            await File.WriteAllTextAsync(file, document);
            var run = await ProcessResult.RunAsync(
                "node",
                [
                    Path.Combine(packages, "node_modules", "@redocly", "cli", "bin", "cli.js"),
                    "lint", file, "--config", Repository.PathOf("tests", "XQr.Api.IntegrationTests", "OpenApi", "redocly.yaml"),
                ],
                folder.FullName,
                new Dictionary<string, string> { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" });
            return (run.ExitCode == 0, run.Output + run.Errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
