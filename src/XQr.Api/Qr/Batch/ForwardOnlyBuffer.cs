namespace XQr.Api.Qr.Batch;

/// <summary>
/// Buffers synchronous writes until they are sent asynchronously. A ZIP archive ends its entries with synchronous writes, which the
/// server's response stream rejects. The buffer cannot seek, so the archive never changes bytes that were already sent.
/// </summary>
internal sealed class ForwardOnlyBuffer : Stream
{
    private readonly MemoryStream pending = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends the bytes written since the previous call.</summary>
    public async Task SendAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellationToken);
        pending.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => pending.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => pending.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
