using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// Colours what lies close to a cut. The distance of a pixel's point to the plane comes from where the pixel is and how deep the point
/// lies.
/// </summary>
internal readonly struct FadePlane
{
    private readonly float _alongX;
    private readonly float _alongY;
    private readonly float _constant;
    private readonly float _offset;
    private readonly float _reciprocalLength;
    private readonly Vector4 _color;

    public FadePlane(ViewFrame frame, ViewPlane plane, CutPlane cut)
    {
        _alongX = (float)(plane.Normal.X / frame.Focal);
        _alongY = (float)(-plane.Normal.Y / frame.Focal);
        _constant = (float)(((-plane.Normal.X * frame.CenterX) + (plane.Normal.Y * frame.CenterY)) / frame.Focal) - (float)plane.Normal.Z;
        _offset = (float)plane.Offset;
        _reciprocalLength = 1 / cut.FadeLength;
        _color = new Vector4(
            SrgbCurve.Decode(cut.FadeColor.X), SrgbCurve.Decode(cut.FadeColor.Y), SrgbCurve.Decode(cut.FadeColor.Z), cut.FadeColor.W);
    }

    /// <summary>Mixes the colour in.</summary>
    /// <param name="light">What is seen without it.</param>
    /// <param name="x">The middle of the pixel.</param>
    /// <param name="y">The middle of the pixel.</param>
    /// <param name="depth">Of the point.</param>
    public Vector3 Apply(Vector3 light, float x, float y, float depth)
    {
        float distance = (depth * ((_alongX * x) + (_alongY * y) + _constant)) + _offset;
        float share = Math.Clamp(1 + (distance * _reciprocalLength), 0f, 1f) * _color.W;
        return Vector3.Lerp(light, new Vector3(_color.X, _color.Y, _color.Z), share);
    }
}
