using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>Applies a well-formed batch to a scene, write by write, without an allocation for those that only move things.</summary>
internal static class SceneWriter
{
    /// <summary>How many refused writes are told.</summary>
    public const int MaxRefused = 16;

    /// <summary>Applies the writes that make sense.</summary>
    /// <param name="graph">The scene.</param>
    /// <param name="payload">The batch.</param>
    /// <returns>The first that do not; null when all did.</returns>
    public static List<RefusedWrite>? Apply(SceneGraph graph, ReadOnlySpan<byte> payload)
    {
        List<RefusedWrite>? refused = null;
        for (int write = 0; !payload.IsEmpty; write++)
        {
            int length = SceneBatch.LengthOf(payload);
            uint entity = BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]);
            SceneErrorCode code = Apply(graph, (SceneWriteOp)payload[0], payload[1], entity, payload[SceneBatch.HeadBytes..length]);
            if (code != SceneErrorCode.None)
            {
                refused ??= [];
                if (refused.Count < MaxRefused)
                {
                    refused.Add(new RefusedWrite(write, entity, code));
                }
            }

            payload = payload[length..];
        }

        return refused;
    }

    private static SceneErrorCode Apply(SceneGraph graph, SceneWriteOp op, byte argument, uint id, ReadOnlySpan<byte> body)
    {
        switch (op)
        {
            case SceneWriteOp.Create:
                return graph.Create(id, BinaryPrimitives.ReadUInt32LittleEndian(body));
            case SceneWriteOp.Destroy:
                return graph.Destroy(id);
            case SceneWriteOp.Parent:
                return graph.SetParent(id, BinaryPrimitives.ReadUInt32LittleEndian(body));
        }

        if (graph.Find(id) is not { } entity)
        {
            return SceneErrorCode.InvalidId;
        }

        switch (op)
        {
            case SceneWriteOp.Transform:
                return Transform(graph, entity, argument, body);
            case SceneWriteOp.Enable:
                graph.SetEnabled(entity, argument == 1);
                return SceneErrorCode.None;
            case SceneWriteOp.Name:
                return Name(entity, body[2..]);
            case SceneWriteOp.StateOverride:
                graph.SetOverride(entity, argument == 0 ? null : new StateOverride(
                    BinaryPrimitives.ReadUInt32LittleEndian(body), BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
                    argument == 2 ? body[12] : (byte)255));
                return SceneErrorCode.None;
            case SceneWriteOp.CutPlane:
                return Cut(graph, entity, argument, body);
            default:
                throw new UnreachableException($"A batch with a write of the kind {(byte)op} is not well-formed.");
        }
    }

    private static SceneErrorCode Transform(SceneGraph graph, SceneEntity entity, byte bits, ReadOnlySpan<byte> body)
    {
        Vector3D? position = null;
        Quaternion? rotation = null;
        Vector3? scale = null;
        if ((bits & SceneBatch.HasPosition) != 0)
        {
            position = new Vector3D(
                BinaryPrimitives.ReadDoubleLittleEndian(body), BinaryPrimitives.ReadDoubleLittleEndian(body[8..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[16..]));
            body = body[24..];
            if (!position.Value.IsFinite)
            {
                return SceneErrorCode.InvalidParameter;
            }
        }

        if ((bits & SceneBatch.HasRotation) != 0)
        {
            rotation = new Quaternion(ReadSingle(body, 0), ReadSingle(body, 1), ReadSingle(body, 2), ReadSingle(body, 3));
            body = body[16..];

            // Its square is a number only when each part is, and no part is beyond all measure.
            float square = rotation.Value.LengthSquared();
            if (!float.IsFinite(square) || square < 1e-12f)
            {
                return SceneErrorCode.InvalidParameter;
            }
        }

        if ((bits & SceneBatch.HasScale) != 0)
        {
            scale = new Vector3(ReadSingle(body, 0), ReadSingle(body, 1), ReadSingle(body, 2));
            if (!float.IsFinite(scale.Value.X) || !float.IsFinite(scale.Value.Y) || !float.IsFinite(scale.Value.Z))
            {
                return SceneErrorCode.InvalidParameter;
            }
        }

        graph.SetTransform(entity, position, rotation, scale);
        return SceneErrorCode.None;
    }

    private static SceneErrorCode Name(SceneEntity entity, ReadOnlySpan<byte> name)
    {
        if (name.Length > SceneLimits.MaxNameBytes)
        {
            return SceneErrorCode.LimitReached;
        }

        if (!Utf8.IsValid(name))
        {
            return SceneErrorCode.InvalidParameter;
        }

        entity.Name = Encoding.UTF8.GetString(name);
        return SceneErrorCode.None;
    }

    private static SceneErrorCode Cut(SceneGraph graph, SceneEntity entity, byte argument, ReadOnlySpan<byte> body)
    {
        if (argument == 0)
        {
            graph.SetCut(entity, null);
            return SceneErrorCode.None;
        }

        float fade = ReadSingle(body, 2);
        if (body[0] > CutPlaneComponent.MaxNormal || body[2] > 1 || body[3] != 0 || !float.IsFinite(fade) || fade < 0)
        {
            return SceneErrorCode.InvalidParameter;
        }

        graph.SetCut(
            entity, new CutPlaneComponent(body[0], body[1], body[2] == 1, BinaryPrimitives.ReadUInt32LittleEndian(body[4..]), fade));
        return SceneErrorCode.None;
    }

    private static float ReadSingle(ReadOnlySpan<byte> body, int index) => BinaryPrimitives.ReadSingleLittleEndian(body[(4 * index)..]);
}
