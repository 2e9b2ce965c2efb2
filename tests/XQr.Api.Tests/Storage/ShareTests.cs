using CsCheck;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class ShareTests
{
    private static readonly Gen<(long Number, int Parts)> Cases = Gen.Select(Gen.Long[-10_000, 1L << 45], Gen.Int[1, 16]);

    [Fact]
    public void AllShares_AreTheNumber() => Cases.Sample((number, parts) => All(number, parts).Sum() == number);

    [Fact]
    public void Shares_DifferByOne() => Cases.Sample((number, parts) => All(number, parts).Max() - All(number, parts).Min() <= 1);

    /// <summary>So divided counts are within the shares of a limit if they are within the limit.</summary>
    [Fact]
    public void ShareOfALargerNumber_IsNotSmaller() => Cases.Sample((number, parts) =>
        All(number, parts).Zip(All(number + 1, parts)).All(pair => pair.First <= pair.Second));

    private static long[] All(long number, int parts) => [.. Enumerable.Range(0, parts).Select(index => new Share(index, parts).Of(number))];
}
