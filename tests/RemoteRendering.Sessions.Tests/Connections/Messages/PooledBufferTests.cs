using System.Buffers;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class PooledBufferTests
{
    private const int KeepBytes = 64 * 1024;

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, 17)]
    [InlineData(10, -1)]
    [InlineData(10, 7)]
    [InlineData(10, int.MaxValue)]
    public void Advance_BeyondTheArray_IsRefused(int written, int count)
    {
        PooledBuffer buffer = Create(16, written);

        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(count)).ParamName);

        Assert.Equal(written, buffer.Length);
        buffer.Release();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 16)]
    [InlineData(10, 6)]
    public void Advance_WithinTheArray_Counts(int written, int count)
    {
        PooledBuffer buffer = Create(16, written);

        buffer.Advance(count);

        Assert.Equal(written + count, buffer.Length);
        Assert.Equal(written + count, buffer.Memory.Length);
        Assert.Equal(written + count, buffer.Written.Length);
        buffer.Release();
    }

    [Fact]
    public void GetMemory_AllThatIsLeft_KeepsTheArray()
    {
        PooledBuffer buffer = Create(16, 6);
        byte[] array = ArrayOf(buffer);

        Assert.Equal(10, buffer.GetMemory(10).Length);

        Assert.Same(array, ArrayOf(buffer));
        buffer.Release();
    }

    [Fact]
    public void GetSpan_MoreThanIsLeft_MovesWhatWasWritten_AndGivesTheOldArrayBack()
    {
        PooledBuffer buffer = Create(1 << 19, 3);
        byte[] array = ArrayOf(buffer);

        Assert.True(buffer.GetSpan(array.Length).Length >= array.Length);

        Assert.Equal([1, 2, 3], buffer.Written.ToArray());
        Assert.NotSame(array, ArrayOf(buffer));
        AssertIsInThePool(array);
        buffer.Release();
    }

    [Fact]
    public void GetMemory_MoreThanAnArrayHolds_IsRefused()
    {
        PooledBuffer buffer = Create(16, 1);

        Assert.Throws<OverflowException>(() => buffer.GetMemory(int.MaxValue));

        Assert.Equal([1], buffer.Written.ToArray());
        buffer.Release();
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(KeepBytes, true)]
    [InlineData(KeepBytes + 1, false)]
    public void Clear_OnlyASmallArray_IsKeptForTheNextMessage(int size, bool isKept)
    {
        PooledBuffer buffer = Create(size, 1);
        byte[] array = ArrayOf(buffer);

        buffer.Clear();

        Assert.Equal(0, buffer.Length);
        byte[] after = buffer.Detach(out _);
        if (isKept)
        {
            Assert.Same(array, after);
        }
        else
        {
            Assert.Empty(after);
            AssertIsInThePool(array);
        }
    }

    [Fact]
    public void Release_Array_GoesBackToThePool_Once()
    {
        PooledBuffer buffer = Create(1 << 19, 1);
        byte[] array = ArrayOf(buffer);

        buffer.Release();
        buffer.Release();

        Assert.Equal(0, buffer.Length);
        Assert.Empty(buffer.Detach(out _));
        AssertIsInThePool(array);
    }

    [Fact]
    public void Detach_Array_BelongsToTheTaker()
    {
        PooledBuffer buffer = Create(16, 3);

        byte[] array = buffer.Detach(out int length);

        Assert.Equal(3, length);
        Assert.Equal([1, 2, 3], array.AsSpan(0, 3).ToArray());
        Assert.Equal(0, buffer.Length);
        Assert.Empty(buffer.Detach(out _));
    }

    /// <summary>The shared pool hands the array that a thread gave back last to the same thread first.</summary>
    private static void AssertIsInThePool(byte[] array) => Assert.Same(array, ArrayPool<byte>.Shared.Rent(array.Length));

    private static byte[] ArrayOf(PooledBuffer buffer)
    {
        Assert.True(MemoryMarshal.TryGetArray(buffer.Memory, out ArraySegment<byte> segment));
        return segment.Array!;
    }

    private static PooledBuffer Create(int size, int written)
    {
        var buffer = new PooledBuffer(size);
        Span<byte> span = buffer.GetSpan();
        for (int index = 0; index < written; index++)
        {
            span[index] = (byte)(index + 1);
        }

        buffer.Advance(written);
        return buffer;
    }
}
