namespace XQr.Api.Assets;

/// <summary>What was uploaded for an asset.</summary>
/// <param name="Size">How many bytes.</param>
/// <param name="FirstBytes">What it begins with.</param>
/// <param name="Version">How storage names this content of the blob.</param>
internal sealed record Upload(long Size, ReadOnlyMemory<byte> FirstBytes, string Version)
{
    /// <summary>A blob that storage doesn't read for us.</summary>
    public static Upload Unreadable { get; } = new(-1, ReadOnlyMemory<byte>.Empty, "");
}
