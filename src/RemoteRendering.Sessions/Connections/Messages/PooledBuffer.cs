using System.Buffers;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents a growing buffer over rented arrays. Not thread-safe.</summary>
/// <param name="initialBytes">The size of the first array.</param>
/// <param name="advanced">Is called after each write.</param>
internal sealed class PooledBuffer(int initialBytes, Action? advanced = null) : IBufferWriter<byte>
{
    /// <summary>The size above which an array is not reused for the next message.</summary>
    private const int KeepBytes = 64 * 1024;

    /// <summary>Empty or rented. The pool accepts an empty array too, and drops it.</summary>
    private byte[] _array = [];
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, _length);

    public void Advance(int count)
    {
        if (count < 0 || count > _array.Length - _length)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        _length += count;
        if (count > 0)
        {
            advanced?.Invoke();
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _array.AsSpan(_length);
    }

    /// <summary>Clears the content.</summary>
    public void Clear()
    {
        _length = 0;
        if (_array.Length > KeepBytes)
        {
            Release();
        }
    }

    /// <summary>Detaches the array; the caller returns it to the shared pool.</summary>
    public byte[] Detach(out int length)
    {
        byte[] array = _array;
        length = _length;
        _array = [];
        _length = 0;
        return array;
    }

    /// <summary>Returns the array to the shared pool.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(Detach(out _));

    private void Reserve(int bytes)
    {
        if (bytes <= _array.Length - _length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(
            Math.Max(initialBytes, Math.Max(checked(_length + bytes), Math.Min(_array.Length, int.MaxValue / 2) * 2)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
