using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>One part of one instance, ready to be drawn.</summary>
internal sealed class DrawItem
{
    private readonly Vector3 _normalX;
    private readonly Vector3 _normalY;
    private readonly Vector3 _normalZ;

    public DrawItem(
        MeshInstance instance, TriangleMesh mesh, MeshPart part, Placement toView, ViewPlane[] clips, FadePlane[] fades, double depth)
    {
        Mesh = mesh;
        Part = part;
        ToView = toView;
        Clips = clips;
        Fades = fades;
        Depth = depth;
        IsMirrored = instance.Place.Determinant < 0;
        Vector4 tint = instance.Tint ?? default;
        Tint = new Vector4(SrgbCurve.Decode(tint.X), SrgbCurve.Decode(tint.Y), SrgbCurve.Decode(tint.Z), tint.W);

        // One factor for all three columns: normals are made one long later, but must keep their direction.
        Vector3D x = instance.Place.TransformNormal(new Vector3D(1, 0, 0));
        Vector3D y = instance.Place.TransformNormal(new Vector3D(0, 1, 0));
        Vector3D z = instance.Place.TransformNormal(new Vector3D(0, 0, 1));
        double longest = Math.Max(x.Length, Math.Max(y.Length, z.Length));
        double factor = longest > 0 ? 1 / longest : 0;
        _normalX = (Vector3)(x * factor);
        _normalY = (Vector3)(y * factor);
        _normalZ = (Vector3)(z * factor);
    }

    public TriangleMesh Mesh { get; }

    public MeshPart Part { get; }

    public SceneMaterial Material => Part.Material;

    public Placement ToView { get; }

    /// <summary>Gets the cut planes that go through the instance.</summary>
    public ViewPlane[] Clips { get; }

    /// <summary>Gets the cut planes that may colour it.</summary>
    public FadePlane[] Fades { get; }

    /// <summary>Gets how far away the middle of the instance is.</summary>
    public double Depth { get; }

    /// <summary>Gets a value indicating whether the corners of its fronts go clockwise.</summary>
    public bool IsMirrored { get; }

    /// <summary>Gets the colour that goes in, linear, and how much of it.</summary>
    public Vector4 Tint { get; }

    /// <summary>Gets a value indicating whether back faces are drawn: what is cut open shows its inside.</summary>
    public bool ShowsBacks => Material.IsDoubleSided || Clips.Length > 0;

    /// <summary>A normal in the world; its length is not kept.</summary>
    public Vector3 TurnNormal(Vector3 normal) => (_normalX * normal.X) + (_normalY * normal.Y) + (_normalZ * normal.Z);
}
