using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Server.Tests;

/// <summary>Runs the built server as a process in a folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly Task<int> ended;
    private string? readyFile;

    private ServerProcess(string folder, IReadOnlyList<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "XQr.Server.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Xqr__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Interrupts.ResetIfIgnored();
        process = Process.Start(start)!;
        ended = EndAsync();
    }

    public int ProcessId => process.Id;

    public JsonElement Ready { get; private set; }

    public string BaseUrl => Ready.Text("base_url");

    public string WorkspaceId => Ready.Text("workspace_id");

    public string ConnectionString => Ready.Text("storage_connection_string");

    public string? Key => Ready.TryGetProperty("api_key", out var key) ? key.GetString() : null;

    /// <summary>Starts a server on a free port and waits until it is ready.</summary>
    public static Task<ServerProcess> StartAsync(string folder, params string[] arguments) => StartAsync(folder, [], arguments);

    public static async Task<ServerProcess> StartAsync(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var server = Launch(folder, environment, arguments);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server on a free port.</summary>
    public static ServerProcess Launch(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var readyFile = Path.Combine(Path.GetTempPath(), $"xqr-ready-{Path.GetRandomFileName()}");
        return new(folder, [.. arguments, "--urls", "http://127.0.0.1:0", "--ready-file", readyFile], environment) { readyFile = readyFile };
    }

    /// <summary>Starts a command, or a server without a ready file.</summary>
    public static ServerProcess LaunchCommand(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments) =>
        new(folder, arguments, environment);

    /// <summary>Waits until the server is ready.</summary>
    public async Task ReadyAsync()
    {
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(readyFile) || process.HasExited), "The server is ready.");
        Assert.True(File.Exists(readyFile), $"The server ended: {Text(errors)}");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(readyFile));
        }

        Ready = JsonElement.Parse(await File.ReadAllTextAsync(readyFile));
        LogWatch.Shared.AddCredential(Key);
        LogWatch.Shared.AddConnectionString(ConnectionString);
    }

    /// <summary>Runs the program to its end.</summary>
    public static Task<ProcessResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, [], arguments);

    public static async Task<ProcessResult> RunAsync(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        await using var command = LaunchCommand(folder, environment, arguments);
        return await command.EndedAsync();
    }

    /// <summary>Creates a client that sends a key, does not follow redirects, and repeats requests that a busy server rejected.</summary>
    public HttpClient NewClient(string? key = null)
    {
        var client = new HttpClient(new RetryHandler { InnerHandler = new SecretSpotter() }) { BaseAddress = new Uri(BaseUrl) };
        client.DefaultRequestHeaders.Authorization = (key ?? Key) is { } text ? new AuthenticationHeaderValue("Bearer", text) : null;
        return client;
    }

    /// <summary>Sends a signal, <c>TERM</c>, <c>INT</c> or <c>KILL</c>, to the server.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public Task<ProcessResult> StopAsync()
    {
        Signal("TERM");
        return EndedAsync();
    }

    public async Task<ProcessResult> EndedAsync() => new(await ended.WaitAsync(Timeout), Text(output), Text(errors));

    /// <summary>Waits until the output contains a text, and returns the output.</summary>
    public Task<string> OutputAsync(string containing) => ReadAsync(output, containing);

    /// <summary>Waits until the error output contains a text, and returns the error output.</summary>
    public Task<string> ErrorsAsync(string containing) => ReadAsync(errors, containing);

    public async ValueTask DisposeAsync()
    {
        // After a graceful stop the storage has ended too, so no process writes to the folder of the test.
        if (!process.HasExited)
        {
            Signal("TERM");
        }

        await ended.WaitAsync(Timeout);
        process.Dispose();
        if (readyFile is not null)
        {
            File.Delete(readyFile);
        }
    }

    private static string Text(StringBuilder stream)
    {
        lock (stream)
        {
            return stream.ToString();
        }
    }

    private static async Task<string> ReadAsync(StringBuilder stream, string containing)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Text(stream).Contains(containing, StringComparison.Ordinal)), $"'{containing}' is written");
        return Text(stream);
    }

    private async Task<int> EndAsync()
    {
        await Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Registers a key in the startup message or in the output of a command. Elsewhere a key is a leak.</summary>
    public static void Watch(string line)
    {
        if (Announced().IsMatch(line))
        {
            SecretSpotter.Spot(line, LogWatch.Shared);
        }
        else
        {
            LogWatch.Shared.AddLine(line);
        }
    }

    [GeneratedRegex(@"^(API key +|curl http://127\.0\.0\.1:\d+/api/v1/links -H 'Authorization: Bearer )?xqr_pk_[\w.-]+(' .*)?$")]
    private static partial Regex Announced();

    private static async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (to)
            {
                to.Append(line).Append('\n');
            }

            Watch(line);
        }
    }
}
