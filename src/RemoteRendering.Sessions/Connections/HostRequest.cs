using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions;

/// <summary>A request under way: its bytes, kept until the answer is here so that they can be sent again, and who waits for the answer.</summary>
/// <remarks>The members without a summary of their own belong to the binding, under its lock.</remarks>
internal abstract class HostRequest
{
    /// <summary>Room for the id, which is known only when the request is sent for the first time.</summary>
    public const int TailBytes = 32;

    private byte[]? _array;
    private int _length;

    public long Id { get; private set; }

    public int Length => _length;

    public bool IsSending { get; set; }

    public bool IsDone { get; private set; }

    /// <summary>Gets or sets a value indicating whether nobody waits for the answer any more. The request still has its place in the order of ids.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Gets the bytes, once the id is set.</summary>
    public ReadOnlyMemory<byte> Bytes => _array.AsMemory(0, _length);

    /// <summary>Takes the encoded request, up to where its id goes. The array is rented.</summary>
    public void SetBytes(byte[] array, int length)
    {
        _array = array;
        _length = length;
    }

    public void SetId(long id)
    {
        Id = id;
        ReadOnlySpan<byte> name = ",\"id\":"u8;
        name.CopyTo(_array.AsSpan(_length));
        _length += name.Length;
        Utf8Formatter.TryFormat(id, _array.AsSpan(_length), out int digits);
        _length += digits;
        _array![_length++] = (byte)'}';
    }

    /// <summary>The answer is here, or nobody will send the request any more: gives the bytes back, unless they are being sent.</summary>
    public void Finish()
    {
        IsDone = true;
        if (!IsSending && _array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    /// <summary>Reads the result and completes the waiter. Never throws.</summary>
    public abstract void Complete(ref Utf8JsonReader result);

    /// <summary>Fails the waiter. Never throws.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Cancels the waiter. Never throws.</summary>
    public abstract void Cancel(CancellationToken cancellationToken);
}
