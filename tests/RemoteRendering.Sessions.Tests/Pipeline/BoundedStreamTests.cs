using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class BoundedStreamTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15.0);

    private readonly VirtualTimeProvider _time = new();

    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_OfAsManyBytesAsTheLimit_ReadsAll(bool isAsync)
    {
        using BoundedStream stream = Bound(new MemoryStream([1, 2, 3, 4]), 4);
        byte[] buffer = new byte[8];

        Assert.Equal(3, await ReadAsync(stream, buffer, 1, 3, isAsync));
        Assert.Equal(1, await ReadAsync(stream, buffer, 4, 4, isAsync));
        Assert.Equal(0, await ReadAsync(stream, buffer, 5, 3, isAsync));
        Assert.Equal([0, 1, 2, 3, 4, 0, 0, 0], buffer);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_OfOneByteMore_Throws(bool isAsync)
    {
        using BoundedStream stream = Bound(new MemoryStream([1, 2, 3, 4, 5]), 4);

        Assert.Equal(4, await ReadAsync(stream, new byte[4], 0, 4, isAsync));
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => ReadAsync(stream, new byte[4], 0, 4, isAsync));

        Assert.Contains("longer than", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_AtTheTimeout_Throws_AndBeforeReads(bool isAsync)
    {
        using BoundedStream stream = Bound(new MemoryStream(new byte[100]), 100);

        _time.AdvanceAlone(s_limit - TimeSpan.FromTicks(1));
        Assert.Equal(1, await ReadAsync(stream, new byte[1], 0, 1, isAsync));
        _time.AdvanceAlone(TimeSpan.FromTicks(1));
        IOException exception = await Assert.ThrowsAsync<IOException>(() => ReadAsync(stream, new byte[1], 0, 1, isAsync));

        Assert.Contains(s_limit.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-TimeSpan.TicksPerMillisecond)]
    [InlineData(long.MaxValue)]
    public async Task Read_WithoutATimeout_HasAllTheTime(long ticks)
    {
        using var stream = new BoundedStream(new MemoryStream(new byte[100]), 100, _time, TimeSpan.FromTicks(ticks));

        _time.AdvanceAlone(TimeSpan.FromDays(400.0));

        Assert.Equal(1, await ReadAsync(stream, new byte[1], 0, 1, isAsync: false));
        Assert.Equal(1, await ReadAsync(stream, new byte[1], 0, 1, isAsync: true));
    }

    [Fact]
    public async Task Read_OfAStreamThatHangsAndIgnoresItsToken_EndsAtTheTimeout()
    {
        using BoundedStream stream = Bound(new HangingStream(), 100);
        Task<int> read = ReadAsync(stream, new byte[1], 0, 1, isAsync: true);

        await _time.PassAsync(s_limit - TimeSpan.FromSeconds(1.0));
        Assert.False(read.IsCompleted);
        await _time.PassAsync(TimeSpan.FromSeconds(1.0));

        await Assert.ThrowsAsync<IOException>(() => Wait.Within(read));
    }

    [Fact]
    public async Task Read_CancelledByItsReader_IsCancelledAndNotTooLate()
    {
        using var source = new CancellationTokenSource();
        using BoundedStream stream = Bound(new HangingStream(), 100);
        Task<int> read = stream.ReadAsync(new byte[1], 0, 1, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(read));
    }

    [Fact]
    public async Task Dispose_EndsTheTimer_AndTheInnerStream()
    {
        var inner = new MemoryStream(new byte[100]);
        BoundedStream stream = Bound(inner, 100);
        await ReadAsync(stream, new byte[1], 0, 1, isAsync: true);
        Assert.Equal(1, _time.PendingTimers);

        stream.Dispose();
        stream.Dispose();

        Assert.Equal(0, _time.PendingTimers);
        Assert.False(inner.CanRead);
    }

    [Fact]
    public void Stream_OnlyReads()
    {
        using BoundedStream stream = Bound(new MemoryStream(), 1);

        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
        Assert.Throws<NotSupportedException>(() => stream.Write([], 0, 0));
        Assert.Throws<NotSupportedException>(stream.Flush);
    }

    private static Task<int> ReadAsync(BoundedStream stream, byte[] buffer, int offset, int count, bool isAsync)
    {
#pragma warning disable CA1835 // The asset for .NET Standard has this overload alone.
        return isAsync ? stream.ReadAsync(buffer, offset, count, CancellationToken.None) : Read();
#pragma warning restore CA1835

        async Task<int> Read()
        {
            await Task.CompletedTask;
            return stream.Read(buffer, offset, count);
        }
    }

    private BoundedStream Bound(Stream inner, long limit) => new(inner, limit, _time, s_limit);

    private sealed class HangingStream : Stream
    {
        private readonly TaskCompletionSource<int> _never = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => 0;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _never.Task;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(_never.Task);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
