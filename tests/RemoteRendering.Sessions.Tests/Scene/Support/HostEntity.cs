using System.Numerics;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Tests.Scene.Support;

internal sealed class HostEntity
{
    public uint Parent { get; set; }

    public string Name { get; set; } = string.Empty;

    public Double3 Position { get; set; }

    public Quaternion Rotation { get; set; } = Quaternion.Identity;

    public Vector3 Scale { get; set; } = Vector3.One;

    public bool Enabled { get; set; } = true;

    public (uint On, uint Off, uint Tint)? State { get; set; }

    public int FilterMask { get; set; } = 255;

    public (int Normal, int Mask, int Enabled, uint Fade, float Length)? CutPlane { get; set; }
}
