using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A plane in the camera's space. What is in front of it, where its distance is above 0, is cut away.</summary>
internal readonly record struct ViewPlane(Vector3D Normal, double Offset)
{
    public double Distance(Vector3D point) => Vector3D.Dot(Normal, point) + Offset;

    /// <summary>The least distance of any point of a box.</summary>
    public double LeastDistance(Box3D box) => Distance(box.Center) - Reach(box);

    /// <summary>The greatest distance of any point of a box.</summary>
    public double GreatestDistance(Box3D box) => Distance(box.Center) + Reach(box);

    private double Reach(Box3D box)
    {
        Vector3D half = (box.Max * 0.5) - (box.Min * 0.5);
        return (Math.Abs(Normal.X) * half.X) + (Math.Abs(Normal.Y) * half.Y) + (Math.Abs(Normal.Z) * half.Z);
    }
}
