namespace RemoteRendering.Sessions;

/// <summary>A body that must not go on for ever, in bytes or in time: one that drips is cut when the whole has taken too long.</summary>
internal sealed class BoundedStream(Stream inner, long limit, TimeProvider time, TimeSpan patience) : Stream
{
    private readonly long _start = time.GetTimestamp();
    private long _left = limit;

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
        => new($"The answer is longer than {ClientTransport.MaxBytes} bytes, which nothing on this protocol is.");

    public override int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfTooLate();
        return Count(inner.Read(buffer, offset, count));
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
#if NET8_0_OR_GREATER
        => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLate();
        ValueTask<int> reading = inner.ReadAsync(buffer, cancellationToken);
        return Count(reading.IsCompleted ? await reading.ConfigureAwait(false) : await InTimeAsync(reading.AsTask(), cancellationToken).ConfigureAwait(false));
    }
#else
    {
        ThrowIfTooLate();
        Task<int> reading = inner.ReadAsync(buffer, offset, count, cancellationToken);
        return Count(reading.IsCompleted ? await reading.ConfigureAwait(false) : await InTimeAsync(reading, cancellationToken).ConfigureAwait(false));
    }
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
        }

        base.Dispose(disposing);
    }

    private TimeSpan Left => patience - time.GetElapsedTime(_start);

    private bool IsTimed => patience > TimeSpan.Zero && patience < TimerLimit.Longest;

    private void ThrowIfTooLate()
    {
        if (IsTimed && Left <= TimeSpan.Zero)
        {
            throw TooLate();
        }
    }

    private IOException TooLate() => new($"The body of the answer was not complete after {patience}.");

    private async Task<int> InTimeAsync(Task<int> reading, CancellationToken cancellationToken)
    {
        if (!IsTimed)
        {
            return await reading.ConfigureAwait(false);
        }

        TimeSpan left = Left;
        using CancellationTokenSource late = time.CreateCancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await Abandonable.WaitAsync(reading, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            inner.Dispose();
            throw TooLate();
        }
    }

    private int Count(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw TooLong();
    }
}
