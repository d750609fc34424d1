using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>Colours as they travel: RGBA in a number, red in the lowest byte.</summary>
internal static class PackedColor
{
    public static Vector4 Unpack(uint color) => new Vector4(color & 0xFF, (color >> 8) & 0xFF, (color >> 16) & 0xFF, color >> 24) / 255;
}
