using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Tests.Scene.Support;

/// <summary>A scene as the page of the protocol describes it, with its refusals: written from the page, and simple.</summary>
internal sealed class HostScene
{
    private uint _highestId;

    public Dictionary<uint, HostEntity> Entities { get; } = [];

    public List<(int Op, uint Entity)> Writes { get; } = [];

    public List<(int Write, uint Entity, int Code)> Apply(ReadOnlySpan<byte> payload, uint count)
    {
        var refused = new List<(int, uint, int)>();
        int number = 0;
        while (payload.Length > 0)
        {
            int op = payload[0];
            int argument = payload[1];
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]);
            payload = payload[6..];
            int code = op switch
            {
                1 => Create(id, TakeUInt32(ref payload)),
                2 => Destroy(id),
                3 => Move(id, TakeUInt32(ref payload)),
                4 => Transform(id, argument, ref payload),
                5 => With(id, entity => entity.Enabled = argument == 1),
                6 => Name(id, ref payload),
                7 => State(id, argument, ref payload),
                8 => CutPlane(id, argument, ref payload),
                _ => throw new InvalidOperationException($"There is no write {op}."),
            };
            Writes.Add((op, id));
            if (code != 0)
            {
                refused.Add((number, id, code));
            }

            number++;
        }

        Assert.Equal(count, (uint)number);
        return refused;
    }

    private static uint TakeUInt32(ref ReadOnlySpan<byte> payload)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        payload = payload[4..];
        return value;
    }

    private static float TakeSingle(ref ReadOnlySpan<byte> payload)
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(payload);
        payload = payload[4..];
        return value;
    }

    private static double TakeDouble(ref ReadOnlySpan<byte> payload)
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(payload);
        payload = payload[8..];
        return value;
    }

    private int Create(uint id, uint parent)
    {
        if (id <= _highestId)
        {
            return 602;
        }

        if (parent != 0 && !Entities.ContainsKey(parent))
        {
            return 601;
        }

        _highestId = id;
        Entities.Add(id, new HostEntity { Parent = parent });
        return 0;
    }

    private int Destroy(uint id)
    {
        if (!Entities.Remove(id))
        {
            return 600;
        }

        foreach (uint child in Entities.Where(pair => pair.Value.Parent == id).Select(pair => pair.Key).ToArray())
        {
            Destroy(child);
        }

        return 0;
    }

    private int Move(uint id, uint parent)
    {
        if (!Entities.TryGetValue(id, out HostEntity? entity))
        {
            return 600;
        }

        for (uint above = parent; above != 0; above = Entities[above].Parent)
        {
            if (!Entities.ContainsKey(above))
            {
                return 601;
            }

            if (above == id)
            {
                return 603;
            }
        }

        entity.Parent = parent;
        return 0;
    }

    private int Transform(uint id, int bits, ref ReadOnlySpan<byte> payload)
    {
        Entities.TryGetValue(id, out HostEntity? entity);
        HostEntity target = entity ?? new HostEntity();
        if ((bits & 1) != 0)
        {
            target.Position = new Double3(TakeDouble(ref payload), TakeDouble(ref payload), TakeDouble(ref payload));
        }

        if ((bits & 2) != 0)
        {
            target.Rotation =
                new Quaternion(TakeSingle(ref payload), TakeSingle(ref payload), TakeSingle(ref payload), TakeSingle(ref payload));
        }

        if ((bits & 4) != 0)
        {
            target.Scale = new Vector3(TakeSingle(ref payload), TakeSingle(ref payload), TakeSingle(ref payload));
        }

        return entity is null ? 600 : 0;
    }

    private int Name(uint id, ref ReadOnlySpan<byte> payload)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        string name = Encoding.UTF8.GetString(payload.Slice(2, length));
        payload = payload[(2 + length)..];
        return With(id, entity => entity.Name = name);
    }

    private int State(uint id, int argument, ref ReadOnlySpan<byte> payload)
    {
        (uint On, uint Off, uint Tint)? state = argument == 0
            ? null
            : (TakeUInt32(ref payload), TakeUInt32(ref payload), TakeUInt32(ref payload));
        int mask = 255;
        if (argument == 2)
        {
            mask = payload[0];
            payload = payload[1..];
        }

        return With(id, entity => (entity.State, entity.FilterMask) = (state, mask));
    }

    private int CutPlane(uint id, int argument, ref ReadOnlySpan<byte> payload)
    {
        (int, int, int, uint, float)? plane = null;
        if (argument == 1)
        {
            (int normal, int mask, int enabled, int zero) = (payload[0], payload[1], payload[2], payload[3]);
            Assert.Equal(0, zero);
            payload = payload[4..];
            plane = (normal, mask, enabled, TakeUInt32(ref payload), TakeSingle(ref payload));
        }

        return With(id, entity => entity.CutPlane = plane);
    }

    private int With(uint id, Action<HostEntity> change)
    {
        if (!Entities.TryGetValue(id, out HostEntity? entity))
        {
            return 600;
        }

        change(entity);
        return 0;
    }
}
