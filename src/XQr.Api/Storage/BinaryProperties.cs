using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>
/// Reads and writes bytes in the properties of a row. A property holds at most 64 KiB, so the bytes are split into <c>{name}0</c>,
/// <c>{name}1</c>, …. The first property that is not full is the last one; if all are full, an empty one follows. So a merge of fewer
/// bytes into a row with more of them reads correctly.
/// </summary>
internal static class BinaryProperties
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Sets bytes, without any property for empty ones.</summary>
    public static void SetBytes(this TableEntity row, string name, byte[] bytes)
    {
        foreach (var (index, chunk) in bytes.Chunk(MaxBytes).Index())
        {
            row[$"{name}{index}"] = chunk;
        }

        if (bytes.Length > 0 && bytes.Length % MaxBytes == 0)
        {
            row[$"{name}{bytes.Length / MaxBytes}"] = Array.Empty<byte>();
        }
    }

    /// <summary>Returns the bytes that were set; empty if there are none.</summary>
    public static byte[] GetBytes(this TableEntity row, string name)
    {
        var bytes = row.GetBinary($"{name}0") ?? [];
        for (var index = 1; bytes.Length == index * MaxBytes && row.GetBinary($"{name}{index}") is { } more; index++)
        {
            bytes = [.. bytes, .. more];
        }

        return bytes;
    }
}
