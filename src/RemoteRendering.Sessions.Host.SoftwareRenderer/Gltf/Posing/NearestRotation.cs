using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>
/// Finds the rotation that is nearest to three directions, which need not be at right angles (Horn 1987: the eigenvector of the largest
/// eigenvalue of a symmetric matrix).
/// </summary>
internal static class NearestRotation
{
    private const int MaxSweeps = 32;

    /// <summary>Finds the rotation.</summary>
    /// <param name="x">What the X axis becomes, of unit length.</param>
    /// <param name="y">What the Y axis becomes.</param>
    /// <param name="z">What the Z axis becomes.</param>
    /// <returns>A quaternion of unit length, with w not negative.</returns>
    public static (double X, double Y, double Z, double W) To(Vector3D x, Vector3D y, Vector3D z)
    {
        double[,] matrix =
        {
            { x.X - y.Y - z.Z, x.Y + y.X, x.Z + z.X, y.Z - z.Y },
            { x.Y + y.X, y.Y - x.X - z.Z, y.Z + z.Y, z.X - x.Z },
            { x.Z + z.X, y.Z + z.Y, z.Z - x.X - y.Y, x.Y - y.X },
            { y.Z - z.Y, z.X - x.Z, x.Y - y.X, x.X + y.Y + z.Z },
        };
        double[,] vectors = { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } };
        for (int sweep = 0; sweep < MaxSweeps && Sweep(matrix, vectors); sweep++)
        {
        }

        int best = 3;
        for (int i = 0; i < 3; i++)
        {
            best = matrix[i, i] > matrix[best, best] ? i : best;
        }

        double sign = vectors[3, best] < 0 ? -1 : 1;
        double length = Math.Sqrt(Enumerable.Range(0, 4).Sum(row => vectors[row, best] * vectors[row, best]));
        double factor = sign / length;
        return (vectors[0, best] * factor, vectors[1, best] * factor, vectors[2, best] * factor, vectors[3, best] * factor);
    }

    /// <summary>Turns each pair of axes so that the number between them becomes zero (Jacobi).</summary>
    private static bool Sweep(double[,] matrix, double[,] vectors)
    {
        bool changed = false;
        for (int p = 0; p < 3; p++)
        {
            for (int q = p + 1; q < 4; q++)
            {
                if (Math.Abs(matrix[p, q]) < 1e-300)
                {
                    continue;
                }

                double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
                double tangent = double.IsFinite(theta * theta)
                    ? (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1))
                    : 0;
                if (tangent == 0)
                {
                    continue;
                }

                changed |= Math.Abs(matrix[p, q]) > 1e-17;
                Rotate(matrix, vectors, p, q, tangent);
            }
        }

        return changed;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q, double tangent)
    {
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < 4; k++)
        {
            (matrix[k, p], matrix[k, q]) =
                ((cosine * matrix[k, p]) - (sine * matrix[k, q]), (sine * matrix[k, p]) + (cosine * matrix[k, q]));
        }

        for (int k = 0; k < 4; k++)
        {
            (matrix[p, k], matrix[q, k]) =
                ((cosine * matrix[p, k]) - (sine * matrix[q, k]), (sine * matrix[p, k]) + (cosine * matrix[q, k]));
            (vectors[k, p], vectors[k, q]) =
                ((cosine * vectors[k, p]) - (sine * vectors[k, q]), (sine * vectors[k, p]) + (cosine * vectors[k, q]));
        }
    }
}
