using System.CommandLine;
using System.Net.Sockets;
using XQr.Api;
using XQr.Api.Storage;
using XQr.Api.Urls;
using XQr.Dashboard;
using XQr.Server.Azurite;
using XQr.Server.Development;

namespace XQr.Server.Commands;

/// <summary>Creates the command <c>serve</c>, which is also the default command.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        HelpName = "URL",
        Description = "The address to serve; separate several by ';'. [default: http://127.0.0.1:7071]",
    };

    private static readonly Option<string> DemoPlan = Arguments.PlanOption(
        "--demo-plan", "The plan of the workspace that is created on empty storage.");
    private static readonly Option<string?> ReadyFile = new("--ready-file")
    {
        HelpName = "FILE",
        Description = "The file to write when the server is ready: the address, the key, the workspace and the storage, as JSON.",
    };

    /// <summary>Adds the command by name and as the default command.</summary>
    public static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", "Serves the API and the short links.");
        root.Add(serve);
        foreach (var command in (Command[])[root, serve])
        {
            foreach (var option in (Option[])[Urls, StorageChoice.Data, StorageChoice.Ephemeral, DemoPlan, ReadyFile])
            {
                command.Add(option);
            }

            command.Run(RunAsync);
        }
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(ReadyFile) is { } file)
        {
            Commands.ReadyFile.CheckWritable(file);
        }

        var builder = XQrHost.CreateBuilder(result.UnmatchedTokens);
        builder.Services.AddXQrWork();
        builder.UseUrls(result.GetValue(Urls));
        using var issuer = DevelopmentIssuer.AddTo(builder);

        // The application is disposed before the storage, because it stores its last scans when it stops.
        await using var storage = await StorageChoice.OpenAsync(builder, result, LocalStorage.StartAsync, cancellationToken);
        await using var app = builder.Build();
        StorageChoice.TablesOf(app.Services);
        if (issuer is not null)
        {
            app.UseDevelopmentSignIn(issuer);
        }

        app.UseXQrDashboard().UseXQr();
        try
        {
            await ListenAsync(app, cancellationToken);
            using var interrupts = Interrupts.ExitOnSecond();
            return await WaitAsync(ServeAsync(app, issuer, result), storage);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Announces the server and waits until it is stopped, which also ends the wait for storage that does not respond.</summary>
    private static async Task ServeAsync(WebApplication app, DevelopmentIssuer? issuer, ParseResult result)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await AnnounceAsync(app, issuer, result, stopping);
        }
        catch (Exception exception) when (stopping.IsCancellationRequested && StorageFailure.IsOutage(exception))
        {
            // The server was stopped before it found its workspace.
        }

        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    private static async Task AnnounceAsync(WebApplication app, DevelopmentIssuer? issuer, ParseResult result, CancellationToken cancellationToken)
    {
        var address = ServedUrls.FirstOf(app);
        app.Services.GetRequiredService<PublicUrls>().ServedAt = address;
        issuer?.Address = address;
        var start = await StartupWorkspace.FindOrCreateAsync(
            app.Services, Arguments.PlanOf(result.GetRequiredValue(DemoPlan)), needsOwner: issuer is not null, cancellationToken);
        issuer?.OwnerEmail = start.OwnerEmail;
        await result.InvocationConfiguration.Output.WriteAsync(StartupMessage.Create(address, start, result));
        if (result.GetValue(ReadyFile) is { } file)
        {
            await Commands.ReadyFile.WriteAsync(Path.GetFullPath(file), address, start, app.Services, cancellationToken);
        }
    }

    private static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException or ArgumentException
            or InvalidOperationException { InnerException: not (FormatException or ArgumentException) })
        {
            throw new StartFailedException(
                $"{exception.Message.Split('\n')[0].Trim().TrimEnd('.')}. Choose another address: --urls http://127.0.0.1:PORT, "
                + "or the environment variable ASPNETCORE_URLS; port 0 selects a free port.",
                exception);
        }
    }

    private static async Task<int> WaitAsync(Task served, LocalStorage? storage)
    {
        if (storage is null || await Task.WhenAny(served, storage.Exited) == served)
        {
            await served;
            return 0;
        }

        await Console.Error.WriteLineAsync(
            $"The local storage ended unexpectedly, so the server stops. Its last output:{Environment.NewLine}{await storage.Exited}");
        return 1;
    }
}
