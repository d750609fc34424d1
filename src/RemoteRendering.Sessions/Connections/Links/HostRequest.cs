using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// Represents a pending request: its bytes, which are kept until the answer arrives so that they can be sent again, and the waiter for the
/// answer.
/// </summary>
/// <remarks>Members without a summary are used by the binding, under its lock.</remarks>
internal abstract class HostRequest(bool isBinary)
{
    /// <summary>The room for the id, which is assigned when the request is first sent.</summary>
    public const int TailBytes = 32;

    private byte[]? _array;
    private int _length;
    private int _senders;

    public long Id { get; private set; }

    public int Length => _length;

    /// <summary>Gets the number of bytes that the id may add to the message.</summary>
    public int RoomForId => isBinary ? 0 : TailBytes;

    /// <summary>Gets the expected size of a large answer, in bytes; 0 for small ones.</summary>
    public virtual int ExpectedBytes => 0;

    /// <summary>Gets the form of the message.</summary>
    public RenderingMessageKind Kind => isBinary ? RenderingMessageKind.Binary : RenderingMessageKind.Text;

    /// <summary>Gets or sets the epoch of the binding of the request; 0 for any.</summary>
    public long Epoch { get; set; }

    /// <summary>Gets a value indicating whether the request has a time-out.</summary>
    public virtual bool MayTimeOut => false;

    public bool IsDone { get; private set; }

    /// <summary>
    /// Gets or sets a value indicating whether there is no waiter for the answer any more. The request keeps its place in the order of ids.
    /// </summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Gets the bytes, after the id is set.</summary>
    public ReadOnlyMemory<byte> Bytes => _array.AsMemory(0, _length);

    /// <summary>Sets the encoded request, up to the place of its id. The array is rented.</summary>
    public void SetBytes(byte[] array, int length)
    {
        _array = array;
        _length = length;
    }

    public void SetId(long id)
    {
        Id = id;
        if (isBinary)
        {
            HostFrameHead.WriteId(_array, (ulong)id);
            return;
        }

        ReadOnlySpan<byte> name = ",\"id\":"u8;
        name.CopyTo(_array.AsSpan(_length));
        _length += name.Length;
        Utf8Formatter.TryFormat(id, _array.AsSpan(_length), out int digits);
        _length += digits;
        _array![_length++] = (byte)'}';
    }

    /// <summary>Records that a link starts to send the bytes. An older link may still be sending them.</summary>
    public void BeginSending() => _senders++;

    /// <summary>Records that a link has sent the bytes, or has failed to.</summary>
    public void EndSending()
    {
        _senders--;
        if (IsDone)
        {
            Finish();
        }
    }

    /// <summary>
    /// Completes the request, when it is answered or will not be sent again. The bytes are released unless they are being sent.
    /// </summary>
    public void Finish()
    {
        IsDone = true;
        if (_senders == 0 && _array is { } array)
        {
            _array = null;
            Release(array);
        }
    }

    /// <summary>Reports the progress of the host, from 0 to 1. Never throws.</summary>
    public virtual void Progress(double value)
    {
    }

    /// <summary>Reads a result that is bytes and completes the waiter. Never throws.</summary>
    public virtual void CompleteBinary(ReadOnlySpan<byte> result)
        => Fail(new RenderingConnectionException(
            RenderingConnectionReason.ProtocolError, "The host answered with bytes; the request requires JSON."));

    /// <summary>Reads the result and completes the waiter. Never throws.</summary>
    public abstract void Complete(ref Utf8JsonReader result);

    /// <summary>Fails the waiter. Never throws.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Cancels the waiter. Never throws.</summary>
    public abstract void Cancel(CancellationToken cancellationToken);

    /// <summary>Resets a completed request whose bytes have been released, for reuse.</summary>
    protected void Reset()
    {
        Id = 0;
        IsDone = false;
        IsAbandoned = false;
    }

    /// <summary>Releases the bytes. Called under the lock of the binding.</summary>
    protected virtual void Release(byte[] array) => ArrayPool<byte>.Shared.Return(array);
}
