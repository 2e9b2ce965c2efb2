using System.Buffers;
using System.Collections.Concurrent;
using System.Data.Common;
using Xunit;

namespace XQr.Testing.Secrets;

/// <summary>
/// Looks for secrets in what is logged. It is told each secret that a test makes, sends or is shown, and each line that is written, in
/// whatever order. Lines aren't kept: of each, only what could be a part of a secret. What leaks by 31 characters or more is found.
/// </summary>
public sealed class LogWatch
{
    private const int Piece = 16;

    /// <summary>What base64, base64url and percent-encoding are written with.</summary>
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-%");

    private readonly ConcurrentDictionary<string, byte> pieces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> suspects = new(StringComparer.Ordinal);

    /// <summary>That of the whole process: every test's secrets, every application's lines.</summary>
    public static LogWatch Shared { get; } = new();

    /// <summary>Whether it was told of a secret that ends like this.</summary>
    public bool Knows(string secret) => pieces.ContainsKey(secret[^Piece..]);

    public void AddSecret(string secret)
    {
        foreach (var form in (string[])[secret, Uri.EscapeDataString(secret), Uri.UnescapeDataString(secret)])
        {
            for (var start = 0; start + Piece <= form.Length; start += Piece)
            {
                pieces.TryAdd(form.Substring(start, Piece), 0);
            }
        }
    }

    /// <summary>What an API key or a JWT has after its last dot: the secret of the one, the signature of the other.</summary>
    public void AddCredential(string? text)
    {
        if (text is not null)
        {
            AddSecret(text[(text.LastIndexOf('.') + 1)..]);
        }
    }

    /// <summary>The account's key in the connection string of a storage.</summary>
    public void AddConnectionString(string text) => AddSecret((string)new DbConnectionStringBuilder { ConnectionString = text }["AccountKey"]);

    public void AddLine(string line)
    {
        for (var rest = line.AsSpan(); rest.IndexOfAny(Characters) is >= 0 and var start;)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(Characters) is >= 0 and var end ? end : rest.Length;
            if (length >= Piece && IsRandom(rest[..length]))
            {
                suspects.TryAdd(rest[..length].ToString(), line);
            }

            rest = rest[length..];
        }
    }

    /// <summary>The lines that have a part of a secret.</summary>
    public IReadOnlyList<string> Leaks()
    {
        var known = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        return [.. suspects.Where(suspect => HasPiece(suspect.Key)).Select(suspect => suspect.Value).Distinct()];

        bool HasPiece(string text)
        {
            for (var start = 0; start + Piece <= text.Length; start++)
            {
                if (known.ContainsKey(text.AsSpan(start, Piece)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Fails where a secret was logged. To be called when all is over.</summary>
    public void Verify()
    {
        var leaks = Leaks();
        Assert.True(leaks.Count == 0, $"Secrets were logged:\n{string.Join('\n', leaks)}");
    }

    /// <summary>Random texts of that length have letters of both cases and digits; ids, paths and names of types don't.</summary>
    private static bool IsRandom(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('0', '9');
}
