using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Pipeline;

/// <summary>What is drawn has to stay the same from version to version: a run begun by one may be ended by the next.</summary>
public sealed class OperationTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Fact]
    public void Fill_HmacOfACounter()
    {
        var bytes = new byte[40];

        new Operation(At, Seed).Fill(bytes);

        Assert.Equal("9f0cd9b94097fe4929918d2b8942b34439574261a35dc50163f06c67d4e48899c432e059c378eef7", Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Fill_InPieces_TheSameStream()
    {
        var (whole, pieces, operation) = (new byte[100], new byte[100], new Operation(At, Seed));
        new Operation(At, Seed).Fill(whole);

        for (var (start, length) = (0, 1); start < pieces.Length; start += length, length++)
        {
            operation.Fill(pieces.AsSpan(start, Math.Min(length, pieces.Length - start)));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Id_VersionSevenOfTheFirstRunsTime() =>
        Assert.Equal("019ca9b2-e700-7800-9f0c-d9b94097fe49", Ids.New(new Operation(At.AddMicroseconds(500), Seed)).ToString());

    [Fact]
    public void ShortCode_TheSameInEachRun() => Assert.Equal("6e2z4wd", ShortCodes.New(new Operation(At, Seed)));

    [Fact]
    public void Draws_DifferWithinARunAndBetweenOperations()
    {
        var one = new Operation(At, Seed);

        Guid[] ids = [Ids.New(one), Ids.New(one), Ids.New(Operation.New(At)), Ids.New(Operation.New(At))];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Text_EveryCharacterIsAsLikely()
    {
        // 31 doesn't divide 256: a plain remainder would favour the first 8 characters by an eighth.
        const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
        const int Each = 20_000;

        var counts = new Operation(At, Seed).Text(Alphabet, Each * Alphabet.Length).CountBy(character => character).ToDictionary();

        Assert.All(Alphabet, character => Assert.InRange(counts[character], Each * 0.96, Each * 1.04));
    }
}
