namespace XQr.Api.Assets;

/// <summary>The upload for an asset.</summary>
/// <param name="Size">The number of bytes.</param>
/// <param name="FirstBytes">The first bytes.</param>
/// <param name="Version">The ETag of the blob.</param>
internal sealed record Upload(long Size, ReadOnlyMemory<byte> FirstBytes, string Version)
{
    /// <summary>An upload that storage cannot read: archived, encrypted with the client's own key, or not a block blob.</summary>
    public static Upload Unreadable { get; } = new(-1, ReadOnlyMemory<byte>.Empty, "");
}

/// <summary>The outcome of copying an upload.</summary>
internal enum UploadCopy
{
    /// <summary>The upload was copied.</summary>
    Done,

    /// <summary>The upload was overwritten or deleted since it was read.</summary>
    Changed,

    /// <summary>Storage cannot read the upload.</summary>
    Unreadable,
}
