using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>
/// Represents a request with scene writes. It is reused with its buffer, so that a steady stream of writes allocates nothing.
/// </summary>
internal sealed class SceneBatch(SceneClient client) : HostRequest(isBinary: true)
{
    /// <summary>The size above which a buffer is not reused.</summary>
    private const int KeepBytes = 1024 * 1024;

    private const int WriteHeadBytes = 6;

    private byte[] _buffer = new byte[4096];
    private int _length;
    private int _limit;
    private int _uses;

    public int Count { get; private set; }

    /// <summary>Starts a batch.</summary>
    /// <param name="epoch">The epoch of the binding of the writes.</param>
    /// <param name="limit">The largest message that the host accepts.</param>
    public void Begin(long epoch, int limit)
    {
        Reset();
        Epoch = epoch;
        Count = 0;
        _length = HostFrameHead.Bytes;
        _limit = limit;

        // Both the sender of the bytes and the reader of the answer must release it before it can be reused.
        _uses = 2;
    }

    /// <summary>Completes the batch, which can then be sent.</summary>
    public void End()
    {
        HostFrameHead.Write(_buffer, HostFrameKind.Batch, (uint)Count);
        SetBytes(_buffer, _length);
    }

    public bool TryCreate(uint entity, uint parent) => TryWrite(SceneWriteOp.Create, 0, entity, parent);

    public bool TryDestroy(uint entity) => Reserve(SceneWriteOp.Destroy, 0, entity, 0, out _);

    public bool TryMove(uint entity, uint parent) => TryWrite(SceneWriteOp.Parent, 0, entity, parent);

    public bool TryTransform(uint entity, SceneChanges changes, Double3 position, Quaternion rotation, Vector3 scale)
    {
        SceneChanges bits = changes & SceneChanges.Transform;
        int bytes = ((bits & SceneChanges.Position) != 0 ? 24 : 0) + ((bits & SceneChanges.Rotation) != 0 ? 16 : 0)
            + ((bits & SceneChanges.Scale) != 0 ? 12 : 0);
        if (!Reserve(SceneWriteOp.Transform, (byte)bits, entity, bytes, out Span<byte> to))
        {
            return false;
        }

        if ((bits & SceneChanges.Position) != 0)
        {
            SceneNumbers.Write(to, position.X);
            SceneNumbers.Write(to.Slice(8), position.Y);
            SceneNumbers.Write(to.Slice(16), position.Z);
            to = to.Slice(24);
        }

        if ((bits & SceneChanges.Rotation) != 0)
        {
            SceneNumbers.Write(to, rotation.X);
            SceneNumbers.Write(to.Slice(4), rotation.Y);
            SceneNumbers.Write(to.Slice(8), rotation.Z);
            SceneNumbers.Write(to.Slice(12), rotation.W);
            to = to.Slice(16);
        }

        if ((bits & SceneChanges.Scale) != 0)
        {
            SceneNumbers.Write(to, scale.X);
            SceneNumbers.Write(to.Slice(4), scale.Y);
            SceneNumbers.Write(to.Slice(8), scale.Z);
        }

        return true;
    }

    public bool TryEnable(uint entity, bool enabled) => Reserve(SceneWriteOp.Enable, enabled ? (byte)1 : (byte)0, entity, 0, out _);

    public bool TryName(uint entity, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (!Reserve(SceneWriteOp.Name, 0, entity, bytes.Length + 2, out Span<byte> to))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)bytes.Length);
        bytes.CopyTo(to.Slice(2));
        return true;
    }

    public bool TryState(uint entity, HierarchicalStateOverrideComponent? state)
    {
        int bytes = state?.Bytes_NeedsGate ?? 0;
        if (!Reserve(SceneWriteOp.StateOverride, (byte)(bytes == 0 ? 0 : bytes - 11), entity, bytes, out Span<byte> to))
        {
            return false;
        }

        state?.WriteTo_NeedsGate(to);
        return true;
    }

    public bool TryCutPlane(uint entity, CutPlaneComponent? plane)
    {
        if (!Reserve(SceneWriteOp.CutPlane, plane is null ? (byte)0 : (byte)1, entity, plane is null ? 0 : 12, out Span<byte> to))
        {
            return false;
        }

        plane?.WriteTo_NeedsGate(to);
        return true;
    }

    public override void Complete(ref Utf8JsonReader result)
    {
        IReadOnlyList<SceneRefusal> refusals = [];
        try
        {
            refusals = SceneRefusal.Read(ref result);
        }
        catch (Exception exception)
        {
            SceneLog.BatchAnswerBroken(client.Logger, exception);
        }

        client.OnBatchDone(Epoch, Count, refusals);
        ReleaseUse();
    }

    public override void Fail(Exception exception)
    {
        client.OnBatchFailed(Epoch, Count, exception);
        ReleaseUse();
    }

    public override void Cancel(CancellationToken cancellationToken) => throw new InvalidOperationException("Batches cannot be cancelled.");

    protected override void Release(byte[] array) => ReleaseUse();

    private void ReleaseUse()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            if (_buffer.Length > KeepBytes)
            {
                _buffer = new byte[4096];
            }

            client.Recycle(this);
        }
    }

    private bool TryWrite(SceneWriteOp op, byte argument, uint entity, uint value)
    {
        if (!Reserve(op, argument, entity, 4, out Span<byte> to))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        return true;
    }

    private bool Reserve(SceneWriteOp op, byte argument, uint entity, int bytes, out Span<byte> to)
    {
        int end = _length + WriteHeadBytes + bytes;
        if (end > _limit)
        {
            to = default;
            return false;
        }

        if (end > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(Math.Max(end, _buffer.Length * 2), Math.Max(end, _limit)));
        }

        Span<byte> head = _buffer.AsSpan(_length, WriteHeadBytes);
        head[0] = (byte)op;
        head[1] = argument;
        BinaryPrimitives.WriteUInt32LittleEndian(head.Slice(2), entity);
        to = _buffer.AsSpan(_length + WriteHeadBytes, bytes);
        _length = end;
        Count++;
        return true;
    }
}
