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
