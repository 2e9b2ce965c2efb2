using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

/// <summary>The generated values must not change between versions, because a later version may continue a creation.</summary>
public sealed class CreationSeedTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Fact]
    public void Fill_HmacOfACounter()
    {
        var bytes = new byte[40];

        new CreationSeed(At, Seed).Fill(bytes);

        Assert.Equal("9f0cd9b94097fe4929918d2b8942b34439574261a35dc50163f06c67d4e48899c432e059c378eef7", Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Fill_InPieces_TheSameStream()
    {
        var (whole, pieces, seed) = (new byte[100], new byte[100], new CreationSeed(At, Seed));
        new CreationSeed(At, Seed).Fill(whole);

        for (var (start, length) = (0, 1); start < pieces.Length; start += length, length++)
        {
            seed.Fill(pieces.AsSpan(start, Math.Min(length, pieces.Length - start)));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Id_VersionSevenOfTheFirstRunsTime() =>
        Assert.Equal("019ca9b2-e700-7800-9f0c-d9b94097fe49", Ids.New(new CreationSeed(At.AddMicroseconds(500), Seed)).ToString());

    [Fact]
    public void ShortCode_TheSameInEachRun() => Assert.Equal("6e2z4wd", ShortCodes.New(new CreationSeed(At, Seed)));

    [Fact]
    public void Draws_DifferWithinARunAndBetweenOperations()
    {
        var one = new CreationSeed(At, Seed);

        Guid[] ids = [Ids.New(one), Ids.New(one), Ids.New(CreationSeed.New(At)), Ids.New(CreationSeed.New(At))];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Text_EveryCharacterIsAsLikely()
    {
        // 31 doesn't divide 256: a plain remainder would favour the first 8 characters by an eighth.
        const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
        const int Each = 20_000;

        var counts = new CreationSeed(At, Seed).Text(Alphabet, Each * Alphabet.Length).CountBy(character => character).ToDictionary();

        Assert.All(Alphabet, character => Assert.InRange(counts[character], Each * 0.96, Each * 1.04));
    }
}
