using System.Numerics;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>Moves corners into a pose: first what morph targets add, then what joints do, as glTF orders it.</summary>
internal sealed class GltfPoser(GltfAccessors accessors, CancellationToken cancellationToken)
{
    /// <summary>The corners that are moved at a time, so that little memory is needed beside the mesh.</summary>
    private const int Block = 4_096;

    /// <summary>Moves a row of corners.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pose">The pose.</param>
    /// <param name="positions">Its positions.</param>
    /// <param name="normals">Its normals; empty without.</param>
    public void Move(GltfVertices row, GltfPose pose, Span<Vector3> positions, Span<Vector3> normals)
    {
        for (int i = 0; i < Math.Min(row.Targets.Count, pose.MorphWeights.Length); i++)
        {
            if (pose.MorphWeights[i] != 0)
            {
                Add(row.Targets[i].Position, (float)pose.MorphWeights[i], positions);
                Add(row.Targets[i].Normal, (float)pose.MorphWeights[i], normals);
            }
        }

        if (pose.Joints is { } joints)
        {
            Skin(row, pose, joints, positions, normals);
        }
    }

    private void Add(int accessor, float weight, Span<Vector3> to)
    {
        if (accessor < 0 || to.IsEmpty)
        {
            return;
        }

        GltfAccessor target = accessors.Open(accessor);
        var block = new Vector3[Math.Min(Block, to.Length)];
        for (int first = 0; first < to.Length; first += block.Length)
        {
            Span<Vector3> some = block.AsSpan(0, Math.Min(block.Length, to.Length - first));
            GltfNumbers.Read(target, first, MemoryMarshal.Cast<Vector3, float>(some), 3, cancellationToken);
            for (int i = 0; i < some.Length; i++)
            {
                to[first + i] += some[i] * weight;
            }
        }
    }

    private void Skin(GltfVertices row, GltfPose pose, Placement[] joints, Span<Vector3> positions, Span<Vector3> normals)
    {
        GltfAccessor[] numbers = [.. row.Joints.Select(accessors.Open)];
        GltfAccessor[] weights = [.. row.Weights.Select(accessors.Open)];
        int sets = numbers.Length;
        float[] blockNumbers = new float[4 * Block * Math.Max(1, sets)];
        float[] blockWeights = new float[blockNumbers.Length];
        for (int first = 0; first < positions.Length; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Block, positions.Length - first);
            for (int set = 0; set < sets; set++)
            {
                GltfNumbers.Read(numbers[set], first, blockNumbers.AsSpan(4 * Block * set, 4 * count), 4, cancellationToken);
                GltfNumbers.Read(weights[set], first, blockWeights.AsSpan(4 * Block * set, 4 * count), 4, cancellationToken);
            }

            for (int i = 0; i < count; i++)
            {
                Placement place = sets == 0 ? pose.Rigid : Blend(row, pose, joints, blockNumbers, blockWeights, sets, i);
                positions[first + i] = (Vector3)place.TransformPoint(positions[first + i]);
                if (!normals.IsEmpty)
                {
                    normals[first + i] = (Vector3)place.TransformNormal(normals[first + i]).Normalized();
                }
            }
        }
    }

    private static Placement Blend(
        GltfVertices row, GltfPose pose, Placement[] joints, float[] numbers, float[] weights, int sets, int corner)
    {
        Vector3D x = default, y = default, z = default, origin = default;
        double total = 0;
        for (int influence = 0; influence < 4 * sets; influence++)
        {
            int at = (4 * Block * (influence / 4)) + (4 * corner) + (influence % 4);
            double weight = weights[at];
            if (weight == 0)
            {
                continue;
            }

            Placement joint = JointOf(row, pose, joints, numbers[at]);
            x += joint.X * weight;
            y += joint.Y * weight;
            z += joint.Z * weight;
            origin += joint.Origin * weight;
            total += weight;
        }

        // Stored as small whole numbers, weights hardly ever add up to exactly 1.
        double factor = 1 / total;
        return total != 0 && double.IsFinite(factor)
            ? new Placement(x * factor, y * factor, z * factor, origin * factor)
            : JointOf(row, pose, joints, numbers[4 * corner]);
    }

    private static Placement JointOf(GltfVertices row, GltfPose pose, Placement[] joints, float number) =>
        number >= 0 && number < joints.Length
            ? joints[(int)number]
            : throw row.Owner.Corrupt($"a corner hangs on joint {number:0}, but {pose.Skin!.Value.Place} has {joints.Length} joints");
}
