using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>The skins of a file in the pose that it rests in.</summary>
internal sealed class GltfSkins(GltfDocument document, GltfAccessors accessors, GltfWorld world, CancellationToken cancellationToken)
{
    /// <summary>Makes the pose of a skinned mesh.</summary>
    /// <param name="shape">The mesh with its skin.</param>
    /// <param name="origin">
    /// A point of the scene close to the mesh; corners are relative to it, so that single precision is fine enough.
    /// </param>
    /// <returns>The pose; corners get to a space like that of the scene, around <paramref name="origin"/>.</returns>
    public GltfPose Pose(GltfShape shape, out Vector3D origin)
    {
        GltfObject skin = document.List("skins")[shape.Skin];
        int[] joints = skin.Indices("joints", "nodes");
        if (joints.Length == 0)
        {
            throw skin.Corrupt("it has no joints");
        }

        Placement[] binds = ReadBinds(skin, joints.Length);
        origin = world.Place(joints[0]).Origin;
        Placement toOrigin = Placement.Identity.WithOrigin(-origin);
        var places = new Placement[joints.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = toOrigin * (world.Place(joints[i]) * binds[i]);
        }

        return new GltfPose(shape.MorphWeights, places, toOrigin * world.Place(shape.Node), skin);
    }

    private Placement[] ReadBinds(GltfObject skin, int joints)
    {
        var binds = new Placement[joints];
        Array.Fill(binds, Placement.Identity);
        int accessor = skin.Index("inverseBindMatrices", "accessors");
        if (accessor < 0)
        {
            return binds;
        }

        GltfAccessor form = accessors.Open(accessor);
        if (form.Components != 16 || form.Count < joints)
        {
            throw skin.Corrupt(
                $"'inverseBindMatrices' is accessor {accessor} with {form.Count} elements of {form.Components} numbers; it must have "
                    + $"{joints} matrices of 16");
        }

        float[] numbers = new float[16 * joints];
        GltfNumbers.Read(form, 0, numbers, 16, cancellationToken);
        ReadOnlySpan<float> all = numbers;
        for (int i = 0; i < joints; i++)
        {
            ReadOnlySpan<float> matrix = all.Slice(16 * i, 16);
            foreach (float number in matrix)
            {
                if (!float.IsFinite(number))
                {
                    throw skin.Corrupt($"matrix {i} of 'inverseBindMatrices' has a number that is not finite");
                }
            }

            binds[i] = new Placement(
                new Vector3D(matrix[0], matrix[1], matrix[2]), new Vector3D(matrix[4], matrix[5], matrix[6]),
                new Vector3D(matrix[8], matrix[9], matrix[10]), new Vector3D(matrix[12], matrix[13], matrix[14]));
        }

        return binds;
    }
}
