using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class BinaryPropertiesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(131_072, 2)]
    [InlineData(200_000, 4)]
    public void Bytes_ComeBackFromAsManyPropertiesAsNeeded(int length, int properties)
    {
        var bytes = Enumerable.Range(0, length).Select(index => (byte)(index * 31)).ToArray();
        var row = new TableEntity("p", "r");

        row.SetBytes("Data", bytes);

        Assert.Equal(properties, row.Keys.Count(key => key.StartsWith("Data", StringComparison.Ordinal)));
        Assert.All(row.Keys.Where(key => key.StartsWith("Data", StringComparison.Ordinal)), key => Assert.InRange(row.GetBinary(key).Length, 1, 65_536));
        Assert.Equal(bytes, row.GetBytes("Data"));
    }
}
