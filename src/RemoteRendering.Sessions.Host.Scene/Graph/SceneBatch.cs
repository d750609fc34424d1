using System.Buffers.Binary;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>Reads the form of a batch: where each write ends. What a write means is the matter of <see cref="SceneWriter"/>.</summary>
internal static class SceneBatch
{
    /// <summary>Op, argument and entity, which every write begins with.</summary>
    public const int HeadBytes = 6;

    public const byte HasPosition = 1;
    public const byte HasRotation = 2;
    public const byte HasScale = 4;

    private const int PositionBytes = 24;
    private const int RotationBytes = 16;
    private const int ScaleBytes = 12;

    /// <summary>Whether so many writes fill the payload exactly.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> payload, uint count)
    {
        uint writes = 0;
        while (!payload.IsEmpty)
        {
            int length = LengthOf(payload);
            if (length < 0 || length > payload.Length)
            {
                return false;
            }

            payload = payload[length..];
            writes++;
        }

        return writes == count;
    }

    /// <summary>How long the write at the beginning is; -1 when it has no such form, and maybe more than there is.</summary>
    public static int LengthOf(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeadBytes)
        {
            return -1;
        }

        byte argument = payload[1];
        return (SceneWriteOp)payload[0] switch
        {
            SceneWriteOp.Create or SceneWriteOp.Parent when argument == 0 => HeadBytes + 4,
            SceneWriteOp.Destroy when argument == 0 => HeadBytes,
            SceneWriteOp.Transform when argument <= (HasPosition | HasRotation | HasScale) => HeadBytes
                + ((argument & HasPosition) != 0 ? PositionBytes : 0) + ((argument & HasRotation) != 0 ? RotationBytes : 0)
                    + ((argument & HasScale) != 0 ? ScaleBytes : 0),
            SceneWriteOp.Enable when argument <= 1 => HeadBytes,
            SceneWriteOp.Name when argument == 0 && payload.Length >= HeadBytes + 2 =>
                HeadBytes + 2 + BinaryPrimitives.ReadUInt16LittleEndian(payload[HeadBytes..]),
            SceneWriteOp.StateOverride when argument <= 1 => HeadBytes + (12 * argument),
            SceneWriteOp.StateOverride when argument == 2 => HeadBytes + 13,
            SceneWriteOp.CutPlane when argument <= 1 => HeadBytes + (12 * argument),
            _ => -1,
        };
    }
}
