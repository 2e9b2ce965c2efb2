using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class BinaryPropertiesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(65_536, 2)]
    [InlineData(65_537, 2)]
    [InlineData(131_072, 3)]
    [InlineData(200_000, 4)]
    public void Bytes_ComeBackFromAsManyPropertiesAsNeeded(int length, int properties)
    {
        var bytes = Enumerable.Range(0, length).Select(index => (byte)(index * 31)).ToArray();
        var row = new TableEntity("p", "r");

        row.SetBytes("Data", bytes);

        Assert.Equal(properties, row.Keys.Count(key => key.StartsWith("Data", StringComparison.Ordinal)));
        Assert.All(
            row.Keys.Where(key => key.StartsWith("Data", StringComparison.Ordinal)), key => Assert.InRange(row.GetBinary(key).Length, 0, 65_536));
        Assert.Equal(bytes, row.GetBytes("Data"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(131_072)]
    public void FewerBytesMergedIntoARow_NothingOfTheOldOnesIsRead(int length)
    {
        var (row, changed) = (new TableEntity("p", "r"), new TableEntity("p", "r"));
        row.SetBytes("Data", new byte[200_000]);
        var bytes = Enumerable.Repeat((byte)7, length).ToArray();

        changed.SetBytes("Data", bytes);
        foreach (var (name, value) in changed)
        {
            row[name] = value;
        }

        Assert.Equal(bytes, row.GetBytes("Data"));
    }
}
