namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>A cut plane as the client described it; it stands where its entity stands.</summary>
/// <param name="Normal">0 to 5: X, -X, Y, -Y, Z, -Z.</param>
/// <param name="FilterMask">Kept only.</param>
/// <param name="IsEnabled">Whether it cuts.</param>
/// <param name="FadeColor">RGBA, red in the lowest byte.</param>
/// <param name="FadeLength">In metres.</param>
internal readonly record struct CutPlaneComponent(byte Normal, byte FilterMask, bool IsEnabled, uint FadeColor, float FadeLength)
{
    public const int MaxActive = 8;
    public const byte MaxNormal = 5;

    /// <summary>The plane in the world; null when its entity is so flat that it has no direction.</summary>
    public CutPlane? Place(in Placement world)
    {
        Vector3D axis = (Normal / 2) switch { 0 => world.X, 1 => world.Y, _ => world.Z };
        Vector3D normal = axis.Normalized() * (Normal % 2 == 0 ? 1 : -1);
        return normal == Vector3D.Zero || !world.Origin.IsFinite
            ? null
            : new CutPlane(world.Origin, normal, PackedColor.Unpack(FadeColor), FadeLength);
    }
}
