using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Server.Tests;

/// <summary>Represents a completed run of the program.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors)
{
    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    /// <summary>Asserts that the run succeeded, and returns it.</summary>
    public Run Succeeded()
    {
        Assert.True(ExitCode == 0, Errors);
        return this;
    }

    /// <summary>Asserts that the run failed with an error message.</summary>
    public void Failed(string expected)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(expected, Errors, StringComparison.Ordinal);
    }
}

/// <summary>Runs the built server as a process in a folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly Task<int> ended;

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
        var readyFile = Path.Combine(Path.GetTempPath(), $"xqr-ready-{Path.GetRandomFileName()}");
        var server = new ServerProcess(folder, [.. arguments, "--urls", "http://127.0.0.1:0", "--ready-file", readyFile], environment);
        try
        {
            await Eventually.TrueAsync(
                () => Task.FromResult(File.Exists(readyFile) || server.process.HasExited), "The server is ready.");
            Assert.True(File.Exists(readyFile), $"The server ended: {server.errors}");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(readyFile));
            }

            server.Ready = JsonElement.Parse(await File.ReadAllTextAsync(readyFile));
            LogWatch.Shared.AddCredential(server.Key);
            LogWatch.Shared.AddConnectionString(server.ConnectionString);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        finally
        {
            File.Delete(readyFile);
        }
    }

    /// <summary>Runs the program to its end.</summary>
    public static Task<Run> RunAsync(string folder, params string[] arguments) => RunAsync(folder, [], arguments);

    public static async Task<Run> RunAsync(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        await using var server = new ServerProcess(folder, arguments, environment);
        return await server.EndedAsync();
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

    public Task<Run> StopAsync()
    {
        Signal("TERM");
        return EndedAsync();
    }

    public async Task<Run> EndedAsync() => new(await ended.WaitAsync(Timeout), output.ToString(), errors.ToString());

    /// <summary>Waits until the output contains a text, and returns the output.</summary>
    public async Task<string> OutputAsync(string containing)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Output.Contains(containing, StringComparison.Ordinal)), $"the server writes '{containing}'");
        return Output;
    }

    public async ValueTask DisposeAsync()
    {
        // After a graceful stop the storage has ended too, so no process writes to the folder of the test.
        if (!process.HasExited)
        {
            Signal("TERM");
        }

        await ended.WaitAsync(Timeout);
        process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    private async Task<int> EndAsync()
    {
        await Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Registers a key in the startup message or in the output of a command. Elsewhere a key is a leak.</summary>
    private static void Watch(string line)
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
