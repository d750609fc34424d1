using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>A request under way: its bytes, kept until the answer is here so that they can be sent again, and who waits for the answer.</summary>
/// <remarks>The members without a summary of their own belong to the binding, under its lock.</remarks>
internal abstract class HostRequest(bool isBinary)
{
    /// <summary>Room for the id, which is known only when the request is sent for the first time.</summary>
    public const int TailBytes = 32;

    private byte[]? _array;
    private int _length;
    private int _senders;

    public long Id { get; private set; }

    public int Length => _length;

    /// <summary>Gets how much the message may grow with its id.</summary>
    public int RoomForId => isBinary ? 0 : TailBytes;

    /// <summary>Gets how large the answer may be, where that is much.</summary>
    public virtual int ExpectedBytes => 0;

    /// <summary>Gets the form of the message.</summary>
    public RenderingMessageKind Kind => isBinary ? RenderingMessageKind.Binary : RenderingMessageKind.Text;

    /// <summary>Gets or sets the binding that the request makes sense under; 0 for any.</summary>
    public long Epoch { get; set; }

    /// <summary>Gets a value indicating whether something waits for the answer, and only so long.</summary>
    public virtual bool MayTimeOut => false;

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

    /// <summary>A link begins to send the bytes. An older link may still be at it.</summary>
    public void BeginSending() => _senders++;

    /// <summary>A link has sent the bytes, or has failed to.</summary>
    public void EndSending()
    {
        _senders--;
        if (IsDone)
        {
            Finish();
        }
    }

    /// <summary>The answer is here, or nobody will send the request any more: gives the bytes back, unless they are being sent.</summary>
    public void Finish()
    {
        IsDone = true;
        if (_senders == 0 && _array is { } array)
        {
            _array = null;
            Release(array);
        }
    }

    /// <summary>Tells how far the host has come with it, from 0 to 1. Never throws.</summary>
    public virtual void Progress(double value)
    {
    }

    /// <summary>Reads a result that is bytes and completes the waiter. Never throws.</summary>
    public virtual void CompleteBinary(ReadOnlySpan<byte> result)
        => Fail(new RenderingConnectionException(RenderingConnectionReason.ProtocolError, "The host answered with bytes where the request asks for JSON."));

    /// <summary>Reads the result and completes the waiter. Never throws.</summary>
    public abstract void Complete(ref Utf8JsonReader result);

    /// <summary>Fails the waiter. Never throws.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Cancels the waiter. Never throws.</summary>
    public abstract void Cancel(CancellationToken cancellationToken);

    /// <summary>Makes a request whose bytes have been released, and which has been completed, good for another use.</summary>
    protected void Reset()
    {
        Id = 0;
        IsDone = false;
        IsAbandoned = false;
    }

    /// <summary>Takes the bytes back. Called under the binding's lock.</summary>
    protected virtual void Release(byte[] array) => ArrayPool<byte>.Shared.Return(array);
}
