namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the changes of an entity since it was last sent.</summary>
[Flags]
internal enum SceneChanges
{
    None = 0,
    Position = 1,
    Rotation = 2,
    Scale = 4,
    Transform = Position | Rotation | Scale,
    Enabled = 8,
    Name = 16,
    State = 32,
    CutPlane = 64,
}
