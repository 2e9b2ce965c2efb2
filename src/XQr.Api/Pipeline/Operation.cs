using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// A creation, however many times its request has to be run: the time and the random bytes that it is made from are the same in each
/// run, so that a run after a crash finds what the one before it had made, and makes nothing twice. Draw from it in the same order in
/// each run; it isn't for parallel use.
/// </summary>
/// <param name="at">When it was first begun.</param>
/// <param name="seed">32 random bytes; all that is drawn follows from them, by HMAC-SHA-256 of a counter.</param>
internal sealed class Operation(DateTimeOffset at, byte[] seed)
{
    private readonly byte[] block = new byte[HMACSHA256.HashSizeInBytes];
    private int used = HMACSHA256.HashSizeInBytes;
    private long blocks;

    /// <summary>When it was first begun: what counts as now in each run.</summary>
    public DateTimeOffset At => at;

    public byte[] Seed => seed;

    public static Operation New(DateTimeOffset now) => new(now, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));

    /// <summary>The next random bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        foreach (ref var next in bytes)
        {
            if (used == block.Length)
            {
                BinaryPrimitives.WriteInt64BigEndian(counter, blocks++);
                HMACSHA256.HashData(seed, counter, block);
                used = 0;
            }

            next = block[used++];
        }
    }

    /// <summary>A random text: each character of the alphabet (at most 256) is equally likely at each place.</summary>
    public string Text(ReadOnlySpan<char> alphabet, int length)
    {
        var text = new char[length];
        var fair = 256 - (256 % alphabet.Length);
        Span<byte> drawn = stackalloc byte[1];
        for (var index = 0; index < length;)
        {
            Fill(drawn);
            if (drawn[0] < fair)
            {
                text[index++] = alphabet[drawn[0] % alphabet.Length];
            }
        }

        return new(text);
    }
}

internal static class OperationExtensions
{
    public static Operation Operation(this HttpContext context) =>
        context.Api().Operation ?? throw new InvalidOperationException("The endpoint creates something, but doesn't declare itself idempotent.");
}
