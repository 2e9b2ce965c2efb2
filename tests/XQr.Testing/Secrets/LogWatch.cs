using System.Buffers;
using System.Collections.Concurrent;
using System.Data.Common;
using Xunit;

namespace XQr.Testing.Secrets;

/// <summary>
/// Searches log lines for secrets. Tests add the secrets that they send or receive, and all log lines, in any order. Only texts of a line that
/// can be a part of a secret are stored. It finds every part of a secret of at least 31 characters.
/// </summary>
public sealed class LogWatch
{
    private const int PieceLength = 16;

    /// <summary>The characters of base64, base64url and percent-encoding.</summary>
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-%");

    private readonly ConcurrentDictionary<string, byte> pieces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> suspects = new(StringComparer.Ordinal);

    /// <summary>Gets the search of the process: the secrets of all tests and the log lines of all applications.</summary>
    public static LogWatch Shared { get; } = new();

    /// <summary>Returns true if a secret with this end was added.</summary>
    public bool Contains(string secret) => pieces.ContainsKey(secret[^PieceLength..]);

    /// <summary>Adds a secret.</summary>
    public void AddSecret(string secret)
    {
        foreach (var form in (string[])[secret, Uri.EscapeDataString(secret), Uri.UnescapeDataString(secret)])
        {
            for (var start = 0; start + PieceLength <= form.Length; start += PieceLength)
            {
                pieces.TryAdd(form.Substring(start, PieceLength), 0);
            }
        }
    }

    /// <summary>Adds the secret of an API key or the signature of a JWT: the text after the last dot.</summary>
    public void AddCredential(string? text)
    {
        if (text is not null)
        {
            AddSecret(text[(text.LastIndexOf('.') + 1)..]);
        }
    }

    /// <summary>Adds the account key of a connection string.</summary>
    public void AddConnectionString(string text) => AddSecret((string)new DbConnectionStringBuilder { ConnectionString = text }["AccountKey"]);

    /// <summary>Adds a log line.</summary>
    public void AddLine(string line)
    {
        for (var rest = line.AsSpan(); rest.IndexOfAny(Characters) is >= 0 and var start;)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(Characters) is >= 0 and var end ? end : rest.Length;
            if (length >= PieceLength && IsRandom(rest[..length]))
            {
                suspects.TryAdd(rest[..length].ToString(), line);
            }

            rest = rest[length..];
        }
    }

    /// <summary>Returns the lines with a part of a secret.</summary>
    public IReadOnlyList<string> Leaks()
    {
        var known = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        return [.. suspects.Where(suspect => HasPiece(suspect.Key)).Select(suspect => suspect.Value).Distinct()];

        bool HasPiece(string text)
        {
            for (var start = 0; start + PieceLength <= text.Length; start++)
            {
                if (known.ContainsKey(text.AsSpan(start, PieceLength)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Asserts that no secret was logged, after all tests.</summary>
    public void Verify()
    {
        var leaks = Leaks();
        Assert.True(leaks.Count == 0, $"Secrets were logged:\n{string.Join('\n', leaks)}");
    }

    /// <summary>Returns true if a text can be random: ids, paths and names of types do not have letters of both cases and digits.</summary>
    private static bool IsRandom(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('0', '9');
}
