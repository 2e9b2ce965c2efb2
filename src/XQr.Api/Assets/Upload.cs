namespace XQr.Api.Assets;

/// <summary>The upload for an asset.</summary>
/// <param name="Size">The number of bytes.</param>
/// <param name="FirstBytes">The first bytes.</param>
/// <param name="Version">The ETag of the blob.</param>
internal sealed record Upload(long Size, ReadOnlyMemory<byte> FirstBytes, string Version)
{
    /// <summary>An upload that storage cannot read.</summary>
    public static Upload Unreadable { get; } = new(-1, ReadOnlyMemory<byte>.Empty, "");
}
