using System.Diagnostics;
using Xunit;

namespace XQr.Testing;

/// <summary>Represents a completed run of a program.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The text of the standard output.</param>
/// <param name="Errors">The text of the standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Errors)
{
    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Additional environment variables.</param>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await errors);
    }

    /// <summary>Asserts that the run succeeded, and returns it.</summary>
    public ProcessResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"The exit code is {ExitCode}: {Output}{Errors}");
        return this;
    }

    /// <summary>Asserts that the run failed with an error message.</summary>
    /// <param name="expected">A part of the message.</param>
    public void Failed(string expected)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(expected, Errors, StringComparison.Ordinal);
    }
}
