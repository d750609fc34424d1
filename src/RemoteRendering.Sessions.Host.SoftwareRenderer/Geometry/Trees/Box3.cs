using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>
/// An axis-aligned box in a mesh's own space. <see cref="Empty"/> has its ends crossed, so that any point widens it to itself.
/// </summary>
internal readonly record struct Box3(Vector3 Min, Vector3 Max)
{
    public static Box3 Empty { get; } = new(new Vector3(float.PositiveInfinity), new Vector3(float.NegativeInfinity));

    public bool IsEmpty => !(Min.X <= Max.X && Min.Y <= Max.Y && Min.Z <= Max.Z);

    public static implicit operator Box3D(Box3 box) => new(box.Min, box.Max);

    public Box3 Including(Vector3 point) => new(Vector3.Min(Min, point), Vector3.Max(Max, point));

    public Box3 Union(Box3 other) => new(Vector3.Min(Min, other.Min), Vector3.Max(Max, other.Max));
}
