using System.Numerics;

namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>A point or direction in double precision: a scene may stand ten thousand kilometres from the origin and still be exact to the micrometre.</summary>
internal readonly record struct Vector3D(double X, double Y, double Z)
{
    public static Vector3D Zero => default;

    public double LengthSquared => Dot(this, this);

    public double Length => Math.Sqrt(LengthSquared);

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    public double this[int axis] => axis switch { 0 => X, 1 => Y, _ => Z };

    public static implicit operator Vector3D(Vector3 value) => new(value.X, value.Y, value.Z);

    public static explicit operator Vector3(Vector3D value) => new((float)value.X, (float)value.Y, (float)value.Z);

    public static Vector3D operator +(Vector3D left, Vector3D right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Vector3D operator -(Vector3D left, Vector3D right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    public static Vector3D operator -(Vector3D value) => new(-value.X, -value.Y, -value.Z);

    public static Vector3D operator *(Vector3D value, double factor) => new(value.X * factor, value.Y * factor, value.Z * factor);

    public static double Dot(Vector3D left, Vector3D right) => (left.X * right.X) + (left.Y * right.Y) + (left.Z * right.Z);

    public static Vector3D Cross(Vector3D left, Vector3D right) => new(
        (left.Y * right.Z) - (left.Z * right.Y),
        (left.Z * right.X) - (left.X * right.Z),
        (left.X * right.Y) - (left.Y * right.X));

    public static Vector3D Min(Vector3D left, Vector3D right) => new(Math.Min(left.X, right.X), Math.Min(left.Y, right.Y), Math.Min(left.Z, right.Z));

    public static Vector3D Max(Vector3D left, Vector3D right) => new(Math.Max(left.X, right.X), Math.Max(left.Y, right.Y), Math.Max(left.Z, right.Z));

    /// <summary>Makes it one long; what has no length, or none that can be told, stays zero.</summary>
    public Vector3D Normalized()
    {
        // Scaled first, so that the square of a tiny or a huge length is still a number.
        double largest = Math.Max(Math.Abs(X), Math.Max(Math.Abs(Y), Math.Abs(Z)));
        if (largest is 0 || !double.IsFinite(largest))
        {
            return Zero;
        }

        var scaled = new Vector3D(X / largest, Y / largest, Z / largest);
        return scaled * (1 / scaled.Length);
    }
}
