namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>A body that ends too early: what is there can be read, then the connection is gone.</summary>
internal sealed class BrokenStream(ReadOnlyMemory<byte> available) : Stream
{
    private ReadOnlyMemory<byte> _rest = available;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty && !buffer.IsEmpty)
        {
            throw new IOException("The response ended prematurely.");
        }

        int length = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
