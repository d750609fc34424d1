using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>The local transform of a node in double precision.</summary>
/// <param name="Position">The translation.</param>
/// <param name="Rotation">The rotation: x, y, z, w, of unit length.</param>
/// <param name="Scale">The scale along the axes.</param>
/// <param name="Shear">The largest cosine between two axes of a matrix; what three parts cannot say and is lost.</param>
internal readonly record struct GltfTransform(
    Vector3D Position, (double X, double Y, double Z, double W) Rotation, Vector3D Scale, double Shear)
{
    /// <summary>More than what single-precision matrices have by rounding.</summary>
    private const double LeastShear = 1e-4;

    public bool IsSheared => Shear > LeastShear;

    public Quaternion SingleRotation
        => Quaternion.Normalize(new((float)Rotation.X, (float)Rotation.Y, (float)Rotation.Z, (float)Rotation.W));

    public Vector3 SingleScale => (Vector3)Scale;

    /// <summary>Gets the map from the node's space to its parent's.</summary>
    public Placement Placement => Placement.Compose(Position, Rotation.X, Rotation.Y, Rotation.Z, Rotation.W, Scale);

    /// <summary>Reads the transform of a node.</summary>
    /// <exception cref="SceneException">A property has another count of numbers, or the rotation has no length.</exception>
    public static GltfTransform Read(GltfObject node)
    {
        if (node.Reals("matrix", 16) is { } matrix)
        {
            return Decompose(
                new Vector3D(matrix[0], matrix[1], matrix[2]), new Vector3D(matrix[4], matrix[5], matrix[6]),
                new Vector3D(matrix[8], matrix[9], matrix[10]), new Vector3D(matrix[12], matrix[13], matrix[14]));
        }

        double[] translation = node.Reals("translation", 3) ?? [0, 0, 0];
        double[] rotation = node.Reals("rotation", 4) ?? [0, 0, 0, 1];
        double[] scale = node.Reals("scale", 3) ?? [1, 1, 1];
        double largest = rotation.Max(Math.Abs);
        double length = largest * Math.Sqrt(rotation.Sum(value => value / largest * (value / largest)));
        return length > 1e-6 && double.IsFinite(length)
            ? new GltfTransform(
                new Vector3D(translation[0], translation[1], translation[2]),
                (rotation[0] / length, rotation[1] / length, rotation[2] / length, rotation[3] / length),
                new Vector3D(scale[0], scale[1], scale[2]),
                0)
            : throw node.Corrupt("'rotation' must be a quaternion of unit length, but has none");
    }

    /// <summary>Takes a matrix apart: the lengths of its columns, and the rotation that is nearest to their directions.</summary>
    public static GltfTransform Decompose(Vector3D x, Vector3D y, Vector3D z, Vector3D origin)
    {
        Vector3D a = x.Normalized();
        Vector3D b = y.Normalized();
        Vector3D c = z.Normalized();
        double shear = Math.Max(Math.Abs(Vector3D.Dot(a, b)), Math.Max(Math.Abs(Vector3D.Dot(b, c)), Math.Abs(Vector3D.Dot(c, a))));
        var scale = new Vector3D(LengthOf(x, a), LengthOf(y, b), LengthOf(z, c));
        Complete(ref a, ref b, ref c);
        if (Vector3D.Dot(a, Vector3D.Cross(b, c)) < 0)
        {
            a = -a;
            scale = new Vector3D(-scale.X, scale.Y, scale.Z);
        }

        return new GltfTransform(origin, NearestRotation.To(a, b, c), scale, shear);
    }

    private static double LengthOf(Vector3D column, Vector3D direction) => Vector3D.Dot(column, direction);

    /// <summary>Gives axes that are scaled to nothing a direction.</summary>
    private static void Complete(ref Vector3D a, ref Vector3D b, ref Vector3D c)
    {
        bool hasA = a != Vector3D.Zero, hasB = b != Vector3D.Zero, hasC = c != Vector3D.Zero;
        if (!hasA && !hasB && !hasC)
        {
            (a, b, c) = (new Vector3D(1, 0, 0), new Vector3D(0, 1, 0), new Vector3D(0, 0, 1));
            return;
        }

        // One is enough to find a second, two to find the third.
        if (hasA && !hasB && !hasC)
        {
            b = Across(a);
        }
        else if (hasB && !hasA && !hasC)
        {
            c = Across(b);
        }
        else if (hasC && !hasA && !hasB)
        {
            a = Across(c);
        }

        a = a == Vector3D.Zero ? Vector3D.Cross(b, c).Normalized() : a;
        b = b == Vector3D.Zero ? Vector3D.Cross(c, a).Normalized() : b;
        c = c == Vector3D.Zero ? Vector3D.Cross(a, b).Normalized() : c;
    }

    private static Vector3D Across(Vector3D axis) =>
        Vector3D.Cross(axis, Math.Abs(axis.X) < 0.6 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0)).Normalized();
}
