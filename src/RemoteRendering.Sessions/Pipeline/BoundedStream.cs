using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Limits the size and the total duration of a body.</summary>
internal sealed class BoundedStream(Stream inner, long limit, TimeProvider time, TimeSpan timeout) : Stream
{
    private readonly long _start = time.GetTimestamp();
    private long _left = limit;
    private CancellationTokenSource? _late;
    private CancellationTokenSource? _either;
    private CancellationToken _reader;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static InvalidDataException TooLong()
        => new($"The answer is longer than {ClientTransport.MaxBytes} bytes, the limit for this protocol.");

    public override int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfTooLate();
        return Count(inner.Read(buffer, offset, count));
    }

#if NET8_0_OR_GREATER
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => await BoundAsync(token => inner.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false);
#else
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => BoundAsync(token => inner.ReadAsync(buffer, offset, count, token), cancellationToken);
#endif

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _either?.Dispose();
            _late?.Dispose();
        }

        base.Dispose(disposing);
    }

    private TimeSpan Left => timeout - time.GetElapsedTime(_start);

    private bool IsTimed => timeout > TimeSpan.Zero && timeout < TimerLimit.Longest;

    private void ThrowIfTooLate()
    {
        if (IsTimed && Left <= TimeSpan.Zero)
        {
            throw TooLate();
        }
    }

    private IOException TooLate() => new($"The body of the answer was not complete after {timeout}.");

    private async Task<int> BoundAsync(Func<CancellationToken, Task<int>> read, CancellationToken cancellationToken)
    {
        ThrowIfTooLate();
        CancellationToken deadline = DeadlineFor(cancellationToken);
        try
        {
            return Count(await Abandonable.WaitAsync(read(deadline), deadline).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (IsTimed && Left <= TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            throw TooLate();
        }
    }

    /// <summary>Gets a token that is cancelled with that of the reader and when the time is over. A body is read with one token.</summary>
    private CancellationToken DeadlineFor(CancellationToken reader)
    {
        if (!IsTimed)
        {
            return reader;
        }

        if (_either is null)
        {
            _late = time.CreateTimeout(Left);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, reader);
            _reader = reader;
        }

        return reader == _reader ? _either.Token : reader;
    }

    private int Count(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw TooLong();
    }
}
