namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>An axis-aligned box in the world.</summary>
internal readonly record struct Box3D(Vector3D Min, Vector3D Max)
{
    public static Box3D Empty { get; } = new(
        new Vector3D(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
        new Vector3D(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));

    public bool IsEmpty => !(Min.X <= Max.X && Min.Y <= Max.Y && Min.Z <= Max.Z);

    public Vector3D Center => (Min * 0.5) + (Max * 0.5);

    public Box3D Union(Box3D other) => new(Vector3D.Min(Min, other.Min), Vector3D.Max(Max, other.Max));
}
