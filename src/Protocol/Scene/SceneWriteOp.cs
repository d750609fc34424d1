namespace RemoteRendering.Sessions.Protocol.Scene;

/// <summary>The writes of a batch. The values are those of the host protocol.</summary>
internal enum SceneWriteOp : byte
{
    Create = 1,
    Destroy = 2,
    Parent = 3,
    Transform = 4,
    Enable = 5,
    Name = 6,
    StateOverride = 7,
    CutPlane = 8,
}
