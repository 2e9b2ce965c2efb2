namespace XQr.Api.Qr.Batch;

/// <summary>
/// Takes what is written, without waiting, until it is sent on: a ZIP archive finishes its entries by synchronous writes, which the
/// server's stream refuses. It can't seek, so that the archive never goes back to what was sent.
/// </summary>
internal sealed class Outbox : Stream
{
    private readonly MemoryStream waiting = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what was written since the last time.</summary>
    public async Task SendAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(waiting.GetBuffer().AsMemory(0, (int)waiting.Length), cancellationToken);
        waiting.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => waiting.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => waiting.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
