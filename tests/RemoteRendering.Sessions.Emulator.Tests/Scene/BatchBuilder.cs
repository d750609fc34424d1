using System.Buffers.Binary;
using System.Text;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

/// <summary>Writes batches byte by byte, as the protocol page says.</summary>
internal sealed class BatchBuilder
{
    private readonly MemoryStream _content = new();
    private uint _count;

    public byte[] Payload => _content.ToArray();

    public uint Count => _count;

    public BatchBuilder Create(uint id, uint parent = 0) => Head(1, 0, id).U32(parent);

    public BatchBuilder Destroy(uint id) => Head(2, 0, id);

    public BatchBuilder Parent(uint id, uint parent) => Head(3, 0, id).U32(parent);

    public BatchBuilder Position(uint id, double x, double y, double z) => Head(4, 1, id).F64(x, y, z);

    public BatchBuilder Rotation(uint id, float x, float y, float z, float w) => Head(4, 2, id).F32(x, y, z, w);

    public BatchBuilder Scale(uint id, float x, float y, float z) => Head(4, 4, id).F32(x, y, z);

    public BatchBuilder Enable(uint id, bool value) => Head(5, value ? (byte)1 : (byte)0, id);

    public BatchBuilder Name(uint id, string name) => Name(id, Encoding.UTF8.GetBytes(name));

    public BatchBuilder Name(uint id, byte[] name) => Head(6, 0, id).Raw([(byte)name.Length, (byte)(name.Length >> 8), .. name]);

    public BatchBuilder Override(uint id, uint on, uint off = 0, uint tint = 0) => Head(7, 1, id).U32(on).U32(off).U32(tint);

    public BatchBuilder Override(uint id, uint on, byte filterMask) => Head(7, 2, id).U32(on).U32(0).U32(0).Raw(filterMask);

    public BatchBuilder NoOverride(uint id) => Head(7, 0, id);

    public BatchBuilder Cut(uint id, byte normal, bool enabled = true, float fade = 0)
        => Head(8, 1, id).Raw([normal, 0xFF, enabled ? (byte)1 : (byte)0, 0]).U32(0).F32(fade);

    public BatchBuilder NoCut(uint id) => Head(8, 0, id);

    public BatchBuilder Raw(params byte[] bytes)
    {
        _content.Write(bytes);
        return this;
    }

    public byte[] ToFrame(long id) => HostBinaryFrame.Write(1, _count, (ulong)id, Payload).Bytes;

    private BatchBuilder Head(byte op, byte argument, uint id)
    {
        _count++;
        return Raw(op, argument).U32(id);
    }

    private BatchBuilder U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private BatchBuilder F32(params float[] values)
    {
        foreach (float value in values)
        {
            U32(BitConverter.SingleToUInt32Bits(value));
        }

        return this;
    }

    private BatchBuilder F64(params double[] values)
    {
        foreach (double value in values)
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            Raw(bytes);
        }

        return this;
    }
}
