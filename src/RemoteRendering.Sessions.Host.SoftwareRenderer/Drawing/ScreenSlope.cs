namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A quantity that is linear on the picture: its value at a triangle's first corner, and its growth from pixel to pixel.</summary>
internal readonly record struct ScreenSlope(double Value, double PerX, double PerY)
{
    public double At(double x, double y) => Value + (PerX * x) + (PerY * y);
}
