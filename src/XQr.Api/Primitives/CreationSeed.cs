using System.Buffers.Binary;
using System.Security.Cryptography;

namespace XQr.Api.Primitives;

/// <summary>
/// The time and the random bytes of a creation, which are the same in each run of its request. A run after a crash therefore finds what
/// the earlier run created, and creates nothing twice. Each run must draw the same values in the same order; not for parallel use.
/// </summary>
/// <param name="at">The time of the first run.</param>
/// <param name="seed">32 random bytes. All values follow from them, by HMAC-SHA-256 of a counter.</param>
internal sealed class CreationSeed(DateTimeOffset at, byte[] seed)
{
    private readonly byte[] block = new byte[HMACSHA256.HashSizeInBytes];
    private int used = HMACSHA256.HashSizeInBytes;
    private long blocks;

    /// <summary>Gets the time of the first run, which each run uses as the current time.</summary>
    public DateTimeOffset At => at;

    public byte[] Seed => seed;

    public static CreationSeed New(DateTimeOffset now) => new(now, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));

    /// <summary>Fills a span with the next random bytes.</summary>
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

    /// <summary>Returns a random string in which each character of the alphabet (at most 256) is equally likely at each position.</summary>
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
